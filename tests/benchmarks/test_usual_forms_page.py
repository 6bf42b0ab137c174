"""The page of usual forms has the table that the code makes."""

from benchmarks.usual_forms_page import PAGE, written


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page), "python -m benchmarks.usual_forms_page writes it"
