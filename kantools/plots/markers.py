"""By which marker and colour figures tell what came of a hypothesis."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kantools.plots.style import Style

if TYPE_CHECKING:
    from kantools.discovery.result import Step

__all__ = ["GAVE", "MARKERS", "Marker", "outcome_of"]


@dataclass(frozen=True)
class Marker:
    """A marker; ``color`` is the name of a colour of the style."""

    symbol: str
    color: str
    size: float
    filled: bool = True

    def drawn(self, look: Style) -> dict[str, Any]:
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


GAVE = "gave a formula"
MARKERS = {
    GAVE: Marker("*", "good", 8.5),
    "followed": Marker("o", "model", 5),
    "tested": Marker("o", "data", 4.5, filled=False),
    "rejected": Marker("X", "accent", 6),
}
"""From what counts most to what counts least, but for what was rejected."""


def outcome_of(step: "Step") -> str:
    """What a step was worth: a key of ``MARKERS``."""
    return GAVE if step.formulas else step.verdict.outcome.value
