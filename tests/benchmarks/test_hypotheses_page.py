"""The page of hypotheses is the code's, but for what was measured."""

from benchmarks.hypotheses_page import PAGE, measured, written
from kantools.discovery.roster import HYPOTHESES


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(*measured(page)), "python -m benchmarks.hypotheses_page writes it"


def test_every_hypothesis_has_its_measured_cells() -> None:
    cells, how = measured(PAGE.read_text(encoding="utf-8"))
    assert set(cells) == set(HYPOTHESES)
    assert all(len(row) == 4 for row in cells.values())
    assert how.startswith("Written by `python -m benchmarks.hypothesis_costs")
