"""The digits that numbers were written with, and when they count as rounding."""

import numpy as np
import pytest

from kantools.symbolic.noise.digits import spacing
from kantools.symbolic.noise.written import rounded_inputs, rounded_target

RNG = np.random.default_rng(0)
X = RNG.uniform(0.5, 5.0, (300, 2))
Y = X[:, 0] * np.exp(-X[:, 1])


def six_digits(values: np.ndarray) -> np.ndarray:
    return np.array([float(f"{v:.6g}") for v in values.ravel()]).reshape(values.shape)


def single(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32).astype(float)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1080.0, 420.0], [10.0, 10.0]),
        ([0.1, 0.25, 0.0], [0.01, 0.01, 0.01]),
        ([1.5e-7, 3.25e-7], [1e-9, 1e-9]),
        ([-0.0498, 12.2, 4020.0], [1e-4, 0.1, 10.0]),
        ([0.0, 0.0498, 12.2], [1e-4, 1e-4, 0.1]),
    ],
)
def test_decimal_digits(values, expected):
    assert spacing(np.array(values)) == pytest.approx(np.array(expected))


@pytest.mark.parametrize("values", [[0.0, 0.0], [1 / 3, 0.5], [0.1 + 0.2, 0.5], [1e300 / 3, 1e-300]])
def test_full_digits(values):
    assert spacing(np.array(values)) is None


def test_single_precision():
    steps = spacing(single(Y))
    assert steps == pytest.approx(np.spacing(Y.astype(np.float32)).astype(float))


@pytest.mark.parametrize("rounded", [six_digits, single, lambda v: v.round(5)])
def test_the_variance_is_that_of_the_errors_made(rounded):
    told = rounded_target(X, rounded(Y))
    assert np.mean((rounded(Y) - Y) ** 2 / told) == pytest.approx(1, rel=0.25)


@pytest.mark.parametrize("scale", [2.0**-30, 2.0**30])
def test_powers_of_two_keep_single_precision(scale):
    assert rounded_target(X, scale * single(Y)) == pytest.approx(scale**2 * rounded_target(X, single(Y)))


@pytest.mark.parametrize("scale", [1 / 3, 1e-9 / 7])
def test_other_units_may_hide_it_and_harm_nothing(scale):
    assert rounded_target(X, scale * six_digits(Y)) is None


@pytest.mark.parametrize(
    "y",
    [Y, Y.round(1), (Y > 0.3).astype(float), RNG.poisson(20, 300).astype(float), np.arange(300.0) % 7],
    ids=["full", "coarse", "classes", "counts", "levels"],
)
def test_few_levels_are_what_the_table_is_about(y):
    assert rounded_target(X, y) is None


def test_whole_numbers_of_whole_numbers_are_arithmetic():
    n = np.arange(1.0, 101.0)
    assert rounded_target(n[:, None], n**3) is None
    assert rounded_target(np.sqrt(n)[:, None], n**3) is not None


def test_inputs_that_are_written_as_the_target_is():
    errors = rounded_inputs(six_digits(X), six_digits(Y))
    assert errors == pytest.approx(np.array([[1e-5, 1e-5]] * 300) / np.sqrt(12), rel=1)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (six_digits(X), Y),
        (X, six_digits(Y)),
        (X.round(2), six_digits(Y)),
        (np.linspace(0, 1, 301)[1:, None].round(9), six_digits(Y)),
    ],
    ids=["the target is exact", "full digits", "coarser than the target", "evenly set"],
)
def test_inputs_that_are_exact(X, y):
    assert rounded_inputs(X, y) is None
