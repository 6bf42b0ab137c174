"""Why a search ended, and what came of a hypothesis: members whose values are the words for people."""

from enum import Enum, StrEnum

__all__ = ["Outcome", "Stop", "Verdict"]


class Stop(StrEnum):
    """Why a search ended.

    >>> Stop.EXPLAINED == "explained"
    True
    """

    EXPLAINED = "explained"
    NOTHING_BETTER = "nothing better in sight"
    ALL_TRIED = "all topologies tried"
    TOO_FEW_ROWS = "fewer than 4 different rows: no structure shows"
    TIME = "time limit"
    EFFORT = "effort spent"
    INTERRUPTED = "interrupted"


class Outcome(Enum):
    """What a hypothesis was worth: whether the search went on from it."""

    FOLLOWED = "followed"
    TESTED = "tested"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """What came of a hypothesis."""

    READ = "read"
    GRADIENTS_READ = "gradients read"
    ENUMERATED = "enumerated"
    ENTERED = "entered"
    FOLLOWED = "followed"
    AS_GOOD = "as good"
    BORNE_OUT = "the data bear the units out"
    TRIED = "tried"
    NOTHING_TO_GAIN = "nothing to gain: they leave the table as it is"
    CONSTANT_MISSING = "a constant with a dimension is missing"
    NEEDS_CONSTANTS = "needs constants with a dimension"
    LEFT = "left: it predicts worse than the view before"
    CONTRADICTED = "contradicted: a constant with a dimension is missing, or a unit is wrong"
    FAILED = "training failed"

    @property
    def outcome(self) -> Outcome:
        if self in _REJECTED:
            return Outcome.REJECTED
        return Outcome.TESTED if self in _TESTED else Outcome.FOLLOWED


_REJECTED = frozenset({Verdict.LEFT, Verdict.CONTRADICTED, Verdict.FAILED})
_TESTED = frozenset(
    {Verdict.TRIED, Verdict.NOTHING_TO_GAIN, Verdict.CONSTANT_MISSING, Verdict.NEEDS_CONSTANTS}
)
