"""The evidence of constants beside an unknown scatter, against the integral itself."""

import numpy as np
import pytest
from scipy.integrate import quad

from kantools.symbolic.whole.few_rows import few_rows


def log_evidence(rows: int, constants: int, rss: float) -> float:
    """``ln ∫ σ^(k - n) exp(-rss/2σ²) dσ/σ``: constants integrated out, each for a factor of σ."""
    middle = np.log(rss / (rows - constants)) / 2
    at = (constants - rows) * middle - rss / 2 * np.exp(-2 * middle)  # where the integrand is largest

    def integrand(u: float) -> float:
        return float(np.exp((constants - rows) * u - rss / 2 * np.exp(-2 * u) - at))

    return float(np.log(quad(integrand, middle - 5, middle + 15, points=[middle])[0]) + at)


@pytest.mark.parametrize(("rows", "constants"), [(6, 2), (7, 4), (12, 3), (40, 5)])
def test_it_is_what_the_integral_differs_by(rows, constants):
    """From ``n/2 ln rss - k/2 ln s²``, the scatter at its likeliest, up to what depends on the rows alone."""

    def off(k: int, rss: float = 3.0) -> float:
        likeliest = rows / 2 * np.log(rss) - k / 2 * np.log(rss / (rows - k))
        return -log_evidence(rows, k, rss) - likeliest - few_rows(rows, k)

    assert off(constants) == pytest.approx(off(0), abs=1e-6)
    assert off(constants, rss=0.01) == pytest.approx(off(0), abs=1e-6)


def test_no_row_left_over_is_no_evidence():
    assert few_rows(4, 4) == few_rows(4, 9) == np.inf
