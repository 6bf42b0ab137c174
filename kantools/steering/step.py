"""What was done, and what it did to the loss."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Losses", "SteeringStep", "as_frame"]


@dataclass(frozen=True)
class Losses:
    """The share of the target's variance left unexplained, ``1 - R²``.

    Attributes
    ----------
    trained : float
        On the rows that networks are trained on.
    held_out : float
        On the rows that they are not.
    """

    trained: float
    held_out: float


@dataclass(frozen=True)
class SteeringStep:
    """One step of the person at the wheel.

    Attributes
    ----------
    action : str
        The call, as it could be typed again.
    before, after : Losses

    Examples
    --------
    >>> print(SteeringStep('fix((0, 0, 0), "sin")', Losses(1e-6, 2e-6), Losses(3e-4, 4e-4)))
    fix((0, 0, 0), "sin"): loss 1e-06 → 0.0003, held out 2e-06 → 0.0004
    """

    action: str
    before: Losses
    after: Losses

    def __str__(self) -> str:
        trained = f"loss {self.before.trained:.2g} → {self.after.trained:.2g}"
        return f"{self.action}: {trained}, held out {self.before.held_out:.2g} → {self.after.held_out:.2g}"


def as_frame(steps: Sequence[SteeringStep]) -> "pd.DataFrame":
    """One row a step."""
    import pandas as pd

    columns = {
        "action": [s.action for s in steps],
        "loss before": [s.before.trained for s in steps],
        "loss": [s.after.trained for s in steps],
        "held out before": [s.before.held_out for s in steps],
        "held out": [s.after.held_out for s in steps],
    }
    return pd.DataFrame(columns)
