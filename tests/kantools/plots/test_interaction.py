"""Shares of the variance against those that are known in closed form."""

from collections.abc import Callable

import numpy as np
import pytest

from kantools.plots.interaction import shares

CLOSED = {
    "a sum": (lambda x, y, z: x + 2 * y, [[0.2, 0, 0], [0, 0.8, 0], [0, 0, 0]]),
    "a product": (lambda x, y, z: x * y, [[1, 1, 0], [1, 1, 0], [0, 0, 0]]),
    "both": (lambda x, y, z: x * y + z / np.sqrt(3), [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 0.5]]),
    "all three": (lambda x, y, z: x * y * z, np.ones((3, 3))),
    "a constant": (lambda x, y, z: 0 * x + 4, np.zeros((3, 3))),
}


class Model:
    def __init__(self, law: Callable) -> None:
        self.law = law

    def predict(self, X: np.ndarray) -> np.ndarray:
        return self.law(*X.T)


@pytest.mark.parametrize("name", CLOSED)
def test_shares_are_those_in_closed_form(name: str) -> None:
    """Uniform on -1 … 1: Var x = 1/3, Var xy = 1/9."""
    law, expected = CLOSED[name]
    X = np.random.default_rng(0).uniform(-1, 1, (4000, 3))
    assert np.allclose(shares(Model(law), X), expected, atol=0.08)


def test_ishigami() -> None:
    """``sin x + 7 sin² y + 0.1 z⁴ sin x``: the pair (x, z) has ``8 b² π⁸/225``, others nothing."""
    a, b = 7.0, 0.1
    X = np.random.default_rng(0).uniform(-np.pi, np.pi, (4000, 3))
    found = shares(Model(lambda x, y, z: np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)), X)
    variance = a**2 / 8 + b * np.pi**4 / 5 + b**2 * np.pi**8 / 18 + 0.5
    assert found[0, 2] == pytest.approx(8 * b**2 * np.pi**8 / 225 / variance, abs=0.04)
    assert found[1, 1] == pytest.approx(a**2 / 8 / variance, abs=0.04)
    assert found[0, 1] == pytest.approx(0, abs=1e-12)


def test_few_rows_and_rows_without_a_value() -> None:
    X = np.linspace(-1, 1, 8)[:, None]
    with np.errstate(invalid="ignore"):
        assert shares(Model(np.sqrt), X)[0, 0] == pytest.approx(1, abs=0.1)
