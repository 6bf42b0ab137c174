"""Looks at a table: how its rows are weighed, and whether they have to be weighed again.

A first look takes the scatter to be the same on all rows. Where that of the first formula goes with the
target, it is looked at once more with relative weights. Where errors of the inputs or a robust loss are asked
for, weights depend on the law: a polynomial stands in for it, then the best formula so far.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from kantools.clock import now
from kantools.discovery.agenda import Agenda
from kantools.discovery.budget import Budget
from kantools.discovery.evidence import Evidence
from kantools.discovery.executor import Executor, Serial
from kantools.discovery.hypothesis import Settings
from kantools.discovery.journal import Journal
from kantools.discovery.ledger import Ledger
from kantools.discovery.memory import Memory, Recall
from kantools.discovery.noise.explained import explained
from kantools.discovery.noise.residue import only_noise_is_left
from kantools.discovery.noise.weighing import guess, needs_weighing, weighed
from kantools.discovery.verdict import Stop
from kantools.discovery.walk import Walk
from kantools.symbolic.examine.noise_model import relative_is_better
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front
from kantools.symbolic.whole.draft import draft_of
from kantools.table import Table

__all__ = ["Looks"]

#: Formulas that compete again with other weights, besides the front.
MOST_KEPT = 8
#: How often rows are weighed anew by the best formula, and the search begins again.
MOST_WEIGHINGS = 2
#: For the last fit where the end has come, on the clock that counts: a second, or a unit of effort.
GRACE = 1.0


class Looks:
    """All looks at one table, and the ledger of the one that stands.

    Attributes
    ----------
    told : Data
        The rows as the table has them.
    ledger : Ledger
        The formulas, with the rows weighed as they were found.
    budget : Budget
    """

    def __init__(
        self,
        told: Data,
        table: Table,
        settings: Settings,
        agenda: Agenda,
        budget: Budget,
        journal: Journal,
        max_complexity: int,
        memory: Memory | None = None,
        executor: Executor | None = None,
    ) -> None:
        self.told, self.table, self.settings, self.agenda = told, table, settings, agenda
        self.budget, self.journal, self.memory = budget, journal, memory
        self.max_complexity, self.executor = max_complexity, executor or Serial()
        self.inconsistent: list[Formula] = []
        self.ledger = self._ledger(told)

    @property
    def data(self) -> Data:
        """The rows as they are weighed now."""
        return self.ledger.data

    @property
    def best(self) -> Formula | None:
        return self.ledger.best

    def _ledger(self, data: Data) -> Ledger:
        recall = Recall.of(self.memory, data)
        target, longest = self.table.target, self.max_complexity
        return Ledger(data, target, longest, self.journal, recall, now(), inconsistent=self.inconsistent)

    def run(self) -> Stop:
        """Look at the rows as they are, or as they count once something stands in for the law."""
        if not needs_weighing(self.told):
            return self._look_twice()
        self.ledger = self._ledger(weighed(self.told, guess(self.told, self.settings.seed), roughly=True)[0])
        whole, self.budget = self.budget, self.budget.halved()
        stopped = self._look_twice()
        self.budget = whole
        for _ in range(MOST_WEIGHINGS):
            if self.best is None or self.budget.late:
                break
            self._compete_again(weighed(self.told, self.best.predict)[0])
            if self.best is not None and only_noise_is_left(self.best, self.data, self.agenda.policy.noise):
                return Stop.NOTHING_BETTER
            self._tell("outliers and errors of the inputs are known better: again with other weights")
            stopped = self._look_twice()
        return stopped

    def settle(self) -> float:
        """All constants once more, with robust loss and errors of inputs; the unit of squared residuals."""
        best, before, told = self.best, self.ledger, self.told
        if best is None or not needs_weighing(told):
            return 1.0
        self.budget = self.budget.at_least(GRACE)
        if self.data.scatter == "relative":
            told = told.relative(best.predict(told.X))
        self._compete_again(with_scatter(told, best.predict, len(best.free)))
        if self.best is None:
            self.ledger = before
            return 1.0
        return 1.0 if told.known else float(told.weight.mean() / self.data.weight.mean())

    def _look(self) -> tuple[Stop, Evidence]:
        walk = Walk(self.ledger, self.settings, self.agenda, self.budget, self.executor)
        return walk.run(), walk.evidence

    def _look_twice(self) -> Stop:
        """With constant scatter, and again where that of the first formula is seen to go with the target."""
        stopped, evidence = self._look()
        best, first = self.best, self.ledger
        if best is None or self.budget.late or not evidence.fits_as_well_as_any:
            return stopped
        if not relative_is_better(best, first.data):
            return stopped
        self._tell("the scatter goes with the target: again with relative weights")
        self.ledger = self._ledger(first.data.relative(best.predict(first.data.X)))
        try:
            stopped, _ = self._look()
        finally:  # also where it is interrupted; what leaves nothing at all says nothing of the noise
            best = self.best
            if best is None or not (explained(best, self.data) or relative_is_better(best, first.data)):
                self.ledger = first
        return stopped

    def _compete_again(self, data: Data) -> None:
        """The best formulas so far, the shortest descriptions first, fitted to the rows as they count now."""
        before = self.ledger
        ranked = sorted(before.formulas, key=lambda f: f.description_length)
        kept = ranked[:MOST_KEPT]
        with self._nothing_lost():
            self.ledger = self._ledger(data)
            for formula in (*kept, *(f for f in pareto_front(before.formulas) if f not in kept)):
                if self.best is not None and self.budget.late:
                    break
                origin = before.origins.get(id(formula))
                self.ledger.offer(draft_of(formula, data), self.budget, origin=origin)

    @contextmanager
    def _nothing_lost(self) -> Iterator[None]:
        """Formulas are fitted again, to other weights; an interrupt before the first one leaves the old."""
        before = self.ledger
        try:
            yield
        except KeyboardInterrupt:
            if self.best is None:
                self.ledger = before
            raise

    def _tell(self, message: str) -> None:
        self.journal.tell(message, self.budget.fraction, self.best, self.ledger.formulas)
