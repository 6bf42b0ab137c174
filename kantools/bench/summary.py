"""The results in a few numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median

from kantools.bench.record import Record

__all__ = ["Summary", "groups", "interval", "summarize"]

#: R² from which SRBench calls a model an accurate solution.
ACCURATE = 0.999
#: Share of the time limit beyond which a search is over it.
OVER = 1.1
#: Relative difference of prediction and expression above which they disagree: that of single precision.
AGREE = 1e-6


@dataclass(frozen=True)
class Summary:
    """How a method did on some problems.

    Attributes
    ----------
    problems, solved, strict, accurate : int
        ``strict`` by SRBench's program alone, ``accurate`` with R² above 0.999.
    median_seconds, median_cpu : float
        Of the solved ones, by the clock and of the processor; nan where there is none.
    over_limit : int
        Searches that took more than 1.1 times their limit or had to be ended.
    disagreements : int
        Formulas whose prediction is not that of their own expression.
    failed : int
        Searches that raised or had to be ended.
    undecided : int
        Verdicts of SRBench's program that did not come to an end; on random laws it has none.
    median_lack, median_far : float
        Median of 1 - R² on the test rows, and beyond the training rows, of the formulas that were found.
    """

    problems: int
    solved: int
    strict: int
    accurate: int
    median_seconds: float
    median_cpu: float
    over_limit: int
    disagreements: int
    failed: int
    undecided: int
    median_lack: float
    median_far: float


def summarize(records: Sequence[Record]) -> Summary:
    """Count.

    Examples
    --------
    >>> record = Record("I.12.1", 0, 100, 0, "kantools", 60, False, 0, "done", solved=True, seconds=2.0)
    >>> summarize([record]).median_seconds
    2.0
    """
    solved = [r for r in records if r.solved]
    return Summary(
        problems=len(records),
        solved=len(solved),
        strict=_count(r.strict is True for r in records),
        accurate=_count(r.r2 > ACCURATE for r in records),
        median_seconds=_median([r.seconds for r in solved]),
        median_cpu=_median([r.cpu for r in solved]),
        over_limit=_count(r.status == "hang" or r.seconds > OVER * r.limit for r in records),
        disagreements=_count(r.status == "done" and not r.disagreement <= AGREE for r in records),
        failed=_count(r.status != "done" for r in records),
        undecided=_count(r.status == "done" and r.strict is None and r.form is None for r in records),
        median_lack=_median([r.lack for r in records if not isnan(r.lack)]),
        median_far=_median([r.far for r in records if not isnan(r.far)]),
    )


def _median(values: Sequence[float]) -> float:
    return median(values) if values else float("nan")


def _count(true: Iterable[bool]) -> int:
    return sum(true)


def interval(hits: int, trials: int) -> tuple[float, float]:
    """Wilson's 95 % interval for the share that ``hits`` of ``trials`` were drawn from.

    >>> [round(end, 3) for end in interval(9, 10)]
    [0.596, 0.982]
    """
    from scipy.stats import binomtest

    low, high = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    return float(low), float(high)


def groups(records: Iterable[Record]) -> dict[tuple[str, float], list[Record]]:
    """The records of each method and noise."""
    found: dict[tuple[str, float], list[Record]] = {}
    for record in records:
        found.setdefault((record.method, record.noise), []).append(record)
    return found
