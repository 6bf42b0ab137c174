"""What each hypothesis costs, and how often something came of it.

``python -m benchmarks.hypothesis_costs`` searches the tables of the golden traces and of some harder laws,
times every hypothesis in every view, and writes the measured columns of ``docs/hypotheses.md``. The time is
the processor's, all that a hypothesis was asked for in one view together, without what the walk then makes of
its findings (a form is polished by the ledger). A formula of the front counts for the hypothesis it came of.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.hypotheses_page import PAGE, written
from benchmarks.page import how
from kantools.datasets import problem
from kantools.discovery import Discovery, Hypothesis, Scene, discover
from kantools.discovery.executor import Answers, Serial
from kantools.discovery.findings import Finding, Form, Reading
from kantools.discovery.views.view import ViewKey
from kantools.table import Table
from tests.golden.laws import NOISES, cases

EFFORT = 40.0
#: Laws on which what comes late is tried: oscillations, columns to be mixed, curves that are networks' only.
HARDER, ROWS = ("I.30.3", "I.50.26", "II.6.15b", "I.15.3x", "I.18.4", "III.8.54"), 400


@dataclass
class Timed:
    """An executor with a watch.

    Attributes
    ----------
    seconds : dict
        By hypothesis and view, of all searches.
    search : int
        Which search it is, for views of different tables may be called the same.
    givers : dict of str to str
        The hypothesis behind what forms are told to come of, in this search.
    formulas : dict of str to int
        How many formulas of fronts came of each hypothesis.
    """

    seconds: dict[tuple[str, int, ViewKey], float] = field(default_factory=lambda: defaultdict(float))
    search: int = 0
    givers: dict[str, str] = field(default_factory=dict)
    formulas: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def run(self, batch: Sequence[Hypothesis], scene: Scene) -> Answers:
        for hypothesis, findings in Serial().run(batch, scene):
            where = (hypothesis.name, self.search, scene.view.key)
            yield hypothesis, self._timed(hypothesis, findings, where)

    def _timed(
        self, hypothesis: Hypothesis, findings: Iterator[Finding], where: tuple[str, int, ViewKey]
    ) -> Iterator[Finding]:
        while True:
            begin = process_time()
            finding = next(findings, None)
            self.seconds[where] += process_time() - begin
            if finding is None:
                return
            if isinstance(finding, Form | Reading):
                self.givers[finding.told] = hypothesis.name
            yield finding

    def found(self, discovery: Discovery) -> None:
        """Count the formulas of a front, and be ready for the next search."""
        for step in discovery.steps:
            self.formulas[self.givers.get(step.hypothesis, "")] += len(step.formulas)
        self.search, self.givers = self.search + 1, {}

    def columns(self) -> dict[str, list[str]]:
        """Median, nine tenths, views and formulas, by hypothesis."""
        taken: dict[str, list[float]] = defaultdict(list)
        for (name, _, _), seconds in self.seconds.items():
            taken[name].append(seconds)
        return {
            name: [*(f"{q:.2g} s" for q in np.quantile(t, [0.5, 0.9])), str(len(t)), str(self.formulas[name])]
            for name, t in taken.items()
        }


def _tables() -> Iterator[tuple[str, Table, dict[str, Any]]]:
    """What is searched, and what the search is told beside the table."""
    yield from ((f"{law.name}, noise {noise:g}", law.table(noise), law.settings) for law, noise in cases())
    for name in HARDER:
        for noise in NOISES:
            yield f"{name}, noise {noise:g}", problem(name).sample(ROWS, noise=noise, seed=0), {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--effort", type=float, default=EFFORT, help="of each search, on the clock of work")
    options = parser.parse_args()
    timed = Timed()
    with patch("kantools.discovery.looks.Serial", lambda: timed):
        for name, table, settings in _tables():
            timed.found(discover(table, effort=options.effort, seed=0, **settings))
            print(name, flush=True)
    command = f"python -m benchmarks.hypothesis_costs --effort {options.effort:g}"
    PAGE.write_text(written(timed.columns(), how(command)), encoding="utf-8")


if __name__ == "__main__":
    main()
