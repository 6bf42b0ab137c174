"""What came out of a search for a random law, told so that one can see where to work."""

from enum import StrEnum

from kantools.bench.record import Record

__all__ = ["Outcome", "outcome"]

#: Relative misfit up to which a formula without noise is exact: that of single precision.
EXACT = 1e-6
#: Share of the time limit from which a search used all its time.
ALL_TIME = 0.98


class Outcome(StrEnum):
    """How a search ended."""

    SOLVED = "solved"
    WRONG_CONSTANT = "right form, a wrong constant"
    LONGER = "as good, another and longer"
    SHORTER = "as good, another and no longer"
    OUT_OF_TIME = "nothing as good, out of time"
    NONE_AS_GOOD = "nothing as good, ended by itself"
    FAILED = "raised"


def outcome(record: Record) -> Outcome:
    """What came of a record.

    A formula is as good as the law where it leaves no more of the training rows than the law with its true
    constants does, and no longer where its tree has no more nodes.

    Examples
    --------
    >>> from dataclasses import replace
    >>> record = Record("random.0.1", 0.01, 100, 0, "kantools", 60, False, 0, "done", complexity=9, seconds=5)
    >>> print(outcome(replace(record, misfit=0.0099, scatter=0.01, law_complexity=12)))
    as good, another and no longer
    >>> print(outcome(replace(record, misfit=0.02, scatter=0.01, law_complexity=12)))
    nothing as good, ended by itself
    """
    if record.solved:
        return Outcome.SOLVED
    if record.form:
        return Outcome.WRONG_CONSTANT
    if record.misfit <= max(record.scatter, EXACT):
        longer = (record.complexity or 0) > (record.law_complexity or 0)
        return Outcome.LONGER if longer else Outcome.SHORTER
    if record.status == "error":
        return Outcome.FAILED
    in_time = record.status == "done" and record.seconds < ALL_TIME * record.limit
    return Outcome.NONE_AS_GOOD if in_time else Outcome.OUT_OF_TIME
