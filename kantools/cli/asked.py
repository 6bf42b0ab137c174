"""What ``kantools refit`` tells on request: profiles of the constants, and terms below the noise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kantools.errors import SettingError

if TYPE_CHECKING:
    from kantools.symbolic.formula import Formula
    from kantools.table import Table

__all__ = ["Asked", "asked_for"]


@dataclass(frozen=True)
class Asked:
    """What is told of a formula beside its constants and their errors.

    Attributes
    ----------
    level : float or None
        Of confidence, of the profiles; None for no profiles.
    negligible : bool
        Whether terms below the noise are told.
    """

    level: float | None = None
    negligible: bool = False

    def lines(self, formula: "Formula", table: "Table") -> Iterator[str]:
        """In words.

        >>> from kantools.datasets import load
        >>> from kantools.symbolic import refit
        >>> demand = load("oxygen")
        >>> law = refit("b1*(1 - exp(-b2*time))", demand)
        >>> print(*Asked(level=0.95, negligible=True).lines(law, demand), sep="\\n")
        By the profile of the loss, 95 %:
          b1 between 180.97 and 258.57
          b2 between 0.30259 and 1.0731
        No term changes every value by less than the noise.
        """
        if self.level is not None:
            yield f"By the profile of the loss, {100 * self.level:g} %:"
            bounds = formula.profile(table, self.level).intervals
            yield from (f"  {name} between {low:.5g} and {high:.5g}" for name, (low, high) in bounds.items())
        if self.negligible:
            found = formula.negligible(table)
            yield "Below the noise:" if found else "No term changes every value by less than the noise."
            yield from (f"  {n.term}, {n.effect:.2g} standard deviations at most" for n in found)

    def members(self, formula: "Formula", table: "Table") -> dict[str, Any]:
        """As plain values, for JSON."""
        told: dict[str, Any] = {}
        if self.level is not None:
            profiles = formula.profile(table, self.level)
            told["profile"] = {"level": self.level, "intervals": profiles.intervals}
        if self.negligible:
            told["negligible"] = [
                {"term": str(n.term), "effect": n.effect, "without": str(n.without)}
                for n in formula.negligible(table)
            ]
        return told


def asked_for(level: float | None, negligible: bool, loss: str) -> Asked:
    """What the options ask for.

    Raises
    ------
    SettingError
        For a profile beside a robust loss.

    Examples
    --------
    >>> asked_for(0.95, negligible=False, loss="huber")
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: A profile is that of squared residuals; got --loss huber. Leave --profile \
out, or fit with --loss squared.
    """
    if level is not None and loss != "squared":
        raise SettingError(
            f"A profile is that of squared residuals; got --loss {loss}. Leave --profile out, or fit with "
            "--loss squared."
        )
    return Asked(level, negligible)
