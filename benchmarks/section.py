"""A page that several commands write, each its own section."""

import re

from benchmarks.page import ROOT

__all__ = ["PAGE", "put"]

PAGE = ROOT / "docs" / "benchmarks.md"

HEAD = """# Benchmarks

Each section is written by the command that it names. The machine is shared: ratios within a run count, not
seconds.
"""

ORDER = ("layers", "bases", "training", "scaling", "long tables", "snapping")


def put(name: str, text: str) -> None:
    """Replace a section of the page, or add it in its place."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    parts = dict(re.findall(r"<!-- begin (.*?) -->\n(.*?)<!-- end -->", old, flags=re.DOTALL))
    parts[name] = text.strip() + "\n"
    body = "\n".join(f"<!-- begin {n} -->\n{parts[n]}<!-- end -->\n" for n in ORDER if n in parts)
    PAGE.write_text(HEAD + "\n" + body, encoding="utf-8")
