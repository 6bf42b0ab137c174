"""A study: questions whose answers are kept in a file, and a page that tells of them."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.kept import Row, answered, versions
from benchmarks.page import ROOT, prose

__all__ = ["RESULTS", "Study"]

#: Where the answers stand that pages are written from.
RESULTS = ROOT / "docs" / "results" / "judgement"


@dataclass(frozen=True)
class Study:
    """What is asked of how many tables, and what the page says of the answers.

    Attributes
    ----------
    module : str
        The command is ``python -m benchmarks.MODULE``; page and file of answers are called the same.
    title, about : str
        Of the page; ``about`` is the module's docstring.
    questions : callable
        ``questions(tables, seed, effort)`` gives frozen dataclasses.
    answer : callable
        Of a module, so that other processes can import it: a mapping that JSON can hold, for a question.
    sections : callable
        What the page says of the rows, part by part.
    tables : int
    effort : float
        Of each search; see :mod:`kantools.clock`.
    draw : callable
        Draws the page's pictures of the rows.
    """

    module: str
    title: str
    about: str | None
    questions: Callable[[int, int, float], Sequence[Any]]
    answer: Callable[[Any], Row]
    sections: Callable[[Sequence[Row]], Iterator[str]]
    tables: int
    effort: float
    draw: Callable[[Sequence[Row]], None] = lambda rows: None

    @property
    def name(self) -> str:
        return self.module.replace("_", "-")

    @property
    def path(self) -> Path:
        """Of the page."""
        return ROOT / "docs" / f"{self.name}.md"

    @property
    def kept(self) -> Path:
        """The file of answers."""
        return RESULTS / f"{self.name}.jsonl"

    @property
    def command(self) -> str:
        return f"python -m benchmarks.{self.module}"

    def page(self, rows: Sequence[Row], options: str = "") -> str:
        """The page of these answers."""
        head = [f"# {self.title}", prose(self.about)]
        if not rows:
            return "\n\n".join([*head, f"Nothing has been measured yet: `{self.command}`."]) + "\n"
        file = f"[{self.kept.name}](results/{RESULTS.name}/{self.kept.name})"
        written = f"Written by `{self.command}{options}`, kantools {versions(rows)}. Every row: {file}."
        return "\n\n".join([*head, written, *self.sections(rows)]) + "\n"

    def main(self, arguments: Sequence[str] | None = None) -> None:
        """Ask what is not known yet, and write the page; with ``--out`` elsewhere, print it."""
        given = self._options().parse_args(arguments)
        asked = self.questions(given.tables, given.seed, given.effort)
        rows = answered(asked, self.answer, given.out, jobs=given.jobs)
        text = self.page(rows, f" --tables {given.tables} --seed {given.seed} --effort {given.effort:g}")
        print(text)
        if given.out == self.kept:
            self.draw(rows)
            self.path.write_text(text, encoding="utf-8")

    def _options(self) -> argparse.ArgumentParser:
        parser = argparse.ArgumentParser(description=(self.about or "").split("\n")[0])
        parser.add_argument("--tables", type=int, default=self.tables)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--effort", type=float, default=self.effort, help="units of work for each search")
        parser.add_argument("--jobs", type=int, default=1)
        parser.add_argument("--out", type=Path, default=self.kept, help="answers kept; elsewhere: no page")
        return parser
