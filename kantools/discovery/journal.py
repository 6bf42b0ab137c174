"""The journal of a discovery: which hypotheses were tested, in which views, and what came of them.

It knows hypotheses and views by how people read them: two views that differ only in how their rows are
weighed share a line in it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kantools.clock import now
from kantools.discovery.result import Progress, Step
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.view import View, ViewKey
from kantools.symbolic.formula import Formula

__all__ = ["Journal"]

logger = logging.getLogger(__name__)


@dataclass
class Journal:
    """What was tested so far, and whom to tell of it.

    Attributes
    ----------
    begin : float
    listener : callable or None
        Is told of the progress.
    steps : list of Step
    made_of : dict
        The view that each view was made from.
    givers : dict of str to str
        The hypothesis that each formula came of.
    """

    begin: float
    listener: Callable[[Progress], None] | None = None
    steps: list[Step] = field(default_factory=list)
    made_of: dict[ViewKey, View] = field(default_factory=dict)
    givers: dict[str, str] = field(default_factory=dict)

    def note(
        self, told: str, error: float, verdict: Verdict, view: View | None = None, message: str = ""
    ) -> None:
        """Write down a hypothesis, what came of it, and the view that it was tested in."""
        source = None if view is None else self.made_of.get(view.key)
        where, made_of = ("" if v is None else str(v) for v in (view, source))
        self.steps.append(Step(told, error, verdict, now() - self.begin, where, made_of, message=message))
        logger.debug("%s: error %.3g, %s", told, error, message or verdict)

    def judge(self, told: str, verdict: Verdict) -> None:
        """Change what was said of a hypothesis."""
        self.steps = [replace(s, verdict=verdict) if s.hypothesis == told else s for s in self.steps]

    def derive(self, view: View, source: View) -> None:
        """Write down what a view was made from; the first counts."""
        self.made_of.setdefault(view.key, source)

    def tell(self, message: str, fraction: float, best: Formula | None, formulas: Sequence[Formula]) -> None:
        """Report the progress."""
        logger.debug("%s", message)
        if self.listener is not None:
            self.listener(Progress(fraction, message, best, tuple(formulas)))
