"""What came of a hypothesis, and by which marker and colour figures tell it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kantools.plots.style import Style

if TYPE_CHECKING:
    from kantools.discovery.result import Step

__all__ = ["VERDICTS", "Verdict", "verdict_of"]


@dataclass(frozen=True)
class Verdict:
    """A marker; ``color`` is the name of a colour of the style."""

    symbol: str
    color: str
    size: float
    filled: bool = True

    def marker(self, look: Style) -> dict[str, Any]:
        """matplotlib's words for it."""
        color = getattr(look, self.color)
        inside = color if self.filled else look.paper
        return {
            "marker": self.symbol,
            "color": color,
            "markersize": self.size,
            "markerfacecolor": inside,
            "markeredgewidth": 1.2,
        }


VERDICTS = {
    "gave a formula": Verdict("*", "good", 8.5),
    "followed": Verdict("o", "model", 5),
    "tested": Verdict("o", "data", 4.5, filled=False),
    "rejected": Verdict("X", "accent", 6),
}
"""From what counts most to what counts least, but for what was rejected."""

#: The first words of what is said of hypotheses that were not followed, and of those that were.
REJECTED = ("left", "contradicted", "training failed")
FOLLOWED = ("read", "gradients read", "followed", "entered", "enumerated", "the data bear")


def verdict_of(step: "Step") -> str:
    """The class of a step: a key of ``VERDICTS``."""
    if step.formulas:
        return "gave a formula"
    if step.verdict.startswith(REJECTED):
        return "rejected"
    return "followed" if step.verdict.startswith(FOLLOWED) else "tested"
