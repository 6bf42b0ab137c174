"""The ledger: the formulas that were found, each worked out, priced, and held against the others."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kantools.clock import now
from kantools.discovery.budget import Budget
from kantools.discovery.findings import Reading
from kantools.discovery.journal import Journal
from kantools.discovery.memory import Recall
from kantools.discovery.noise.explained import explained
from kantools.discovery.result import Origin, Snapped
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.whole.centred import polish_centred
from kantools.symbolic.whole.choose import Chosen
from kantools.symbolic.whole.draft import NATS_A_NODE, Draft

__all__ = ["Ledger"]

logger = logging.getLogger(__name__)

MOST_POLISHED, MOST_POLISHED_IN_NOISE = 3, 8  # formulas of one reading that are worked out to the end
FRONT_DRAFTS = 10
MOST_TRIED = 16
DIGITS = 9  # of a loss; two drafts that leave the same are one function
#: Nats that exact numbers and rewriting may save beyond what they have saved of drafts before.
SAVED = 10.0


@dataclass
class Ledger:
    """The formulas of one way to weigh the rows.

    Attributes
    ----------
    data : Data
    target : str
    max_complexity : int
        Longer formulas are not the best one while there are shorter ones.
    journal : Journal
    recall : Recall
        What earlier searches have worked out.
    found_at : float
        When the best formula was found.
    formulas, inconsistent : list of Formula
        Found so far; put aside because the units forbid them.
    origins : dict of int to Origin
        Where formulas were read from, by identity.
    lengths : dict of str to float
        The shortest description of the drafts that were read in noise, by what they leave.
    """

    data: Data
    target: str
    max_complexity: int
    journal: Journal
    recall: Recall
    found_at: float
    formulas: list[Formula] = field(default_factory=list)
    inconsistent: list[Formula] = field(default_factory=list)
    origins: dict[int, Origin] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)

    @property
    def best(self) -> Formula | None:
        within = [f for f in self.formulas if f.complexity <= self.max_complexity] or self.formulas
        return min(within, key=lambda f: f.description_length, default=None)

    def may_win(self, draft: Draft) -> bool:
        """Whether a draft would be the shortest description if all its constants turned out to be nothing."""
        best, least = self.best, draft.length_without_constants(self.data)
        least -= 2 * NATS_A_NODE * len(draft.constants)  # a constant that is 1 or 0 goes, and its operator
        return best is None or least < best.description_length

    def offer(
        self, draft: Draft, budget: Budget, giver: str = "", origin: Origin | None = None
    ) -> Formula | None:
        """Work a draft out to a formula and remember where it came from."""
        formula = self.recall(
            "formula",
            *(draft.template, draft.constants, draft.fit.values.tobytes()),
            work=lambda: polish_centred(draft, self.data, self.target, deadline=budget.deadline),
            late=lambda: budget.late,
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
        self.journal.givers[str(formula)] = giver
        if origin is not None:
            self.origins[id(formula)] = origin
        if formula is self.best:
            self.found_at = now()
            logger.info("%s (description length %.1f)", formula, formula.description_length)
        return formula

    def offer_reading(self, reading: Reading, budget: Budget, *, noisy: bool, adequate: bool = False) -> None:
        """Polish the shortest descriptions and those that are not dominated, until enough hold.

        In noise several drafts fit alike, and exact numbers decide between them. Drafts that are far longer
        than the best formula are passed over, all of them where that one leaves noise only.
        """
        kept: list[Draft] = []
        saved = 0.0
        most = MOST_POLISHED_IN_NOISE if noisy else MOST_POLISHED
        for c in self._worth_polishing(reading.chosen)[: MOST_POLISHED if reading.failed else MOST_TRIED]:
            if len(kept) >= FRONT_DRAFTS or (budget.late and self.formulas):
                return
            if len(kept) >= most and not _undominated(c.draft, kept):
                continue
            if not (self.may_win(c.draft) if noisy else _undominated(c.draft, self.formulas)):
                continue
            best = self.best
            if best is not None and explained(best, self.data) and c.draft.complexity >= best.complexity:
                continue
            length = c.draft.length(self.data)
            compared = best if noisy and (kept or adequate) else None
            if compared is not None and length > compared.description_length + saved + SAVED:
                break
            if noisy and self._in_other_words(c.draft, length):
                continue
            known = self.formulas
            formula = self.offer(c.draft, budget, reading.told, _origin(reading, c))
            if formula is not None:
                kept.append(c.draft)
                if all(formula is not f for f in known):
                    saved = max(saved, length - formula.description_length)

    def _in_other_words(self, draft: Draft, length: float) -> bool:
        """Whether one that leaves the very same was about as short: links read a law several times."""
        same = f"{draft.loss:.{DIGITS}g}"
        known = self.lengths.get(same, np.inf)
        self.lengths[same] = min(known, length)
        return known <= length + 1

    def _worth_polishing(self, chosen: Sequence[Chosen]) -> list[Chosen]:
        """Without what is not finite, hopelessly long, or has more constants than the rows can carry."""
        most = max(len(self.data.y) // 2, 1) + 3  # some of them will turn out to be exact
        longest = 2 * self.max_complexity
        drafts = [c for c in chosen if np.isfinite(c.draft.loss) and c.draft.complexity <= longest]
        return [c for c in drafts if len(c.draft.constants) <= most]

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


def _same(one: Formula, other: Formula) -> bool:
    return one.complexity == other.complexity and str(one) == str(other)


def _undominated(draft: Draft, others: Sequence[Draft | Formula]) -> bool:
    """Whether none of the others is at least as short and as good."""
    return not any(o.complexity <= draft.complexity and o.loss <= draft.loss for o in others)


def _origin(reading: Reading, chosen: Chosen) -> Origin | None:
    """The network, and the curves of the chosen candidates where the data reach its edges."""
    if reading.network is None or reading.activations is None:
        return None
    choice = chosen.choice
    snapped: Snapped = {
        a.edge: (choice[a.edge].evaluate(a.x), choice[a.edge].name)
        for a in reading.activations.edges
        if a.edge in choice
    }
    return Origin(reading.network, reading.activations, snapped)
