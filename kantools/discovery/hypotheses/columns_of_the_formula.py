"""The columns that an adequate formula does without: without them the table is a smaller one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene

__all__ = ["ColumnsOfTheFormula"]


@dataclass(frozen=True)
class ColumnsOfTheFormula(Hypothesis):
    """The table with the columns of the best formula alone, where that leaves noise only.

    A shorter law in them, if there is one, is looked for where no other column is in the way.
    """

    name = "columns of the best formula"

    def shortest(self, columns: int) -> float:
        return inf  # what is left is a view, asked for its laws

    def applies(self, scene: Scene) -> bool:
        return 0 < len(_told(scene)) < scene.view.inputs and scene.evidence.adequate

    def findings(self, scene: Scene) -> Iterator[Finding]:
        view, told = scene.view, _told(scene)
        rows = replace(view.rows, X=view.rows.X[:, told])
        yield Turn((replace(view, columns=tuple(view.columns[k] for k in told), rows=rows),), Must.EASE)


def _told(scene: Scene) -> list[int]:
    """Which of the view's columns the best formula is made of."""
    columns = scene.evidence.columns
    return [k for k, column in enumerate(scene.view.columns) if column.free_symbols & columns]
