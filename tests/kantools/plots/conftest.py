"""Networks and formulas made by hand, to draw."""

from collections.abc import Iterator
from pathlib import Path

import matplotlib
import numpy as np
import pytest
import sympy
from matplotlib import _pylab_helpers

from kantools.activation import Activation, Activations, Edge
from kantools.symbolic.formula import Constant, Formula
from kantools.table import Table

CURVES = (np.sin, np.exp, np.square, np.tanh, np.abs, np.cos, lambda x: x, lambda x: np.log(x + 3))


def dense(columns: tuple[str, ...], widths: tuple[int, ...], keep: float = 1.0, seed: int = 0) -> Activations:
    """A network of sum nodes, of whose edges the given share is active."""
    rng, x = np.random.default_rng(seed), np.linspace(-2, 2, 60)
    sizes = (len(columns), *widths)
    edges = []
    for layer in range(len(widths)):
        for s in range(sizes[layer]):
            for t in range(sizes[layer + 1]):
                if rng.random() < keep or (s, t) == (0, 0):
                    y = CURVES[rng.integers(len(CURVES))](x * rng.uniform(0.5, 1.5)) * rng.uniform(0.2, 2)
                    edges.append(Activation(Edge(layer, s, t), x, y, importance=float(rng.uniform() ** 2)))
    nodes = tuple(tuple((k,) for k in range(width)) for width in widths)
    return Activations(columns, nodes, tuple(edges))


def formula(text: str, columns: tuple[str, ...], target: str, **values: float) -> Formula:
    """A formula of ``u, v, w`` (the columns) and constants with errors of 1 %."""
    symbols = dict(zip("uvw", map(sympy.Symbol, columns), strict=False))
    template = sympy.sympify(text, locals=symbols)
    constants = tuple(Constant(sympy.Symbol(k), v, abs(v) / 100) for k, v in values.items())
    covariance = np.diag([c.error**2 for c in constants])
    return Formula(columns, target, template, constants, covariance, loss=0.01, complexity=5)


def example(name: str) -> tuple[Activations, Formula, dict]:
    """An example network by name, with its formula and what its edges were read as."""
    x = np.linspace(0.2, 3, 80)
    if name == "one input":
        learned = Activation(Edge(0, 0, 0), x, x**1.5 + 0.03 * np.sin(9 * x))
        law = formula("a*u**(3/2)", ("distance",), "period", a=1.0004)
        return Activations(("distance",), (((0,),),), (learned,)), law, {Edge(0, 0, 0): (x**1.5, "x^1.5")}
    if name == "exp outside":
        edges = (
            Activation(Edge(0, 0, 0), x, np.sin(np.pi * x), importance=0.7),
            Activation(Edge(0, 1, 0), x, x**2, importance=0.3),
            Activation(Edge(1, 0, 0), x, np.exp(x), fixed="exp"),
        )
        law = formula("exp(sin(pi*u) + a*v**2)", ("flow rate", "lambda"), "a_b%", a=1.002)
        snapped = {e.edge: (e.y + 0.02, t) for e, t in zip(edges[:2], ("sin(πx)", "x²"), strict=True)}
        return Activations(("flow rate", "lambda"), (((0,),), ((0,),)), edges), law, snapped
    if name == "product":
        edges = (
            Activation(Edge(0, 0, 0), x, x, fixed="identity", importance=0.4),
            Activation(Edge(0, 1, 1), x, np.sin(3 * x), importance=0.5),
            Activation(Edge(0, 0, 1), x, 0.1 * x**3, importance=0.1),
            Activation(Edge(1, 0, 0), x, x, fixed="identity"),
        )
        law = formula("u*(sin(a*v) + b*u**3)", ("r", "$theta$"), "torque", a=2.998, b=0.1003)
        return (
            Activations(("r", "$theta$"), (((0, 1),), ((0,),)), edges),
            law,
            {Edge(0, 1, 1): (np.sin(3 * x), "sin(a*x+b)")},
        )
    columns = {"pruned": ("mass", "lambda", "flow rate", "a_b%")}.get(
        name, tuple(f"x_{i}" for i in range(10))
    )
    widths, keep = ((5, 1), 0.45) if name == "pruned" else ((10, 5, 1), 1.0)
    law = formula("a*u/sqrt(1 - v**2/w**2) + exp(-b*u)", columns, "energy", a=1.234, b=0.5)
    activations = dense(columns, widths, keep)
    snapped = {a.edge: (a.y * 1.02, "sin") for a in activations.edges} if name == "pruned" else {}
    return activations, law, snapped


NAMES = ("one input", "exp outside", "product", "pruned", "dense")


@pytest.fixture(params=NAMES)
def network(request: pytest.FixtureRequest) -> tuple[Activations, Formula, dict]:
    return example(request.param)


@pytest.fixture
def kepler() -> tuple[Formula, Table]:
    """One input over two decades, with errors."""
    rng = np.random.default_rng(0)
    x = np.array([0.387, 0.723, 1.0, 1.524, 5.203, 9.555, 19.19, 30.11])
    sigma = 0.05 * x**1.5
    table = Table(("distance",), x[:, None], "period", x**1.5 + sigma * rng.normal(size=8), sigma)
    return formula("a*u**(3/2)", ("distance",), "period", a=1.0004), table


@pytest.fixture(autouse=True)
def nothing_else_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No file, no pyplot figure, no setting is left behind."""
    monkeypatch.chdir(tmp_path)
    settings = dict(matplotlib.rcParams)
    yield
    assert not list(tmp_path.iterdir())
    assert not _pylab_helpers.Gcf.figs
    assert dict(matplotlib.rcParams) == settings
