"""Rows left out: the shortcut against refits, peaks on single rows, and laws of few rows."""

import numpy as np
import pytest
from sympy import exp, symbols

from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.whole.left_out import left_out, predicts

x, a, b, k = symbols("x a b k")


@pytest.mark.parametrize("seed", range(3))
def test_the_shortcut_is_what_refits_say(seed):
    """For linear least squares it is exact."""
    rng = np.random.default_rng(seed)
    J, y = rng.normal(size=(12, 3)), rng.normal(size=12)
    residual = y - J @ np.linalg.lstsq(J, y, rcond=None)[0]
    for i, shortcut in enumerate(left_out(residual, J)):
        others = np.arange(12) != i
        without = np.linalg.lstsq(J[others], y[others], rcond=None)[0]
        assert shortcut == pytest.approx(y[i] - J[i] @ without)


@pytest.mark.parametrize("seed", range(5))
def test_a_peak_on_one_row_predicts_nothing(seed):
    y = np.random.default_rng(seed).normal(size=30)
    y[11] += 10
    rows = Data(("x",), np.arange(30.0)[:, None], y, np.ones(30))
    assert not predicts(fit_draft(a * exp(-k * (x - b) ** 2), {a: 10.0, b: 11.0, k: 3.0}, rows), rows)


@pytest.mark.parametrize("seed", range(5))
def test_a_decay_of_six_rows_does(seed):
    X = np.linspace(0, 3, 6)
    y = 3 * np.exp(-X) + 0.1 * np.random.default_rng(seed).normal(size=6)
    rows = Data(("x",), X[:, None], y, np.ones(6))
    assert predicts(fit_draft(a * exp(-k * x), {a: 3.0, k: 1.0}, rows), rows)
