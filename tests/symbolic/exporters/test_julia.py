"""The Julia function, read by Julia's published grammar: Julia itself is on few machines.

The grammar decides what is a name, a call and which operator binds first; the tree is then worked out here,
with functions named as in Julia's ``Base``. An operator before a bracket, as in ``1/(x + 1)``, this grammar
may take for a call of it by name, which Julia does not: of such texts only the syntax is held against it.
"""

from collections.abc import Mapping

import numpy as np
import pytest
import tree_sitter_julia
from tree_sitter import Language, Node, Parser

from kantools.symbolic.exporters.julia import JULIA
from tests.symbolic.exporters.test_exporters import FORMULAS, NAMES, case, named

Array = np.ndarray
GRAMMAR = Parser(Language(tree_sitter_julia.language()))
BASE = {
    **{
        name: getattr(np, name)
        for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log", "sqrt")
    },
    **{name: getattr(np, "arc" + name[1:]) for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh")},
    **{name: getattr(np, name) for name in ("abs", "sign", "cbrt", "log1p", "expm1", "log2", "log10")},
    "cot": lambda u: 1 / np.tan(u),
    "sec": lambda u: 1 / np.cos(u),
    "csc": lambda u: 1 / np.sin(u),
    "coth": lambda u: 1 / np.tanh(u),
    "sech": lambda u: 1 / np.cosh(u),
    "csch": lambda u: 1 / np.sinh(u),
}
OPERATORS = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power}
CASES = [case(name, formula) for name, formula in FORMULAS.items()]
CASES += [case(name, named(*names)) for name, names in NAMES.items()]


def text_of(node: Node) -> str:
    assert node.text is not None
    return node.text.decode()


def value(node: Node, known: Mapping[str, Array]) -> Array:
    """What an expression of the tree is worth."""
    inside = [n for n in node.named_children if n.type != "line_comment"]
    match node.type:
        case "float_literal" | "integer_literal":
            return np.array(float(text_of(node)))
        case "identifier":
            return known[text_of(node)]
        case "parenthesized_expression":
            return value(inside[0], known)
        case "unary_expression":
            assert text_of(inside[0]) == "-"
            return -value(inside[1], known)
        case "binary_expression":
            left, operator, right = inside
            return OPERATORS[text_of(operator)](value(left, known), value(right, known))
        case "call_expression":
            name, arguments = inside
            return BASE[text_of(name)](*(value(a, known) for a in arguments.named_children))
    raise AssertionError(f"a function of numbers has no {node.type}: {text_of(node)}")


def found(node: Node, kind: str) -> list[Node]:
    """All nodes of a kind, in their order."""
    return [node] * (node.type == kind) + [n for child in node.named_children for n in found(child, kind)]


def parsed(text: str) -> Node:
    root = GRAMMAR.parse(text.encode()).root_node
    assert not root.has_error, text
    return root


def is_told(root: Node) -> bool:
    """Whether no operator was taken for the name of a function."""
    return not any(call.named_children[0].type == "operator" for call in found(root, "call_expression"))


def computed(root: Node, X: Array) -> Array:
    """What a file with one function gives."""
    (function,) = found(root, "function_definition")
    call = found(function, "call_expression")[0]
    known = {"pi": np.array(np.pi)} | dict(
        zip((text_of(a) for a in call.named_children[1].named_children), X.T, strict=True)
    )
    with np.errstate(all="ignore"):
        for assignment in found(function, "assignment"):
            name, _, right = assignment.named_children
            known[text_of(name)] = value(right, known)
        return np.broadcast_to(value(found(function, "return_statement")[0].named_children[0], known), len(X))


@pytest.mark.parametrize("law", CASES, ids=lambda law: law.name)
def test_julia_reads_what_the_formula_says(law):
    root = parsed(JULIA.write(law.formula))
    if not is_told(root):
        pytest.skip("this grammar takes an operator of it for the name of a function")
    np.testing.assert_allclose(computed(root, law.X), law.formula.predict(law.X), rtol=1e-12, atol=1e-300)


def test_most_of_them_are_worked_out():
    assert sum(is_told(parsed(JULIA.write(law.formula))) for law in CASES) > 0.8 * len(CASES)


def test_a_mistake_would_show():
    law = CASES[0]
    text = JULIA.write(law.formula)
    with pytest.raises(AssertionError):
        parsed(text.replace("return ", "return (", 1))
    assert not np.allclose(computed(parsed(text.replace("^", "*")), law.X), law.formula.predict(law.X))
