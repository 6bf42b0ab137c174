"""When a search ends by itself."""

from collections.abc import Callable

from sympy import Symbol

from kantools.clock import now
from kantools.discovery.budget import Budget
from kantools.discovery.evidence import Evidence
from kantools.discovery.verdict import Stop

__all__ = ["ending"]


def ending(
    evidence: Evidence, budget: Budget, found_at: float, expected: Callable[[frozenset[Symbol]], float]
) -> Stop | None:
    """Why a search is over: explained, no more time or effort, or no more need; None while it is not.

    A formula that leaves noise only is a floor, not an end: a shorter one may do as well. It is the end once
    none is to be expected of what has not been asked.

    Parameters
    ----------
    evidence : Evidence
    budget : Budget
    found_at : float
        When the best formula was found, on the clock that counts.
    expected : callable
        From columns to the symbols of the shortest law in them that what has not been asked may find.
    """
    if evidence.exact:
        return Stop.EXPLAINED
    if evidence.adequate and _shortest(evidence, expected):
        return Stop.EXPLAINED if evidence.done else Stop.NOTHING_BETTER
    if budget.late:
        return budget.ends
    return Stop.NOTHING_BETTER if _unbeaten(evidence, budget, found_at) else None


def _shortest(evidence: Evidence, expected: Callable[[frozenset[Symbol]], float]) -> bool:
    """Whether nothing that is left to ask may find a shorter law in the columns of the best formula."""
    return evidence.best is not None and evidence.best.complexity <= expected(evidence.columns)


def _unbeaten(evidence: Evidence, budget: Budget, found_at: float) -> bool:
    """Whether the best formula leaves noise only, and nothing better came in twice the time it took.

    The more numbers it has, the more likely is a law behind it, and the longer one is looked for.
    """
    best, policy, waited = evidence.best, evidence.policy, now() - found_at
    if best is None or waited < policy.wait_a_number * max(len(best.free), 1):
        return False
    return waited > policy.patience * (found_at - budget.begin) and evidence.adequate
