"""Texts become the expressions they mean, expressions come back from their texts, and nothing else passes."""

import contextlib
import random
from collections.abc import Callable

import pytest
import sympy
from sympy import Add, Expr, Float, Integer, Mul, Pow, Rational, Symbol

from kantools.symbolic.evaluate import FUNCTIONS
from kantools.symbolic.primitive import PRIMITIVES
from kantools.symbolic.written.parse import FormulaError, parse
from kantools.symbolic.written.text import to_text
from tests.hanging import ends

x, y = sympy.symbols("x y")
NAMES = ["x", "y", "lambda", "E", "pi", "sin", "flow rate (µl)", "μ", 'a"b\\c', "", "x + y", "1e3", "c0"]


@pytest.mark.parametrize(
    ("text", "expr"),
    [
        ("-x**2", -(x**2)),
        ("2**3**2 * x", 512 * x),
        ("2**-x", 2**-x),
        ("x - y - 1", x - y - 1),
        ("x/y/2*3", 3 * x / (2 * y)),
        ("--x + +y", x + y),
        (".5*x + 1.e3 + 1E-2", 0.5 * x + 1000.0 + 0.01),
        ("x^2", x**2),
        ("sqrt(x) + ln(y) + abs(x)", sympy.sqrt(x) + sympy.log(y) + sympy.Abs(x)),
        ("arctan(x) + arsinh(x)", sympy.atan(x) + sympy.asinh(x)),
        ("logistic(2*x)", 1 / (1 + sympy.exp(-2 * x))),
        ("square(square(x))", x**4),
        ("E**x + pi", sympy.exp(x) + sympy.pi),
        ("lambda*None", Symbol("lambda") * Symbol("None")),
        ('"flow rate" \n * "a\\"b"', Symbol("flow rate") * Symbol('a"b')),
        ("1/3 + x - x", Rational(1, 3)),
        ("sin*x", Symbol("sin") * x),
    ],
)
def test_meaning(text, expr):
    assert parse(text) == expr


def test_a_column_comes_before_a_number_of_that_name():
    assert parse("E*pi", ["E"]) == Symbol("E") * sympy.pi
    assert parse("a*E*pi", columns=["pi"]) == Symbol("a") * sympy.E * Symbol("pi")
    assert parse('E*"E"', ["E"], evaluate=False).args == (sympy.E, Symbol("E"))


@pytest.mark.parametrize("name", PRIMITIVES)
def test_primitives(name):
    assert parse(f"{name}(x)") == PRIMITIVES[name].expr
    assert parse(to_text(PRIMITIVES[name].expr)) == PRIMITIVES[name].expr


def randomly(draw: random.Random, depth: int, evaluate: bool) -> Expr:
    """An expression of names, numbers of all kinds, operations and functions."""
    if depth == 0 or draw.random() < 0.1:
        return leaf(draw)
    kind = draw.choice(["add", "mul", "pow", "function"])
    if kind == "function":
        function = draw.choice([f for f in FUNCTIONS if f is not sympy.sign])
        return function(randomly(draw, depth - 1, evaluate), evaluate=evaluate)
    if kind == "pow":
        exponent = draw.choice(
            [-2, -1, 2, 3, Rational(1, 2), Rational(-1, 2), Rational(-3, 2), Float(1.7), y]
        )
        return Pow(randomly(draw, depth - 1, evaluate), exponent, evaluate=evaluate)
    parts = [randomly(draw, depth - 1, evaluate) for _ in range(draw.randint(2, 4))]
    return (Add if kind == "add" else Mul)(*parts, evaluate=evaluate)


def leaf(draw: random.Random) -> Expr:
    numbers: list[Callable[[], Expr]] = [
        lambda: Integer(draw.randint(-9, 9)),
        lambda: Rational(draw.randint(-99, 99), draw.randint(1, 99)),
        lambda: Float(draw.uniform(-9, 9)),
        lambda: Float(draw.uniform(-1, 1) * 10.0 ** draw.randint(-300, 300)),
        lambda: Float(draw.random(), precision=draw.randint(20, 200)),
        lambda: draw.choice([sympy.pi, sympy.E, sympy.GoldenRatio, Integer(1), Integer(-1)]),
    ]
    return draw.choice(numbers)() if draw.random() < 0.4 else Symbol(draw.choice(NAMES))


def is_formula(expr: Expr) -> bool:
    """Whether it is real as it stands, with doubles for numbers."""
    odd = expr.has(sympy.I, sympy.nan, sympy.zoo, sympy.oo, sympy.re, sympy.im, sympy.arg)
    return not odd and all(n == 0 or 1e-300 < abs(n) < 1e300 for n in expr.atoms(Float))


