"""Looks at a table: how its rows are weighed, and whether they have to be weighed again.

A first look takes the noise that a smooth model of the table speaks for. Where the best formula speaks for
another, it is looked at once more. Where errors of the inputs or a robust loss are asked for, weights depend
on the law: a polynomial stands in for it, then the best formula so far.
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
from kantools.discovery.noise.first_look import as_it_seems, near
from kantools.discovery.noise.residue import only_noise_is_left
from kantools.discovery.noise.weighing import Predict, guess, needs_weighing, weighed
from kantools.discovery.verdict import Stop
from kantools.discovery.walk import Walk
from kantools.symbolic.examine.noise_model import length_with_noise, noise_of
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.noisy import with_noise
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front
from kantools.symbolic.noise import AUTO
from kantools.symbolic.whole.draft import draft_of
from kantools.table import Table

__all__ = ["Looks"]

#: Formulas that compete again with other weights, besides the front.
MOST_KEPT = 8
#: How often rows are weighed anew by the best formula, and the search begins again.
MOST_WEIGHINGS = 2
#: Nats by which a description may be longer that counts with the noise of its own formula.
LOST = 3.0
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
        noise: str = AUTO,
    ) -> None:
        self.told, self.table, self.settings, self.agenda = told, table, settings, agenda
        self.budget, self.journal, self.memory = budget, journal, memory
        self.max_complexity, self.executor, self.noise = max_complexity, executor or Serial(), noise
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
            self.ledger = self._ledger(as_it_seems(self.told, self.noise))
            return self._look_twice(self.told)
        first = guess(self.told, self.settings.seed)
        self.ledger = self._ledger(weighed(self._as_chosen(first), first, roughly=True)[0])
        whole, self.budget = self.budget, self.budget.halved()
        stopped = self._look_twice(self.data)
        self.budget = whole
        for _ in range(MOST_WEIGHINGS):
            if self.best is None or self.budget.late:
                break
            law = self.best.predict
            self._compete_again(weighed(self._as_chosen(law), law)[0])
            if self.best is not None and only_noise_is_left(self.best, self.data, self.agenda.policy.noise):
                return Stop.NOTHING_BETTER
            self._tell("outliers and errors of the inputs are known better: again with other weights")
            stopped = self._look_twice(self.data)
        return stopped

    def settle(self) -> float:
        """All constants once more, with robust loss and errors of inputs; the unit of squared residuals."""
        best, before, told = self.best, self.ledger, self.told
        if best is None or not needs_weighing(told):
            return 1.0
        self.budget = self.budget.at_least(GRACE)
        told = with_noise(told, self.data.scatter, best.predict(told.X))
        self._compete_again(with_scatter(told, best.predict, len(best.free)))
        if self.best is None:
            self.ledger = before
            return 1.0
        return 1.0 if told.known else float(told.weight.mean() / self.data.weight.mean())

    def _look(self) -> tuple[Stop, Evidence]:
        walk = Walk(self.ledger, self.settings, self.agenda, self.budget, self.executor)
        return walk.run(), walk.evidence

    def _as_chosen(self, predict: Predict) -> Data:
        """The rows with the noise that was chosen by name, once something stands in for the law."""
        if self.noise == AUTO:
            return self.told
        told = self.told
        return with_noise(told, self.noise, near(predict(told.X), told.y, self.noise))

    def _look_twice(self, alike: Data) -> Stop:
        """As the noise seems to be, and again where the first formula speaks for another.

        Parameters
        ----------
        alike : Data
            The rows as they count before a noise model.
        """
        stopped, evidence = self._look()
        best, first = self.best, self.data
        if best is None or explained(best, first):
            return stopped
        name = noise_of(best, first) if self.noise == AUTO else first.scatter
        if name != first.scatter and evidence.fits_as_well_as_any and not self.budget.late:
            return self._look_again(with_noise(alike, name, best.predict(alike.X)), stopped)
        if first.size is not None and alike.size is None:  # by the best formula, not what stood in for it
            self.budget = self.budget.at_least(GRACE)
            self._compete_again(with_noise(alike, first.scatter, best.predict(alike.X)))
        return stopped

    def _look_again(self, data: Data, stopped: Stop) -> Stop:
        """With the noise that the best formula speaks for; nothing comes of it where that is no shorter."""
        first = self.ledger
        self._tell(f"what is left speaks for {data.scatter} noise: again with its weights")
        self.ledger = self._ledger(data)
        try:
            stopped, _ = self._look()
        finally:  # also where it is interrupted; what leaves nothing at all says nothing of the noise
            best = self.best
            if best is None or not (explained(best, self.data) or _as_short(self.ledger, first)):
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


def _as_short(second: Ledger, first: Ledger) -> bool:
    """Whether a second look has not lost what the first has found, each with the noise that suits it."""
    lengths = [length_with_noise(ledger.best, ledger.data) for ledger in (second, first) if ledger.best]
    return lengths[0] < lengths[-1] + LOST
