"""What stands in MathML is read back as a reader would, with no more brackets than can be seen."""

import math
import xml.etree.ElementTree as xml
from collections.abc import Mapping

import numpy as np
import pytest
from sympy import Abs, E, Expr, Float, Mul, Rational, Symbol, acos, asinh, cosh, exp, log, pi, sin, sqrt, tanh

from kantools.datasets import PROBLEMS
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.written.mathml import equation, mathml

SIGNS = {"−": "-", "×": "*", "\u2062": "*"}
FUNCTIONS = {"arcsinh": np.arcsinh, "arccos": np.arccos, "arcsin": np.arcsin, "arctan": np.arctan} | {
    name: getattr(np, name) for name in ("sin", "cos", "tan", "exp", "log", "sinh", "cosh", "tanh")
}
x, y, z, c0 = (Symbol(name) for name in ("x", "y", "z", "c0"))


def read(node: xml.Element, names: Mapping[str, str]) -> str:
    """The element as Python, in which what is not between visible brackets is not in brackets."""
    parts = [read(child, names) for child in node]
    match node.tag:
        case "mn":
            return str(node.text)
        case "mo":
            return SIGNS.get(node.text or "", node.text or "")
        case "mi" | "mtext" | "msub":
            return names.get(xml.tostring(node, encoding="unicode"), node.text or "")
        case "mfrac":
            return f"(({parts[0]})/({parts[1]}))"
        case "msup":
            return f"{parts[0]}**({parts[1]})"
        case "msqrt":
            return f"(({''.join(parts)})**0.5)"
        case "mroot":
            return f"(({parts[0]})**(1/({parts[1]})))"
        case "mrow" if parts[:1] == ["|"]:
            return f"abs({''.join(parts[1:-1])})"
        case "mrow":
            return "".join(parts)
    raise AssertionError(f"no reader knows <{node.tag}>")


def value(expr: Expr, point: Mapping[Symbol, float]) -> float:
    names = {
        xml.tostring(xml.fromstring(mathml(s)), encoding="unicode"): f"v{k}" for k, s in enumerate(point)
    }
    source = read(xml.fromstring(mathml(expr)), names)
    values = {f"v{k}": v for k, v in enumerate(point.values())}
    return float(eval(source, {}, {**FUNCTIONS, "e": math.e, "π": math.pi, **values}))


@pytest.mark.parametrize(
    "expr",
    [
        -x * y,
        x - 2 * (y - z),
        x + Mul(-2.5, y + z, evaluate=False),
        Mul(-2.5, y + z, evaluate=False),
        x + Mul(-1, y + z, evaluate=False),
        x * Mul(2.5, y + z, evaluate=False),
        x / Mul(2.5, y + z, evaluate=False),
        2**x * 3.5,
        Float("1.5e-7") * x + Float("-2.5e8") / y,
        (x * y) ** z,
        (-x) ** 2 * y,
        (x / y) ** z,
        (x + y) ** Rational(-3, 2),
        x ** Rational(1, 3) / y ** Rational(2, 3),
        exp(-(x**2) / 2) / sqrt(2 * pi),
        exp(-x / (y + z * sin(x))) + E**2,
        exp(x) ** y,
        sin(2 * x) ** 2 * log(y) ** 3,
        1 / sin(x),
        sqrt(sin(x) ** 2 + tanh(y)),
        Abs(x - y) * asinh(-z),
        acos(x / 10) - cosh(x),
        x - (y - z) * (y + z),
        Rational(3, 2) * x - Rational(1, 3),
        x ** (-y),
        Symbol("0.25") * x - Symbol("2.5e-05"),
    ],
    ids=str,
)
def test_reads_as_what_it_is(expr):
    point = {x: 1.3, y: 2.1, z: 0.7}
    numbers = {s: float(s.name) for s in expr.free_symbols - set(point)}
    expected = float(expr.subs({**point, **numbers}).evalf())
    assert value(expr, point) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", [n for n in PROBLEMS if n.startswith(("I.", "II.", "III."))][::3])
def test_laws(name):
    law = PROBLEMS[name]
    table = law.sample(3, seed=1)
    symbols = [Symbol(c) for c in table.columns]
    expr = law.truth
    expected = law.evaluate(table.X)
    got = [value(expr, dict(zip(symbols, row, strict=True))) for row in table.X]
    np.testing.assert_allclose(got, expected, rtol=1e-10)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a&b", '"', "'", "$x$", "]]>", "&lt;", "a b", "π²"]
)
def test_hostile_names_are_text(name):
    tree = xml.fromstring(equation(name, Symbol(name) ** 2))
    texts = [node.text for node in tree.iter() if node.tag in ("mi", "mtext")]
    assert texts == [name, name]
    assert {node.tag for node in tree.iter()} <= {"math", "mrow", "mi", "mtext", "mo", "msup", "mn"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("theta_1", "<msub><mi>&#952;</mi><mn>1</mn></msub>"),
        ("x0", "<msub><mi>x</mi><mn>0</mn></msub>"),
        ("flow_rate", "<msub><mi>flow</mi><mi>rate</mi></msub>"),
        ("flow rate", "<mtext>flow rate</mtext>"),
        ("mass", "<mi>mass</mi>"),
        ("x__2", "<mtext>x__2</mtext>"),
        ("_", "<mtext>_</mtext>"),
    ],
)
def test_names(name, written):
    assert mathml(Symbol(name)) == written


def test_formula_with_rounded_numbers():
    law = Formula(("x",), "y", c0 * x**2, (Constant(c0, 4.90512, 0.002),), np.array([[4e-6]]))
    assert law.mathml(block=False).startswith("<math><mrow><mi>y</mi><mo>=</mo><mrow><mn>4.9051</mn>")


def test_brackets_grow_around_fractions_only():
    assert 'stretchy="false">(' in mathml(sin(x + y))
    assert "stretchy" not in mathml(sin(x / y))
