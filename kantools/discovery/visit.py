"""A visit: one view of the table, and what was tried in it."""

from dataclasses import dataclass, replace

import numpy as np

from kantools.discovery.findings import Must
from kantools.discovery.networks.trial import Trial
from kantools.discovery.policy import Policy
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.views.view import View, ViewKey

__all__ = ["Visit"]


@dataclass(frozen=True)
class Visit:
    """One view, and what was tried in it.

    Attributes
    ----------
    view : View
    before : float
        The error of the best model of the view that this one came from; infinite for the whole table.
    must : Must
        What it has to reach.
    came_by : str
        The hypothesis that led here.
    best : float
        The error of the best model here.
    surrogate : Surrogate or None
    trials : tuple of Trial
        Networks.
    unread : tuple of Trial
        Those that were not read.
    tried : frozenset of str
        Hypotheses that were tried here.
    """

    view: View
    before: float = np.inf
    must: Must = Must.NOTHING
    came_by: str = ""
    best: float = np.inf
    surrogate: Surrogate | None = None
    trials: tuple[Trial, ...] = ()
    unread: tuple[Trial, ...] = ()
    tried: frozenset[str] = frozenset()

    @property
    def key(self) -> ViewKey:
        return self.view.key

    @property
    def is_root(self) -> bool:
        return self.before == np.inf

    def hides(self, policy: Policy) -> bool:
        """Whether it predicts so much worse than the view before that it hides something.

        A view of which no model was made hides nothing.
        """
        if self.best == np.inf:
            return False
        allowed = {
            Must.HOLD: policy.holds,
            Must.EASE: policy.eases,
            Must.NO_WORSE: policy.no_worse,
            Must.HELP: policy.helps,
            Must.NOTHING: np.inf,
        }[self.must]
        if self.before > policy.poor:
            allowed = min(allowed, policy.eases)
        return bool(self.best > allowed * max(self.before, policy.looks_exact / 2))

    def at_best(self, error: float) -> "Visit":
        """With a model of so large an error."""
        return replace(self, best=min(self.best, error))

    def with_trial(self, trial: Trial) -> "Visit":
        more = replace(self, trials=(*self.trials, trial), unread=(*self.unread, trial))
        return more.at_best(trial.error)

    def having_read(self, topology: str) -> "Visit":
        return replace(self, unread=tuple(t for t in self.unread if t.topology.name != topology))

    def having_tried(self, hypothesis: str) -> "Visit":
        return replace(self, tried=self.tried | {hypothesis})
