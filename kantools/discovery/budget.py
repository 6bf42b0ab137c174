"""What a search may spend, on the clock that counts for it (:mod:`kantools.clock`)."""

from dataclasses import dataclass, replace

from kantools.clock import now
from kantools.discovery.verdict import Stop

__all__ = ["Budget"]

LONGEST_LOOK, SHARE_OVER = 5.0, 0.05  # for a last look, and its share of the whole beyond the end


@dataclass(frozen=True)
class Budget:
    """When a search began and when it must end, on the clock that counts.

    Attributes
    ----------
    begin, deadline : float
    ends : Stop
        Why a search ends at the deadline: what it was limited in.

    Examples
    --------
    >>> from kantools.clock import Work, running, worked
    >>> with running(Work()):
    ...     budget = Budget(0.0, 2.0)
    ...     worked(1.5e9)
    ...     budget.late, budget.half_gone, budget.spent
    (False, True, 1.5)
    """

    begin: float
    deadline: float
    ends: Stop = Stop.TIME

    @property
    def whole(self) -> float:
        return self.deadline - self.begin

    @property
    def spent(self) -> float:
        return now() - self.begin

    @property
    def late(self) -> bool:
        return now() > self.deadline

    @property
    def half_gone(self) -> bool:
        return now() > (self.begin + self.deadline) / 2

    @property
    def fraction(self) -> float:
        """The share that is spent."""
        return min(self.spent / max(self.whole, 1e-9), 1.0)

    @property
    def patience(self) -> float:
        """How long formulas may still be examined: what is left, or a little more."""
        return min(LONGEST_LOOK, max(self.deadline - now(), SHARE_OVER * self.whole))

    def halved(self) -> "Budget":
        """The first half of it."""
        return replace(self, deadline=(self.begin + self.deadline) / 2)

    def at_least(self, longer: float) -> "Budget":
        """With so much from now on, even if the end has come."""
        return replace(self, deadline=max(self.deadline, now() + longer))
