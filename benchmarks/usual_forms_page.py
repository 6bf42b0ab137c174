"""The table in ``docs/usual-forms.md``: ``python -m benchmarks.usual_forms_page`` writes it."""

from collections.abc import Iterator

from benchmarks.page import ROOT, code, table
from kantools.symbolic.usual_form import USUAL_FORMS

__all__ = ["PAGE", "written"]

PAGE = ROOT / "docs" / "usual-forms.md"
HEADING = "## The forms\n\n"


def written(page: str) -> str:
    """The page with the table as the code has it."""
    return (
        page.partition(HEADING)[0]
        + HEADING
        + table(["form", "in `x`", "quoted", "also called"], _rows())
        + "\n"
    )


def _rows() -> Iterator[list[str]]:
    for form in USUAL_FORMS.values():
        quoted = ", ".join(f"{name} {code(expr)}" for name, expr in form.quoted.items())
        yield [form.name, code(form.template), quoted, ", ".join(form.also)]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE)
