"""The formulas of a front on the workbench: choose another, let one of your own compete, take it back.

Rivals (:mod:`kantools.symbolic.examine.rivals`) can be chosen too, and are told anew with every choice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Expr

from kantools.discovery.noise.weighing import needs_weighing
from kantools.errors import SettingError, UserError
from kantools.steering.step import Losses, SteeringStep, as_frame
from kantools.steering.timeline import Timeline
from kantools.symbolic.examine.examined import examined
from kantools.symbolic.examine.rivals import rivals
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, select
from kantools.symbolic.given.refit import refit
from kantools.table import Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Shortlist"]


@dataclass(frozen=True)
class Standing:
    """What there is to choose from, what is chosen, and the step that led there.

    Attributes
    ----------
    front : tuple of Formula
    chosen : Formula
    rivals : tuple of Formula
    pinned : bool
        Whether a person chose it; a rule does otherwise.
    step : SteeringStep or None
    """

    front: tuple[Formula, ...]
    chosen: Formula
    rivals: tuple[Formula, ...] = ()
    pinned: bool = False
    step: SteeringStep | None = None


class Shortlist:
    """The formulas that a search has found and a table, with the verbs of a person who knows better.

    Parameters
    ----------
    front : sequence of Formula
    chosen : Formula
        One of them.
    table : Table
        What formulas are fitted to, weighted as the search has weighted it.
    rivals : sequence of Formula
        That the data cannot tell from the chosen one.
    rule : str
        How a formula is chosen until a person does: ``"description_length"``, ``"loss"`` or ``"knee"``.
    loss : str
        What residuals cost, as in :func:`~kantools.symbolic.given.refit.refit`.
    units : mapping of str to str, optional
        Those of columns and target, where formulas have to be consistent with them.

    Examples
    --------
    >>> x = np.linspace(1, 3, 30)
    >>> table = Table(("x",), x[:, None], "y", 4 * x / (2 + x))
    >>> line = refit("a + b*x", table)
    >>> bench = Shortlist([line], line, table)
    >>> print(bench.add("a*x/(b+x)").formula)
    y = 4.0*x/(x + 2.0)
    >>> print(bench.undo().formula.complexity)
    5
    """

    def __init__(
        self,
        front: Sequence[Formula],
        chosen: Formula,
        table: Table,
        *,
        rivals: Sequence[Formula] = (),
        rule: str = "description_length",
        loss: str = "squared",
        units: Mapping[str, str] | None = None,
    ) -> None:
        self.table = table
        self._data = data_of(table, units=units, loss=loss)
        self._rule, self._loss = rule, loss
        self._line: Timeline[Standing] = Timeline((Standing(tuple(front), chosen, tuple(rivals)),))

    @property
    def front(self) -> tuple[Formula, ...]:
        """The formulas as they stand, by rising complexity.

        >>> x = np.linspace(1, 3, 30)
        >>> table = Table(("x",), x[:, None], "y", 4 * x / (2 + x))
        >>> line = refit("a + b*x", table)
        >>> bench = Shortlist([line], line, table).add("a*x/(b+x)")
        >>> [f.complexity for f in bench.front], bench.formula is bench.front[1]
        ([5, 7], True)
        """
        return self._line.now.front

    @property
    def formula(self) -> Formula:
        """The one that is chosen."""
        return self._line.now.chosen

    @property
    def rivals(self) -> tuple[Formula, ...]:
        """Those that the data cannot tell from the chosen one, the shortest description first."""
        return self._line.now.rivals

    @property
    def listed(self) -> tuple[Formula, ...]:
        """What can be chosen, as `equations_` lists it: the front, then the rivals that are not on it."""
        return (*self.front, *(f for f in self.rivals if f not in self.front))

    @property
    def history(self) -> tuple[SteeringStep, ...]:
        """What was done, in order; steps that were undone are not in it. Losses are the chosen formula's.

        >>> x = np.linspace(1, 3, 30)
        >>> table = Table(("x",), x[:, None], "y", 4 * x / (2 + x))
        >>> line = refit("a + b*x", table)
        >>> print(Shortlist([line], line, table).add("a*x/(b+x)").history[0].action)
        add("a*x/(b+x)")
        """
        return tuple(standing.step for standing in self._line.past if standing.step is not None)

    def choose(self, index: int) -> "Shortlist":
        """Make the formula of this row *the* formula; it stays so whatever is added.

        A rival that is not on the front joins it.

        Parameters
        ----------
        index : int
            From 0, as in `equations_`.

        Raises
        ------
        SettingError
            For an index that is no row.

        Examples
        --------
        >>> table = Table(("x",), np.arange(6.0)[:, None], "y", 2 * np.arange(6.0))
        >>> line = refit("a*x", table)
        >>> print(Shortlist([line], line, table).choose(0).history[0].action)
        choose(0)
        >>> Shortlist([line], line, table).choose(3)
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: An index is a row of the front, 0 to 0; got 3. Look at listed.
        """
        rows = range(len(self.listed))
        if isinstance(index, bool) or not isinstance(index, int | np.integer) or index not in rows:
            raise SettingError(
                f"An index is a row of the front, 0 to {rows[-1]}; got {index!r}. Look at listed."
            )
        chosen = self.listed[index]
        front = self.front if chosen in self.front else _with(self.front, chosen)
        return self._then(f"choose({index})", front, chosen, True)

    def add(self, form: Expr | Formula | str, start: Mapping[Any, float] | None = None) -> "Shortlist":
        """Fit a form of your own and let it compete: it joins the front if no shorter formula fits as well.

        Parameters
        ----------
        form : Expr, Formula or str
            ``"a*x/(b + x)"``: names that are not columns are constants.
        start : mapping of str to float, optional
            First values by name, see :func:`~kantools.symbolic.given.refit.refit`.

        Raises
        ------
        UserError
            For a form that cannot be fitted, is inconsistent with the units, or that a formula of the front
            is at least as short and as good as.
        """
        formula = self._judged(refit(form, self.table, start, self._loss))
        front = pareto_front([*self.front, formula])
        if all(f is not formula for f in front):
            raise UserError(_behind(formula, front))
        now = self._line.now
        if now.pinned and all(f is not now.chosen for f in front):
            front = _with(front, now.chosen)
        chosen = now.chosen if now.pinned else select(front, self._rule)
        return self._then(f'add("{form}")', front, chosen, now.pinned)

    def undo(self) -> "Shortlist":
        """Take back the last step."""
        self._line = self._line.back()
        return self

    def redo(self) -> "Shortlist":
        """Repeat the step that was undone last.

        >>> table = Table(("x",), np.arange(6.0)[:, None], "y", 2 * np.arange(6.0))
        >>> line = refit("a*x", table)
        >>> [s.action for s in Shortlist([line], line, table).choose(0).undo().redo().history]
        ['choose(0)']
        """
        self._line = self._line.forward()
        return self

    def frame(self) -> "pd.DataFrame":
        """The front as a table, the chosen formula marked, and its rivals.

        >>> table = Table(("x",), np.arange(6.0)[:, None], "y", 2 * np.arange(6.0))
        >>> line = refit("a*x", table)
        >>> Shortlist([line], line, table).frame()[["chosen", "equation"]].values.tolist()
        [['→', 'y = 2.0*x']]
        """
        import pandas as pd

        columns = {
            "chosen": ["→" if f is self.formula else "≈" if f in self.rivals else "" for f in self.listed],
            "complexity": [f.complexity for f in self.listed],
            "loss": [f.loss for f in self.listed],
            "equation": [str(f) for f in self.listed],
        }
        return pd.DataFrame(columns)

    def __repr__(self) -> str:
        return f"Shortlist({len(self.front)} formulas; {self.formula})"

    def _repr_html_(self) -> str:
        steps = as_frame(self.history).to_html(index=False)
        return self.frame().to_html(float_format="{:.3g}".format) + steps

    def _judged(self, formula: Formula) -> Formula:
        """With units for its constants, its domain and its loss on rows held out."""
        units = self._data.units
        labelled = formula if units is None else formula.labelled(units)
        if labelled is None:
            raise UserError(
                f"Formulas are consistent with the units that were given; {formula} is not. "
                "Give a constant the place of what is missing."
            )
        return examined([labelled], self._data)[0]

    def _then(self, action: str, front: tuple[Formula, ...], chosen: Formula, pinned: bool) -> "Shortlist":
        step = SteeringStep(action, self._losses(self.formula), self._losses(chosen))
        self._line = self._line.then(Standing(front, chosen, self._rivals_of(chosen, front), pinned, step))
        return self

    def _rivals_of(self, chosen: Formula, front: tuple[Formula, ...]) -> tuple[Formula, ...]:
        """Among all formulas that are known."""
        data = self._data
        if needs_weighing(data):
            data = with_scatter(data, chosen.predict, len(chosen.free))
        return rivals(chosen, dict.fromkeys((*front, self.formula, *self.rivals)), data)

    def _losses(self, formula: Formula) -> Losses:
        variance = self._data.variance
        return Losses(formula.loss / variance, formula.held_out_loss / variance)


def _with(front: tuple[Formula, ...], formula: Formula) -> tuple[Formula, ...]:
    return tuple(sorted((*front, formula), key=lambda f: f.complexity))


def _behind(formula: Formula, front: Sequence[Formula]) -> str:
    """Why a formula does not join a front."""
    better = max((f for f in front if f.complexity <= formula.complexity), key=lambda f: f.complexity)
    return (
        "A formula joins the front if no shorter one fits as well; "
        f"{formula} (complexity {formula.complexity}, loss {formula.loss:.3g}) stands behind "
        f"{better} ({better.complexity}, {better.loss:.3g}). Give a shorter or a better one."
    )
