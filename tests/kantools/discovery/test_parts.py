"""Tables that fall into parts: which columns meet, and a surrogate that follows each part."""

import numpy as np
import pytest
from sympy import symbols

from kantools import SymbolicRegressor
from kantools.discovery.networks.trial import SMOOTHNESS
from kantools.discovery.surrogates.order import has_order
from kantools.discovery.surrogates.parts import meeting, parts, sums_of_parts
from kantools.discovery.surrogates.survey import train_surrogates
from kantools.discovery.views.rows import holdout_split, rows_of
from kantools.discovery.views.view import View

X = np.random.default_rng(0).uniform(-1, 1, (1000, 5))
ONES = np.ones(len(X))


def rings(X: np.ndarray) -> np.ndarray:
    return np.sin(np.pi * (X[:, 0] ** 2 + X[:, 3] ** 2)) + np.cos(5 * X[:, 1] * X[:, 2])


def view(X: np.ndarray, y: np.ndarray) -> View:
    return View(symbols("a:5")[: X.shape[1]], rows_of(X, y, np.ones(len(y))))


def test_columns_that_meet_are_told_from_those_that_do_not() -> None:
    assert parts(X, rings(X) + X[:, 4] ** 3, ONES) == ((0, 3), (1, 2), (4,))
    assert parts(X, rings(X) * (2 + X[:, 4]), ONES) == ((0, 1, 2, 3, 4),)


@pytest.mark.parametrize("seed", range(5))
def test_columns_of_noise_do_not_meet(seed: int) -> None:
    noise = np.random.default_rng(seed).standard_t(4, 400)
    meet = meeting(X[:400], noise, ONES[:400])
    assert meet is not None
    assert not meet.any()


def test_few_rows_do_not_tell_parts() -> None:
    assert parts(X[:30], rings(X[:30]), ONES[:30]) == ((0, 1, 2, 3, 4),)
    assert list(sums_of_parts(X[:30], rings(X[:30]), ONES[:30])) == []


def test_a_sum_of_parts_has_the_gradient_of_the_law() -> None:
    Z = X[:, :4]
    *_, last = sums_of_parts(Z, rings(Z), ONES)
    slope = last.gradient(Z)
    true = 2 * np.pi * Z[:, 0] * np.cos(np.pi * (Z[:, 0] ** 2 + Z[:, 3] ** 2))
    assert np.std(slope[:, 0] - true) < 0.1 * np.std(true)
    assert last.parts == ((0, 3), (1, 2))


def test_the_survey_takes_parts_where_no_polynomial_of_all_columns_follows() -> None:
    Z = X[:, :4]
    best = train_surrogates(view(Z, np.exp(rings(Z) / 2)), holdout_split(len(Z), 0), 0, np.inf)[0]
    assert best.error < 0.05
    assert best.link.name == "log"
    assert best.smoothness == SMOOTHNESS


def test_what_parts_leave_is_noise_where_it_has_no_order() -> None:
    Z = X[:, :4]
    y = rings(Z) + 0.05 * np.random.default_rng(1).normal(size=len(Z))
    best = train_surrogates(view(Z, y), holdout_split(len(Z), 0), 0, np.inf)[0]
    assert best.error < 0.15
    assert best.smoothness > SMOOTHNESS


@pytest.mark.parametrize("seed", range(10))
def test_noise_has_no_order(seed: int) -> None:
    assert not has_order(np.random.default_rng(seed).standard_cauchy(len(X)), X[:, :2])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_the_four_inputs_of_the_kan_paper(seed: int) -> None:
    """Z. Liu et al., "KAN: Kolmogorov-Arnold Networks" (2024), section 3.1."""
    Z = np.random.default_rng(seed).uniform(-1, 1, (1000, 4))
    one, other = (np.sin(np.pi * (Z[:, i] ** 2 + Z[:, i + 1] ** 2)) for i in (0, 2))
    model = SymbolicRegressor(effort=60, time_limit=3600).fit(Z, np.exp((one + other) / 2))
    assert model.score(Z, np.exp((one + other) / 2)) > 1 - 1e-12
    assert not model.formula_.free
