"""From a table to the law."""

import numpy as np
import pytest
import sympy
import torch

from kantools.datasets import load
from kantools.discovery import Progress, discover
from kantools.errors import SettingError
from kantools.table import Table
from tests.clocks import telling, ticking


def table(
    text: str, low: float, high: float, rows: int = 400, noise: float = 0.0, seed: int = 0, more: int = 0
) -> Table:
    truth = sympy.sympify(text)
    names = sorted(truth.free_symbols, key=str)
    rng = np.random.default_rng(seed)
    X = rng.uniform(low, high, (rows, len(names) + more))
    y = sympy.lambdify(names, truth, "numpy")(*X.T[: len(names)])
    y = y + noise * np.std(y) * rng.normal(size=rows)
    return Table((*map(str, names), *(f"w{i}" for i in range(more))), X, "f", y)


EXACT = {
    "exp(sin(pi*x) + y**2)": (-1, 1),
    "x*y": (-1, 1),
    "sqrt(x**2 + y**2)": (0.5, 2),
    "sin(x)*cos(y)": (-2, 2),
    "x1*x2/x3**2": (1, 5),
    "sqrt(1 + x**2) + log(y)": (0.5, 3),
    "x**3 - 2*x + 1": (-2, 2),
    "(x - y)**2/z": (1, 3),
}


@pytest.mark.parametrize("text", EXACT)
def test_laws_without_noise_are_found_exactly(text):
    found = discover(table(text, *EXACT[text]), time_limit=60)
    assert sympy.simplify(found.chosen.sympy() - sympy.sympify(text)) == 0
    assert found.stopped == "explained"


@pytest.mark.parametrize("basis", ["chebyshev", "rbf", "fourier"])
def test_another_basis_finds_the_law_too(basis):
    found = discover(table("tanh(x) + y**2", -2, 2), basis=basis, time_limit=60)
    difference = found.chosen.sympy() - sympy.sympify("tanh(x) + y**2")
    assert sympy.simplify(difference.rewrite(sympy.exp)) == 0  # exp(2*x) is in one of the ways to write it


@pytest.mark.slow
def test_a_long_table_is_sampled_for_networks_and_used_whole_for_constants():
    rows = table("1.2345*x*exp(-y)", 0.5, 2, rows=20_000, noise=0.05)
    found = discover(rows, time_limit=60, primitives=["identity", "square", "exp"]).chosen
    amplitude = np.array([[1.0, 0.0]])  # where the law is its constant, however that is written
    error = float(found.std(amplitude)[0])
    assert abs(float(found.predict(amplitude)[0]) - 1.2345) < 4 * error
    assert error < 0.0006  # 0.05 spreads over the square root of all rows, not of a sample


@pytest.mark.slow
def test_noise_does_not_hide_the_form():
    found = discover(table("exp(-x)*sin(3*y)", 0, 2, rows=800, noise=0.01), time_limit=30)
    x, y = sympy.symbols("x y")
    clean = sympy.lambdify((x, y), found.chosen.sympy(), "numpy")
    X = np.random.default_rng(9).uniform(0, 2, (500, 2))
    truth = np.exp(-X[:, 0]) * np.sin(3 * X[:, 1])
    assert np.sqrt(np.mean((clean(*X.T) - truth) ** 2)) < 0.003 * truth.std()


def test_columns_that_do_not_matter_are_left_out():
    found = discover(table("sqrt(1 + x**2) + log(y)", 0.5, 3, more=2), time_limit=60)
    assert {str(s) for s in found.chosen.sympy().free_symbols} == {"x", "y"}


def test_keplers_third_law():
    found = discover(load("planets"), time_limit=20)
    assert str(found.chosen) == "period = distance**(3/2)"
    exponent = next(k for k in found.chosen.constants if k.exact == sympy.Rational(3, 2))
    assert abs(exponent.value - 1.5) < exponent.error
    assert found.stopped == "explained"
    (curve,) = found.activations.edges  # weights range over six decades; the picture still follows the law
    np.testing.assert_allclose(curve.y[-1], curve.x[-1] ** 1.5, rtol=0.03)


@pytest.mark.parametrize("rows", [5, 8, 15])
def test_few_rows_never_get_more_constants_than_they_carry(rows):
    with telling(ticking(0.1)):
        found = discover(table("2*x + 1", 0, 1, rows=rows, noise=0.3), time_limit=4)
    assert all(2 * len(f.free) <= rows for f in found.front)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_result():
    rows = table("sqrt(1 + x**2) + log(y)", 0.5, 3, rows=120, noise=0.02)
    plain = ["identity", "square", "sqrt", "log"]
    one, two = (discover(rows, time_limit=60, seed=3, primitives=plain) for _ in range(2))
    assert "time limit" not in (one.stopped, two.stopped)
    assert str(one.chosen.expression) == str(two.chosen.expression)


def test_global_random_state_is_left_alone():
    before = np.random.get_state()[1].copy(), torch.random.get_rng_state().clone()  # noqa: NPY002
    discover(table("x*y", -1, 1, rows=60), time_limit=10)
    assert np.array_equal(before[0], np.random.get_state()[1])  # noqa: NPY002
    assert torch.equal(before[1], torch.random.get_rng_state())


def test_progress_is_told_and_an_interrupt_gives_the_best_so_far():
    seen: list[Progress] = []

    def interrupt(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 2:
            raise KeyboardInterrupt

    found = discover(table("(x - y)**2/z", 1, 3, noise=0.05), time_limit=60, progress=interrupt)
    assert found.stopped == "interrupted"
    assert np.isfinite(found.chosen.loss)
    assert all(0 <= p.fraction <= 1 for p in seen)
    assert seen[-1].best is not None


def test_the_time_limit_is_kept():
    rows = table("exp(sin(3*x*y)) + x*log(y + z)", 1, 3, rows=100)
    with telling(ticking(0.02)):
        found = discover(rows, time_limit=3)
    assert found.stopped == "time limit"
    assert found.seconds < 3 * 1.1 + 4  # and the last formula is worked out to the end


def test_the_front_rises_in_length_and_predicts_what_it_prints():
    front = discover(table("x**2/y", 1, 3, noise=0.02), time_limit=8).front
    assert len(front) > 1
    assert [f.complexity for f in front] == sorted(f.complexity for f in front)
    X = np.random.default_rng(5).uniform(1, 3, (50, 2))
    for formula in front:
        printed = sympy.lambdify(sympy.symbols("x y"), formula.sympy(), "numpy")(*X.T)
        np.testing.assert_allclose(np.broadcast_to(printed, 50), formula.predict(X), rtol=1e-9)


def test_a_reduced_view_is_entered_without_networks():
    """A view of which no model was made hides nothing; its curve is the law."""
    a, b = np.random.default_rng(0).uniform(1, 3, (2, 200))
    table = Table(("a", "b"), np.stack([a, b], axis=1), "y", np.exp(-a / b) * np.sin(3 * a / b))
    found = discover(table, effort=5, hypotheses=["-networks"])
    assert found.stopped == "explained"


def test_a_search_without_any_effort_and_without_a_formula_says_so():
    """A mean of zero is no constant, and there is no effort to find that a line begins at zero."""
    x = np.linspace(-1, 1, 41)
    table = Table(("x",), x[:, None], "y", np.sin(3 * x))
    with pytest.raises(SettingError, match="Give it more time or effort"):
        discover(table, effort=0)
    assert np.isfinite(discover(table, effort=0.2).chosen.loss)