def written(expr: Expr) -> str | None:
    """The text; None where a division by zero or 1e300**3 was drawn."""
    try:
        return to_text(expr)
    except FormulaError as error:
        if "finite" not in str(error):
            raise
    return None


def round_trip(seed: int, depth: int) -> int:
    """How many of a hundred random expressions, half of them as built and half evaluated, were formulas."""
    draw, count = random.Random(seed), 0
    for _ in range(50):
        for evaluate in (False, True):
            expr = randomly(draw, depth, evaluate)
            text = written(expr) if is_formula(expr) else None
            if text is None:
                continue
            again = parse(text, evaluate=False)
            assert sympy.srepr(again) == sympy.srepr(expr), text
            if evaluate:
                assert parse(text) == expr, text
            count += 1
    return count


@pytest.mark.parametrize("seed", range(3))
def test_texts_come_back_exactly(seed):
    assert round_trip(seed, 3) > 60


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_texts_come_back_exactly_thousands(seed):
    assert round_trip(seed, 2 + seed % 3) > 40


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'A number, a name or "(" is expected here, not the end. (At 1 in "".)'),
        ("2*sinn(x)", 'no function "sinn"; did you mean "sin"'),
        ("2x", 'An operator such as "*" is missing before "x". (At 2'),
        ("sin(x", 'An operator or ")" is expected here, not the end. (At 6'),
        ("x +* y", 'is expected here, not "*". (At 4'),
        ("x.real", "not '.'. (At 2"),
        ("__import__('os')", 'not "\'". (At 12'),
        ("x[0]", "not '['. (At 2"),
        ("x if y else 2", 'missing before "if"'),
        ("eval(x)", 'There is no function "eval"'),
        ("exec(x)", 'There is no function "exec"'),
        ("gamma(x)", 'There is no function "gamma"'),
        ("sin(x, y)", '"sin" does not take 2 arguments'),
        ("sqrt(x, y)", '"sqrt" does not take 2 arguments'),
        ("pow(x)", '"pow" does not take 1 arguments'),
        ('"a\\x"', "has the escapes of JSON"),
        ("9**9**9**9", "at most 100000 symbols"),
        ("x**1000000000", "at most 100000 symbols"),
        ("(x/3)**99999**9", "at most 100000 symbols"),
        ("((((x/3)**100)**100)**100)**100", "at most 100000 symbols"),
        ("exp(exp(exp(100.0)))", "not beyond 1.8e308"),
        ("1e999", "not beyond 1.8e308"),
        ("9" * 400, "not beyond 1.8e308"),
        ("1/0", "Numbers in a formula are finite"),
        ("1/(x - x)", "Numbers in a formula are finite"),
        ("tan(pi/2)", "Numbers in a formula are finite"),
        ("log(0)*x", "Numbers in a formula are finite"),
        ("x*sqrt(-2)", "A formula is real"),
        ("float(1, 99999999)", "from 1 to 10000 bits"),
        ("(" * 5000, "at most 64 brackets deep"),
        ("2**" * 5000 + "x", "at most 64 brackets deep"),
        ("x_log_x(" * 40 + "x" + ")" * 40, "at most 100000 symbols"),
        ("x" * 20_001, "at most 20000 characters; got 20001"),
    ],
)
def test_refusals(text, message):
    with ends(), pytest.raises(FormulaError) as error:
        parse(text)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "text", ["9**9**9**9", "x**(10**9)", "(x/3)**(10**9)", "(1/3)**(10**5*10**4)", "1e300*1e300"]
)
def test_what_is_not_evaluated_is_as_small(text):
    with pytest.raises(FormulaError, match=r"at most|beyond"):
        parse(text, evaluate=False)


def test_unknown_names():
    with pytest.raises(FormulaError, match='no column or constant "spead"; did you mean "speed"'):
        parse("2*spead", ["speed", "mass"])


def test_values_that_names_stand_for_are_bounded_too():
    assert parse("exp(c0)*x", values={"c0": 2.0}) == sympy.exp(Symbol("c0")) * x
    with pytest.raises(FormulaError, match="not beyond"):
        parse("exp(exp(c0))*x", values={"c0": 1e4}, evaluate=False)


@pytest.mark.parametrize("seed", range(5))
def test_any_text_ends_in_a_formula_or_a_refusal(seed):
    draw = random.Random(seed)
    tokens = [
        "x",
        "y",
        "2",
        "1e9",
        "0",
        "0.5",
        "+",
        "-",
        "*",
        "/",
        "**",
        "^",
        "(",
        ")",
        ",",
        "sin",
        "exp(",
        '"',
        "E",
    ]
    for _ in range(400):
        text = "".join(draw.choice(tokens) for _ in range(draw.randint(1, 15)))
        with contextlib.suppress(FormulaError):
            assert isinstance(parse(text), Expr)
