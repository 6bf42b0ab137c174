"""The state of one discovery: what is known, what was found, how much time is left."""

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TypeVar

import numpy as np

from kantools.discovery.memory import Memory, fingerprint
from kantools.discovery.residue import only_noise_is_left
from kantools.discovery.result import Origin, Progress, Step
from kantools.discovery.trial import SMOOTHNESS, Rows, rows_of
from kantools.discovery.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.whole.draft import NATS_A_NODE, Draft
from kantools.symbolic.whole.polish import polish
from kantools.table import Table

__all__ = ["Search"]

logger = logging.getLogger(__name__)

T = TypeVar("T")

FEW_NUMBERS = 1
PATIENCE, SECONDS_A_NUMBER = 2.0, 4.0  # with a formula that leaves noise only: times what it took, at least
ROUGH = 0.003  # error of the best network that noise explains
AS_WELL = 1.02  # times the error of the best network on the rows it was judged by
CHANCE = 0.3  # over the root of their number: the share by which the luckiest of many networks is better
MUCH_BETTER = 0.6  # … and far better than it
LONGEST_LOOK, SHARE_OVER = 5.0, 0.05  # seconds for a last look, and its share of the time beyond the limit
MOST_ROWS = 20_000  # that structures are judged by


@dataclass
class Search:
    """The state of one discovery: what is known, what was found, how much time is left."""

    table: Table
    data: Data
    primitives: tuple[Primitive, ...]
    deadline: float
    begin: float
    max_complexity: int
    seed: int
    progress: Callable[[Progress], None] | None
    basis: str = "bspline"
    formulas: list[Formula] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    inconsistent: list[Formula] = field(default_factory=list)  # with the units
    origin: dict[int, Origin] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # the view that each view was made from
    givers: dict[str, str] = field(default_factory=dict)  # the hypothesis that each formula came of
    message: str = "looking at the table"
    found_at: float = 0.0  # when the best formula was found
    length: float = np.inf  # description length of the best formula …
    improved_at: int = 0  # … and after how many topologies it was found
    readings: int = 0
    smoothness: float = SMOOTHNESS
    held: np.ndarray = field(
        default_factory=lambda: np.zeros(0, dtype=int)
    )  # rows that networks are judged by
    least_error: float = np.inf  # of all networks so far, on these rows
    known: tuple[Formula, ...] = ()  # found elsewhere
    memory: Memory | None = None
    asked: tuple[Data, str] | None = None  # the data that were asked about last, and their fingerprint
    unhurried: bool = False  # whether a law with one number is looked at as a curve before the search ends …
    curve_seen: bool = False  # … and that has been done
    surveyed: bool = False  # whether a general network has shown how well the whole table can be predicted

    @property
    def chosen(self) -> np.ndarray:
        """The rows that structures are looked for in: all, or a sample of a long table."""
        n = len(self.data.y)
        if n <= MOST_ROWS:
            return np.arange(n)
        return np.sort(np.random.default_rng(self.seed).choice(n, MOST_ROWS, replace=False))

    @property
    def rows(self) -> Rows:
        """What networks are trained on; formulas always get all rows."""
        return rows_of(self.data.X, self.data.y, self.data.weight).take(self.chosen)

    @property
    def best(self) -> Formula | None:
        within = [f for f in self.formulas if f.complexity <= self.max_complexity] or self.formulas
        return min(within, key=lambda f: f.description_length, default=None)

    @property
    def done(self) -> bool:
        """Explained to rounding error, or to the given sigma: chi² within its spread around the rows."""
        best = self.best
        if best is None:
            return False
        if self.data.known and best.loss <= 1 + np.sqrt(2 / len(self.data.y)):
            return True
        return self.data.explained(best.loss)

    @property
    def error(self) -> float:
        """Relative root mean square residual of the best formula."""
        return float(np.sqrt(self.best.loss / self.data.variance)) if self.best else np.inf

    def seen_error(self, error: float, view: View) -> float:
        """Remember the error of a network on the rows held out.

        In a view with a prefactor rows have other weights, and errors do not compare.
        """
        if view.prefactor == 1:
            self.least_error = min(self.least_error, error)
        return error

    @property
    def held_error(self) -> float:
        """The error of the best formula where networks are judged."""
        best, held = self.best, self.chosen[self.held]
        if best is None or not len(held):
            return self.error
        residual = self.data.y[held] - best.predict(self.data.X[held])
        weight = self.data.weight[held]
        variance = rows_of(self.data.X, self.data.y, self.data.weight).variance
        return float(np.sqrt(np.average(residual**2, weights=weight) / variance))

    @property
    def late(self) -> bool:
        return monotonic() > self.deadline

    @property
    def fits_as_well_as_any(self) -> bool:
        """Whether the best formula is about as good as any network, or better."""
        if not self.surveyed or self.best is None:
            return False
        chance = CHANCE / np.sqrt(max(len(self.held), 1))
        return bool(self.held_error <= max(AS_WELL, 1 + chance) * self.least_error)

    @property
    def at_the_floor(self) -> bool:
        """Whether what the best formula leaves is noise: networks leave about as much, and it has no order.

        A formula that is far better than all networks shows that these have not followed the law.
        """
        if self.best is None or not self.fits_as_well_as_any:
            return False
        return self.held_error > MUCH_BETTER * self.least_error and only_noise_is_left(self.best, self.data)

    @property
    def noisy(self) -> bool:
        """Whether noise is most of what the best network leaves.

        A large error alone may mean that the law is hard to learn; with noise, smoothing makes it smaller.
        """
        return self.surveyed and self.least_error > ROUGH and self.smoothness > SMOOTHNESS

    @property
    def settled(self) -> bool:
        """Whether the best formula leaves noise only, with no number that is not exact but for a factor.

        A number inside can make a wrong curve look right, and is given more time.
        """
        if self.best is None or len(self.best.free) > FEW_NUMBERS:
            return False
        hasty = self.best.free and (_inside(self.best) or (self.unhurried and not self.curve_seen))
        return not hasty and self.at_the_floor

    @property
    def averages(self) -> bool:
        """Whether views of few columns are looked at in means of neighbouring rows."""
        return self.noisy

    @property
    def unbeaten(self) -> bool:
        """Whether the best formula leaves noise only, and nothing better came in twice the time it took.

        The more numbers it has, the more likely is a law behind it, and the longer one is looked for.
        """
        best, waited = self.best, monotonic() - self.found_at
        if best is None or waited < SECONDS_A_NUMBER * max(len(best.free), 1):
            return False
        return waited > PATIENCE * (self.found_at - self.begin) and self.noisy and self.at_the_floor

    @property
    def certain(self) -> bool:
        """Whether the best formula leaves noise only and has no number that is not exact."""
        return self.settled and self.best is not None and not self.best.free

    @property
    def patience(self) -> float:
        """Seconds in which the formulas may still be examined: what is left of the time, or a little more."""
        whole, left = self.deadline - self.begin, self.deadline - monotonic()
        return min(LONGEST_LOOK, max(left, SHARE_OVER * whole))

    @property
    def over(self) -> bool:
        """Whether there is no more time, or no more need."""
        return self.late or self.done or self.unbeaten

    @property
    def half_time(self) -> bool:
        return monotonic() > (self.begin + self.deadline) / 2

    @property
    def findings(self) -> tuple[list[Formula], dict[int, Origin]]:
        """The formulas so far and where they were read from."""
        return self.formulas, self.origin

    def recall(self, findings: tuple[list[Formula], dict[int, Origin]]) -> None:
        """Go back to earlier findings."""
        self.formulas, self.origin = findings

    def forget(self) -> None:
        """Begin again: with other weights, lengths cannot be compared."""
        self.formulas, self.origin, self.length, self.improved_at = [], {}, np.inf, 0
        self.readings, self.found_at = 0, monotonic()
        self.least_error, self.smoothness, self.surveyed = np.inf, SMOOTHNESS, False

    def once(self, kind: str, *asked: Hashable, work: Callable[[], T]) -> T:
        """Work something out, unless an earlier search with the same memory has done it."""
        if self.memory is None:
            return work()
        if self.asked is None or self.asked[0] is not self.data:  # the scatter is taken in another way now
            self.asked = self.data, fingerprint(self.data)
        return self.memory.once((self.asked[1], kind, *asked), work, lambda: self.late)

    def tell(self, message: str) -> None:
        self.message = message
        logger.debug("%s", message)
        if self.progress is not None:
            spent, whole = monotonic() - self.begin, self.deadline - self.begin
            self.progress(
                Progress(min(spent / max(whole, 1e-9), 1.0), message, self.best, tuple(self.formulas))
            )

    def note(self, hypothesis: str, error: float, verdict: str, view: View | None = None) -> None:
        """Remember a hypothesis, what came of it, and the view that it was tested in."""
        where = "" if view is None else str(view)
        seconds, source = monotonic() - self.begin, self.sources.get(where, "")
        self.steps.append(Step(hypothesis, error, verdict or "tried", seconds, where, source))
        logger.debug("%s: error %.3g, %s", hypothesis, error, verdict or "tried")

    def derive(self, view: View, source: View) -> None:
        """Remember what a view was made from; the first counts."""
        self.sources.setdefault(str(view), str(source))

    def verdict(self, hypothesis: str, verdict: str) -> None:
        """Change what was said of a hypothesis."""
        self.steps = [replace(s, verdict=verdict) if s.hypothesis == hypothesis else s for s in self.steps]

    def may_win(self, draft: Draft) -> bool:
        """Whether a draft would be the shortest description if all its constants turned out to be nothing."""
        least = draft.length(self.data) - draft.price_of_constants(self.data)
        least -= 2 * NATS_A_NODE * len(draft.constants)  # a constant that is 1 or 0 goes, and its operator
        return self.best is None or least < self.best.description_length

    def keep(self, draft: Draft, origin: Origin | None = None, giver: str = "") -> Formula | None:
        """Work a draft out to a formula and remember its origin and the hypothesis that it came of."""
        values = draft.fit.values.tobytes()
        formula = self.once(
            "formula",
            *(draft.template, draft.constants, values),
            work=lambda: polish(draft, self.data, self.table.target, deadline=self.deadline),
        )
        if formula is None or not np.isfinite(formula.loss):
            return None
        formula = self._with_units(formula)
        if formula is None:
            return None
        same = next((f for f in self.formulas if _same(f, formula)), None)
        if same is not None and same.description_length <= formula.description_length:
            return same
        # At once, so that an interrupt loses neither.
        self.formulas = [*(f for f in self.formulas if f is not same), formula]
        self.givers[str(formula)] = giver
        if origin is not None:
            self.origin[id(formula)] = origin
        if formula is self.best:
            self.found_at = monotonic()
            logger.info("%s (description length %.1f)", formula, formula.description_length)
        return formula

    def _with_units(self, formula: Formula) -> Formula | None:
        """The formula with units for its constants; None, and put aside, where it is inconsistent."""
        units = self.data.units
        if units is None:
            return formula
        labelled = formula.labelled(units)
        if labelled is None:
            self.inconsistent.append(formula)
            return None
        length = labelled.description_length + units.price(labelled.constants)
        return replace(labelled, description_length=length)


def _inside(formula: Formula) -> bool:
    """Whether a free constant is more than a factor of the whole formula."""
    return any(formula.template.as_independent(c.symbol, as_Add=False)[1] != c.symbol for c in formula.free)


def _same(one: Formula, other: Formula) -> bool:
    return one.complexity == other.complexity and str(one) == str(other)
