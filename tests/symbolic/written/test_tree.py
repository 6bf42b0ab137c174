"""Expressions survive the way through a tree unchanged, and nothing else passes."""

import json

import pytest
import sympy
from sympy import Add, Float, Integer, Mul, Pow, Rational, Symbol

from kantools.symbolic.evaluate import FUNCTIONS
from kantools.symbolic.primitive import PRIMITIVES
from kantools.symbolic.written.tree import TreeError, from_tree, to_tree

x, y, odd = Symbol("x"), Symbol("y"), Symbol("flow rate (µl)")

EXPRESSIONS = [
    x,
    x - y,
    2 * (x + 1),
    Mul(2, x + 1, evaluate=False),
    Add(x, y, Mul(-1, y, evaluate=False), evaluate=False),
    sympy.sqrt(x**2 + y**2) / odd,
    sympy.exp(-(x**2) / 2) / sympy.sqrt(2 * sympy.pi),
    Float(0.1) * x ** Rational(3, 2),
    Float(1e-310) + Float(1.7976931348623157e308) * x,
    Float(0.1, 17) * x,
    Float("0.1234567890123456789012345678901234567890", 40) - x,
    -Float(0.1, 17) + Float(0.0) * x,
    sympy.E**x + sympy.GoldenRatio,
    Integer(10) ** 300 * x,
    *(f(x) for f in FUNCTIONS),
]


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_round_trip_is_exact(expr):
    again = from_tree(json.loads(json.dumps(to_tree(expr))))
    assert again == expr
    assert sympy.srepr(again) == sympy.srepr(expr)


@pytest.mark.parametrize("name", PRIMITIVES)
def test_every_primitive_has_a_tree(name):
    expr = PRIMITIVES[name].expr
    assert from_tree(to_tree(expr)) == expr


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        "x",
        ["eval", "1"],
        ["symbol"],
        ["symbol", 3],
        ["symbol", "x", "y"],
        ["integer", "12"],
        ["integer", True],
        ["integer", 10**500],
        ["rational", 1, 2.5],
        ["float", "zz"],
        ["float", 0.5],
        ["float", 2, 1, 0, 53],
        ["float", 0, 1, 10**9, 53],
        ["add", ["symbol", "x"]],
        ["sin"],
        ["sin", ["symbol", "x"], ["symbol", "x"]],
        ["pow", ["symbol", "x"]],
        ["pi", 3],
        {"add": 1},
    ],
    ids=str,
)
def test_what_is_no_tree(tree):
    with pytest.raises(TreeError):
        from_tree(tree)


def test_too_deep():
    tree = ["symbol", "x"]
    for _ in range(300):
        tree = ["sin", tree]
    with pytest.raises(TreeError):
        from_tree(tree)


def test_nothing_is_evaluated():
    bomb = ["pow", ["integer", 10], ["pow", ["integer", 10], ["integer", 100]]]
    assert isinstance(from_tree(bomb), Pow)


def test_unknown_symbols():
    assert from_tree(["symbol", "x"], frozenset({"x"})) == x
    with pytest.raises(TreeError, match='"z", which is neither a column nor a constant'):
        from_tree(["symbol", "z"], frozenset({"x"}))


def test_what_has_no_tree():
    with pytest.raises(TreeError, match="got gamma"):
        to_tree(sympy.gamma(x))
    with pytest.raises(TreeError, match='"x" has assumptions'):
        to_tree(Symbol("x", positive=True))
