"""A row of zeros is no measurement without error."""

import numpy as np
import pytest

from kantools.symbolic.noise import NOISE


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("zeros", [1, 3])
def test_zeros_where_the_law_is_zero_are_not_infinitely_likely(size, zeros):
    """Their share of the likelihood is that of the smallest value measured, in whatever unit."""
    f = size * np.concatenate([np.zeros(zeros), np.linspace(0.2, 2, 18)])
    y = f * (1 + 0.05 * np.random.default_rng(0).normal(size=len(f)))
    constant, share = NOISE["mixed"].fitted(y, f)
    assert constant > 0.3 * share * y[zeros:].min()
