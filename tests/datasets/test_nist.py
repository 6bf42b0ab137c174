"""The numbers of the certified regressions say of themselves that none is wrong."""

import numpy as np
import pytest

from kantools.datasets.expression import evaluate
from kantools.datasets.nist import NIST, Certified

PROBLEMS = list(NIST.values())


def squares(problem: Certified, values: dict[str, float]) -> float:
    table = problem.table()
    said = evaluate(problem.form.subs(values), table.columns, table.X)
    return float(np.sum((table.y - said) ** 2))


def test_all_are_there() -> None:
    assert len(NIST) == 27


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_certified_constants_leave_the_certified_residuals(problem: Certified) -> None:
    # Eleven digits of constants cannot reproduce residuals of 1e-13.
    tolerance = 1e-20 if problem.name == "Lanczos1" else 0.0
    assert squares(problem, dict(problem.values)) == pytest.approx(problem.rss, rel=1e-9, abs=tolerance)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_certified_errors_follow_from_the_slopes_of_the_form(problem: Certified) -> None:
    """By differences of the form, without anything that fits."""
    if problem.name == "Lanczos1":
        return
    table, names = problem.table(), list(problem.values)
    best = np.array([problem.values[k] for k in names])
    errors = np.array([problem.errors[k] for k in names])

    def said(p: np.ndarray) -> np.ndarray:
        return evaluate(problem.form.subs(dict(zip(names, p, strict=True))), table.columns, table.X)

    steps = np.diag(1e-4 * errors)
    J = np.column_stack([(said(best + d) - said(best - d)) / (2 * d.sum()) for d in steps])
    variance = problem.rss / (table.rows - len(names))
    scaled = J * errors
    spread = np.linalg.inv(scaled.T @ scaled) * variance
    np.testing.assert_allclose(np.sqrt(np.diag(spread)), 1.0, rtol=1e-3)


def test_the_response_may_be_a_function() -> None:
    table = NIST["Nelson"].table()
    assert table.target == "log(y)"
    np.testing.assert_array_equal(table.y, np.log(NIST["Nelson"].rows[:, 0]))
