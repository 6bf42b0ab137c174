"""The way back from a step: what was found behind it, in the terms of the table before it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from kantools.symbolic.formula import Formula
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery

__all__ = ["Back", "Step"]


@dataclass(frozen=True)
class Back:
    """That of a step which formulas do not notice; others override what they change."""

    def formula(self, formula: Formula) -> Formula:
        """A formula found behind the step, as it is before it."""
        return formula

    def known(self, formula: Formula) -> Formula | None:
        """A formula of before the step, as it is behind it; None where it has no meaning there."""
        return formula

    def __call__(self, found: "Discovery") -> "Discovery":
        """What was found behind the step, as it is before it."""
        told = {f: self.formula(f) for f in (*found.front, found.chosen, *found.rivals)}
        front, rivals = (tuple(told[f] for f in formulas) for formulas in (found.front, found.rivals))
        return replace(found, front=front, chosen=told[found.chosen], rivals=rivals)


Step: TypeAlias = Callable[[Table], tuple[Table, Back]]
