"""Quotients of higher degree are told without noise, to the last term; nothing else is taken for one."""

import numpy as np
import pytest
import sympy

from kantools.discovery.findings import Form
from kantools.discovery.hypotheses.bent_quotient import BentQuotient
from kantools.discovery.hypotheses.exact_quotient import ExactQuotient
from kantools.discovery.hypothesis import Scene
from kantools.symbolic.whole.draft import Draft
from kantools.symbolic.whole.polish import polish
from tests.kantools.discovery.scenes import scene_of, view_of

u, v, w = sympy.symbols("u v w")
LAWS = [
    -u + (v - 1) / (u**2 * (v + 2)),
    (u**3 * v - 2) / (u**2 + v**3),
    (u**4 + 3 * u) / (1 + u**2),
    (u * v + w) / (1 + u**2 * w),
    sympy.sqrt((u**3 + v) / (1 + v**2)),
    sympy.acos((sympy.cos(u) - v / 4) / (1 - v / 4 * sympy.cos(u))),
    sympy.asin((u + v) / (5 + u * v)),
    (u**2 - u * sympy.sin(v) ** 2 + 1) / u**3,
]


def table_of(law: sympy.Expr, noise: float = 0.0, rows: int = 1000, names: list[str] | None = None) -> Scene:
    spread = float(view_of(law, rows=rows).rows.y.std())
    return scene_of(view_of(law, rows=rows, noise=noise / spread), settings={"primitives": names})


def quotients(scene: Scene) -> list[Draft]:
    """Exact ones, and those with a bent column."""
    findings = [f for h in (ExactQuotient(), BentQuotient()) for f in h.findings(scene)]
    return [f.draft for f in findings if isinstance(f, Form)]


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_the_law_comes_out(law):
    scene = table_of(law)
    found = polish(quotients(scene)[0], scene.data, "y")
    assert found is not None
    fresh = np.random.default_rng(1).uniform(1, 3, (200, scene.view.inputs))
    truth = sympy.lambdify(scene.view.columns, law, "numpy")(*fresh.T)
    assert np.allclose(found.predict(fresh), truth, rtol=1e-9, atol=1e-12)
    assert not found.free


@pytest.mark.parametrize("law", [sympy.exp(u) / v, u ** sympy.Rational(9, 5) + v, sympy.tanh(u * v)], ids=str)
def test_what_is_no_quotient_is_not_taken_for_one(law):
    assert not quotients(table_of(law))


def test_noise_leaves_no_exact_quotient():
    assert not quotients(table_of(LAWS[0], noise=1e-6))


def test_few_rows_tell_nothing():
    assert not quotients(table_of(LAWS[0], rows=60))


def test_a_column_counts_through_a_function_only_if_that_is_allowed():
    assert not quotients(table_of(LAWS[-1], names=["identity", "square", "reciprocal"]))
