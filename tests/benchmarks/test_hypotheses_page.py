"""The page of hypotheses is the code's, but for what was measured."""

import pytest

from benchmarks.hypotheses_page import PAGE, measured, written
from kantools.discovery.hypothesis import Cost
from kantools.discovery.roster import HYPOTHESES


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(*measured(page)), "python -m benchmarks.hypotheses_page writes it"


def test_every_hypothesis_has_its_measured_cells() -> None:
    cells, how = measured(PAGE.read_text(encoding="utf-8"))
    assert set(cells) == set(HYPOTHESES)
    assert all(len(row) == 4 for row in cells.values())
    assert how.startswith("Written by `python -m benchmarks.hypothesis_costs")


def order(seconds: float) -> Cost:
    """The order of magnitude of a time."""
    tenths = round(10 * seconds)
    return Cost.MILLISECONDS if tenths == 0 else Cost.TENTHS if tenths < 10 else Cost.SECONDS


@pytest.mark.parametrize("name", [*HYPOTHESES])
def test_what_a_hypothesis_says_of_its_cost_is_what_the_page_has_measured(name: str) -> None:
    _, nine_in_ten, *_ = measured(PAGE.read_text(encoding="utf-8"))[0][name]
    assert nine_in_ten == "-" or order(float(nine_in_ten.split()[0])) is HYPOTHESES[name].cost
