"""Elementary laws: what counts, and what is right."""

import numpy as np
import pytest
import sympy

from benchmarks.elementary import Cell, Row, cells, law_at_best, page, preferred_by, verdict
from benchmarks.elementary_laws import LAWS, Draw
from kantools.symbolic import refit
from kantools.symbolic.fit.data import data_of


def drawn(name: str, rows: int = 150, noise: float = 0.02) -> Draw:
    return Cell(name, 1, True, rows, noise, 7).draw()


def judged(text: str, of: Draw) -> str:
    return verdict(refit(text, of.table), of, data_of(of.table), law_at_best(of))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_most_tables_prefer_their_law_to_a_polynomial(law):
    preferred = []
    for seed in range(5):
        table = Cell(law.name, 0, True, 1000, 0.01, seed).draw()
        preferred.append(preferred_by(table, data_of(table.table), law_at_best(table)))
    assert np.median(preferred) > 6


def test_a_table_is_the_same_again_and_another_one_with_another_seed():
    one, again = (Cell("Hill", 3, False, 20, 0.1, 1).draw().table for _ in range(2))
    other = Cell("Hill", 3, False, 20, 0.1, 2).draw().table
    np.testing.assert_array_equal(one.y, again.y)
    assert one.columns == ("x", "z1", "z2", "z3")
    assert not np.allclose(one.y, other.y)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("a*x/(k + x)", "right"),
        ("1/(a + b/x)", "right"),
        ("a + b*x", "polynomial"),
        ("a + b*log(x)", "other"),
        ("a*x/(k + x) + b*z1", "idle column"),
    ],
)
def test_a_form_counts_however_it_is_written(text, outcome):
    assert judged(text, drawn("saturation")) == outcome


def test_a_part_of_the_law_that_the_rows_contradict_is_not_the_law():
    assert judged("a*exp(-k*x)", drawn("exponential with offset", noise=0.01)) == "a part of the law"


def test_a_form_that_is_as_short_is_no_fault_of_the_search():
    """What rows cannot tell from the law is not told to be wrong."""
    assert judged("a/(1 + exp(b - c*x)) + d", drawn("hyperbolic tangent", rows=50, noise=0.1)) in {
        "as good",
        "other",
    }


def test_every_law_is_of_one_column():
    for law in LAWS:
        assert sympy.sympify(law.text).free_symbols == {*sympy.symbols([*law.constants, "x"])}


def test_the_page_lists_what_is_not_right():
    cell = cells([1], 0.001)[0]
    rows = [
        Row(cell, 10, "a=1", "y = x", outcome, nats, 1.0, "explained", "0")
        for outcome, nats in (("right", 9.0), ("polynomial", 9.0), ("other", 1.0))
    ]
    text = page(rows)
    assert "| all | 2 | 1 | 50 |" in text
    assert text.partition("## Not right")[2].count("`y = x`") == 1
