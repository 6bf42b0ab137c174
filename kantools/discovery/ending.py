"""When a search ends by itself."""

from kantools.clock import now
from kantools.discovery.budget import Budget
from kantools.discovery.evidence import Evidence
from kantools.discovery.verdict import Stop

__all__ = ["ending"]


def ending(evidence: Evidence, budget: Budget, found_at: float) -> Stop | None:
    """Why a search is over: explained, no more time or effort, or no more need; None while it is not.

    Parameters
    ----------
    evidence : Evidence
    budget : Budget
    found_at : float
        When the best formula was found, on the clock that counts.
    """
    if evidence.done:
        return Stop.EXPLAINED
    if budget.late:
        return budget.ends
    return Stop.NOTHING_BETTER if _unbeaten(evidence, budget, found_at) else None


def _unbeaten(evidence: Evidence, budget: Budget, found_at: float) -> bool:
    """Whether the best formula leaves noise only, and nothing better came in twice the time it took.

    The more numbers it has, the more likely is a law behind it, and the longer one is looked for.
    """
    best, policy, waited = evidence.best, evidence.policy, now() - found_at
    if best is None or waited < policy.wait_a_number * max(len(best.free), 1):
        return False
    return waited > policy.patience * (found_at - budget.begin) and evidence.noisy and evidence.at_the_floor
