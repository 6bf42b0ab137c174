"""Digits of numbers that are bound together."""

import numpy as np
import pytest
from sympy import symbols

from kantools.symbolic.constant import Constant
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.digits import rounded_together
from kantools.symbolic.written.parse import parse

x, *c = symbols("x c0 c1 c2 c3")


@pytest.mark.parametrize("seed", range(20))
def test_printed_formulas_of_random_polynomials_draw_their_curves(seed):
    """Their constants are the more bound together the farther the column is from 0."""
    rng = np.random.default_rng(seed)
    n, terms, far = 40, int(rng.integers(2, 5)), float(rng.choice([0, 3, 30, 100]))
    X = far + rng.uniform(-1, 1, n)
    A = np.vander(X, terms, increasing=True)
    values = np.linalg.lstsq(A, rng.normal(size=n) + X, rcond=1e-15)[0]
    inverse = np.linalg.inv(np.linalg.qr(A)[1])
    covariance = inverse @ inverse.T
    constants = [Constant(s, v, e) for s, v, e in zip(c, values, np.sqrt(np.diag(covariance)), strict=False)]
    law = Formula(
        ("x",), "y", sum(s.symbol * x**k for k, s in enumerate(constants)), tuple(constants), covariance
    )
    printed = parse(law.text)
    drawn = np.array([float(printed.subs(x, v)) for v in X])
    moved = np.abs(drawn - law.predict(X[:, None]))
    assert (moved <= 0.2 * np.sqrt(np.einsum("ni,ij,nj->n", A, covariance, A)) + 1e-9).all()


def test_numbers_that_know_nothing_of_each_other_have_two_digits_of_their_errors():
    both = [Constant(c[0], 9.8123, 0.0213), Constant(c[1], 365.2563, 0.0321)]
    covariance = np.diag([0.0213**2, 0.0321**2])
    assert rounded_together(both, covariance) == [k.rounded() for k in both]


def test_without_a_covariance_each_has_the_digits_of_its_own_error():
    one = [Constant(c[0], 9.8123, 0.0213)]
    for unknown in (None, np.array([[np.inf]])):
        assert rounded_together(one, unknown) == [one[0].rounded()]
