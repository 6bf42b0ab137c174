"""Error bars hold: true constants lie inside 95 % intervals in 95 of 100 cases, as far as chance allows."""

import pytest
from scipy.stats import binom

from benchmarks.coverage import LEVEL, cover
from benchmarks.ten_laws import LAWS


@pytest.mark.parametrize("law", [law for law in LAWS if law.name in ("fall", "Coulomb", "cooling")])
def test_a_law_with_errors_of_different_size(law):
    found = cover(law, 40, seed=1)
    low, high = binom.ppf([0.001, 0.999], 40, LEVEL)
    assert all(low <= count <= high for count in found.inside.values())
    assert found.share > 0.85
