"""Parts are told by what terms explain, not by the size of the target or by its last digits."""

import numpy as np
import pytest

from kantools.discovery.surrogates.parts import meeting

Z = np.random.default_rng(0).uniform(-1, 1, (300, 4))
ETA = Z[:, 0] * Z[:, 1] + Z[:, 2]
ONE = np.ones(300)


@pytest.mark.parametrize("size", [1e-200, 1e-30, 1.0, 1e30, 1e200])
def test_in_any_unit_the_same_columns_meet(size):
    meet = meeting(Z, size * ETA, ONE)
    assert meet[0, 1]
    assert not meet[2:].any()


@pytest.mark.parametrize("seed", range(5))
def test_rounding_errors_make_no_columns_meet(seed):
    columns = np.random.default_rng(seed).uniform(1, 2, (400, 6))
    meet = meeting(columns, columns[:, 1] * columns[:, 4], np.ones(400))
    assert np.argwhere(meet).tolist() == [[1, 4], [4, 1]]


def test_of_a_target_that_is_not_finite_nothing_is_known():
    assert meeting(Z, np.where(ONE > 0, np.inf, 0.0), ONE).sum() == 12
