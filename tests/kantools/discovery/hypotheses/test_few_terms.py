"""Polynomials with few terms: the terms that are there, and no others, also in noise and from few rows."""

import pytest
from sympy import simplify, symbols

from kantools.discovery.findings import Form
from kantools.discovery.hypotheses.few_terms import FewTerms
from kantools.symbolic.whole.polish import polish
from tests.kantools.discovery.scenes import data_like, scene_of, view_of

a, b, c = symbols("a b c")
FEW_TERMS = FewTerms()


def table_of(law, rows, noise=0.0):
    view = view_of(law, rows=rows, low=0, high=2, noise=noise)
    return view, data_like(view)


@pytest.mark.parametrize(
    ("law", "rows"),
    [
        (a**4 - a**3 + b**2 / 2 - b, 20),
        (a**6 + a**2 - 1, 15),
        (a * b + b * c - 2 * a * c, 30),
    ],
)
def test_exact_polynomials_from_few_rows(law, rows):
    view, data = table_of(law, rows)
    assert simplify(polish(FEW_TERMS.draft(view, data), data, "y").expression - law) == 0


def test_noise_adds_no_terms():
    law = 3 * a * b - b**3
    view, data = table_of(law, 500, noise=0.1)
    draft = FEW_TERMS.draft(view, data)
    assert set(map(str, draft.template.free_symbols & {a, b})) == {"a", "b"}
    assert len(draft.constants) == 2


def test_too_few_rows_for_a_square():
    view, data = table_of(a, 5)
    assert FEW_TERMS.draft(view, data) is None


@pytest.mark.parametrize(("least_error", "found"), [(1.0, 1), (1e-12, 1), (0.02, 0)])
def test_a_polynomial_that_is_no_better_than_networks_is_not_offered(least_error, found):
    """What looks exact always is."""
    noise = 0.1 if least_error == 0.02 else 0.0
    scene = scene_of(view_of(a * b - b**2, noise=noise), visit={"best": least_error})
    assert sum(isinstance(f, Form) for f in FEW_TERMS.findings(scene)) == found
