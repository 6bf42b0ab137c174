"""Of frequencies that equal steps cannot tell apart a form gets the lowest, and says so."""

import warnings

import numpy as np
import pytest

from kantools.symbolic import LowestFrequency, refit
from kantools.table import Table

#: Temperature at 24 hours, from a public question: a daily wave, read as one of 11 minutes.
HOURLY = (
    *(-0.60313714, -0.6527668, -0.669063, -0.6045208, -0.46157956, -0.36819172, -0.17480397, 0.00283241),
    *(0.15954256, 0.33030534, 0.43397593, 0.54781055, 0.61995673, 0.59603477, 0.610795),
    *(0.5800109, 0.4601419, 0.29350758, 0.20055556, 0.03135109, -0.15563202, -0.27981472, -0.4027779),
    -0.4945315,
)
FORM = "a*sin(w*x + p) + c"


def table(x: np.ndarray, y: np.ndarray) -> Table:
    return Table(("x",), x[:, None], "y", y)


def constants(formula) -> dict[str, float]:  # type: ignore[no-untyped-def]
    return {c.symbol.name: c.value for c in formula.constants}


def test_a_day_of_hours_is_a_daily_wave() -> None:
    with pytest.warns(LowestFrequency, match=r"w is the lowest of those .* If a higher one is meant, give"):
        formula = refit(FORM, table(np.arange(24.0), np.array(HOURLY)))
    found = constants(formula)
    assert found["w"] == pytest.approx(0.258, abs=1e-3)
    assert abs(found["a"]) == pytest.approx(0.6413, abs=1e-3)


@pytest.mark.parametrize(("first", "step"), [(0.0, 1.0), (17.3, 0.5), (1.7e9, 3600.0), (-4.0, 0.01)])
def test_whatever_the_unit_and_the_zero(first: float, step: float) -> None:
    x = first + step * np.arange(24)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formula = refit(FORM, table(x, np.array(HOURLY)))
    found = constants(formula)
    assert abs(found["w"]) * step <= np.pi
    assert formula.loss == pytest.approx(6.0487e-4, rel=1e-3)


def test_a_higher_frequency_is_taken_where_it_is_told() -> None:
    x = np.arange(24.0)
    formula = refit(FORM, table(x, np.array(HOURLY)), {"w": 0.258 + 2 * np.pi, "p": -1.3, "a": 0.6, "c": 0.0})
    assert constants(formula)["w"] == pytest.approx(0.258 + 2 * np.pi, abs=1e-3)


def test_rows_at_unequal_distances_tell_frequencies_apart() -> None:
    x = np.sort(np.random.default_rng(0).uniform(0, 10, 60))
    y = 2 * np.sin(9.0 * x + 0.5)
    formula = refit("a*sin(w*x + p)", table(x, y), {"w": 9.1})
    assert constants(formula)["w"] == pytest.approx(9.0)
