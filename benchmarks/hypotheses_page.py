"""The page of hypotheses: what there is to tell of them, and what they cost.

``python -m benchmarks.hypotheses_page`` writes ``docs/hypotheses.md`` anew from the code and keeps the
measured columns; :mod:`benchmarks.hypothesis_costs` measures them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.page import ROOT, code, table
from kantools.discovery.about import About, Threshold, about_all, thresholds_of
from kantools.discovery.policy import Policy

__all__ = ["PAGE", "measured", "written"]

PAGE = ROOT / "docs" / "hypotheses.md"
HEAD = """# Hypotheses

All that a search believes of a law it has from hypotheses, one a file in
`kantools/discovery/hypotheses/`. This page lists them in the order in which a search comes to them,
as `kantools hypotheses` does. [How it works](how-it-works.md) tells how a search uses them, [adding
a hypothesis](adding/hypothesis.md) how to write one. A search can be given others, or the same with
other thresholds: `hypotheses=[..., FewTerms(most_terms=20), "-networks"]`."""
COSTS = """What each costs in one view is the processor's time, the median and the ninth tenth of the views
that it was tried in; behind that stands in how many views that was, and how many formulas of the
fronts came of it. The searches are those of the twelve laws in `tests/golden/laws.py` and of six
harder ones, each with and without noise; what never came up in them has no number."""
THRESHOLDS = """## Thresholds

A *judgement* decides what is believed, followed or kept; a *size* bounds the work; a *guard* keeps
numbers apart from rounding. The reason of a judgement ends with where its value is from; most are
guesses, and say so. Rows of the [lab book](lab-book.md) are named by how they begin."""
MEASURED = ("median", "90 %", "views", "formulas")
ROW = re.compile(r"^\| \[(?P<name>[^\]]+)\].*?(?P<cells>(?: \| [^|]+){4}) \|$", re.MULTILINE)
HOW = re.compile(r"^Written by .*$", re.MULTILINE)


def written(costs: Mapping[str, Sequence[str]], how: str) -> str:
    """The page.

    Parameters
    ----------
    costs : mapping of str to sequence of str
        The measured cells of each hypothesis.
    how : str
        What they were measured by.
    """
    known = about_all()
    rows = ([_link(a), _code(a.does), ", ".join(a.when), *costs.get(a.name, ["-"] * 4)] for a in known)
    listing = table(["hypothesis", "what it is", "when", *MEASURED], rows)
    sections = (part for a in known for part in _section(a))
    walk = ("### The walk", "What no hypothesis owns (`Policy`).", _listed(thresholds_of(Policy())))
    return "\n\n".join([HEAD, COSTS, how, listing, THRESHOLDS, *sections, *walk]) + "\n"


def measured(page: str) -> tuple[dict[str, list[str]], str]:
    """The measured cells of a page, and what they were measured by."""
    cells = {row["name"]: row["cells"].split(" | ")[1:] for row in ROW.finditer(page)}
    found = HOW.search(page)
    return cells, found[0] if found else ""


def _section(of: About) -> Iterator[str]:
    yield f"### {of.name}"
    yield _code(of.does)
    if of.thresholds:
        yield _listed(of.thresholds)


def _listed(some: Sequence[Threshold]) -> str:
    rows = ([code(t.name), code(t.value), t.kind, _code(t.reason)] for t in some)
    return table(["threshold", "value", "kind", "reason"], rows)


def _link(of: About) -> str:
    return f"[{of.name}](#{of.name.replace(' ', '-')})"


def _code(text: str) -> str:
    return text.replace("``", "`")


def main() -> None:
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(written(*measured(page)), encoding="utf-8")


if __name__ == "__main__":
    main()
