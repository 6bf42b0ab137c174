"""Composing candidates and letting the whole formula decide."""

import numpy as np
import pytest
import sympy

from kantools.activation import Activation, Activations, Edge
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import ARGUMENT as t
from kantools.symbolic.primitive import select_primitives
from kantools.symbolic.whole.choose import choose
from kantools.symbolic.whole.compose import compose, fresh_symbols

c, d = sympy.symbols("c d")
RNG = np.random.default_rng(0)
X = RNG.uniform(0.5, 2.0, (300, 2))
E0, E1, OUT = Edge(0, 0, 0), Edge(0, 1, 0), Edge(1, 0, 0)


def square(scale: float, offset: float) -> Candidate:
    return Candidate("square", c * t**2 + d, ((c, scale), (d, offset)), d)


def curve(edge: Edge, x: np.ndarray, y: np.ndarray, fixed: str | None = None) -> Activation:
    order = np.argsort(x)
    return Activation(edge, x[order], y[order], fixed)


def curve_of(values: np.ndarray, column: int = 0) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(X[:, column])
    return X[order, column], values[order]


def test_offsets_that_meet_in_a_sum_are_merged():
    wiring = Activations(("x", "y"), (((0,),),), (curve(E0, X[:, 0], X[:, 0]), curve(E1, X[:, 1], X[:, 1])))
    x, y = sympy.symbols("x y")
    template, start = compose(
        wiring, {E0: square(2, 1), E1: square(3, 4)}, (x, y), fresh_symbols(wiring.columns)
    )
    assert sorted(start.values()) == [2, 3, 5]
    assert sympy.expand(template.subs(start) - (2 * x**2 + 3 * y**2 + 5)) == 0


def test_product_nodes_multiply_and_fixed_edges_stay():
    edges = (
        curve(E0, X[:, 0], X[:, 0]),
        curve(Edge(0, 1, 1), X[:, 1], X[:, 1]),
        curve(OUT, X[:, 0], X[:, 0], "exp"),
    )
    wiring = Activations(("x", "y"), (((0, 1),), ((0,),)), edges)
    x, y = sympy.symbols("x y")
    choice = {E0: square(2, 0), Edge(0, 1, 1): square(1, 3)}
    template, start = compose(wiring, choice, (x, y), fresh_symbols(wiring.columns))
    assert float(
        (template.subs(start) / sympy.exp(2 * x**2 * (y**2 + 3))).subs({x: 0.7, y: 1.1})
    ) == pytest.approx(1)


def test_names_of_constants_avoid_those_of_columns():
    assert str(next(fresh_symbols(["c0", "x"]))) == "k0"
    assert str(next(fresh_symbols(["c", "k1"]))) == "k_0"


def test_the_whole_formula_decides_not_the_edge():
    """A learned curve that fits another form slightly better must not win."""
    target = np.exp(-X[:, 0]) + X[:, 1]
    bent = np.exp(-X[:, 0]) + 1e-3 * np.sin(9 * X[:, 0])  # what a network might have learned
    wiring = Activations(("x", "y"), (((0,),),), (curve(E0, X[:, 0], bent), curve(E1, X[:, 1], X[:, 1])))
    data = Data(("x", "y"), X, target, np.ones(len(X)))
    all_there_are = snap(*curve_of(bent), select_primitives(None), resolution=1e-3)
    exponentials = snap(*curve_of(bent), select_primitives(["exp"]), resolution=1e-3)
    plain = next(c for c in exponentials if c.name == "exp")  # with a parabola added it fits better still
    assert all_there_are[0].error < 0.5 * plain.error
    lines = snap(*curve_of(X[:, 1], 1), select_primitives(["identity"]))
    candidates = {E0: [*all_there_are[:3], plain], E1: lines}
    best = choose(wiring, candidates, data)[0]
    assert data.explained(best.draft.loss)


def test_a_deadline_in_the_past_still_gives_an_answer():
    wiring = Activations(
        ("x", "y"), (((0,),),), (curve(E0, X[:, 0], X[:, 0] ** 2), curve(E1, X[:, 1], X[:, 1]))
    )
    data = Data(("x", "y"), X, X[:, 0] ** 2 + X[:, 1], np.ones(len(X)))
    assert choose(wiring, {E0: [square(1, 0)], E1: [square(1, 0)]}, data, deadline=0.0)
