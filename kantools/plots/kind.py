"""A kind of figure, and what figures are drawn of.

Each file of a figure says by a ``KIND`` what it is called and which parts of a model it needs; so the
estimators draw every figure by its name, and a new one is one new file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kantools.activation import Activations, Edge
from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.symbolic.formula import Formula
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery.result import Step
    from kantools.training.history import History

__all__ = ["Kind", "Predictor", "Subject"]

Snapped = Mapping[Edge, tuple[np.ndarray, str]]


class Predictor(Protocol):
    """Whatever predicts a target: a formula, a network."""

    def predict(self, X: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Subject:
    """What a model can show of itself; what it does not have is None.

    Attributes
    ----------
    model : Predictor
        The formula, or the network where there is none.
    formula : Formula
    table : Table
        The rows to compare with.
    activations : Activations
    snapped : mapping of Edge to (ndarray, str)
    front : sequence of Formula
    steps : sequence of Step
        Of the search.
    history : sequence of History, or of Step
        Of the training, one for each grid; of the search, where networks are trained by the hundred.
    targets : sequence of str
        What the outputs of the network are: columns, or classes.
    """

    model: Predictor | None = None
    formula: Formula | None = None
    table: Table | None = None
    activations: Activations | None = None
    snapped: Snapped | None = None
    front: Sequence[Formula] | None = None
    steps: "Sequence[Step] | None" = None
    history: "Sequence[History] | Sequence[Step] | None" = None
    targets: Sequence[str] | None = None


#: Why a part may be missing, and what to do.
MISSING = {
    "model": "a model that predicts one number; this one does not. Draw its network",
    "formula": "a formula; this model is a network without one. Use SymbolicRegressor",
    "table": "rows to compare with, which files and pickles do not keep. Pass them: plot(kind, X, y)",
    "activations": "a network, and the formula was found without one. Draw the parity or the front",
    "front": "a Pareto front; this model is a network without one. Use SymbolicRegressor",
    "steps": "the steps of a search, which this model does not have: files do not keep them. Fit it again",
    "history": "the course of a training, which classifiers and models from files do not have. Fit one",
}


@dataclass(frozen=True)
class Kind:
    """A kind of figure.

    Attributes
    ----------
    name : str
    function : callable
        Draws it on the ``ax`` or ``figure`` it is given, or a new one, and returns that.
    needs : tuple of str
        The parts of a :class:`Subject` that are its arguments, in order.
    takes : mapping of str to str
        Options that are filled from parts of the subject, where it has them.
    """

    name: str
    function: Callable[..., Axes | Figure]
    needs: tuple[str, ...]
    takes: Mapping[str, str] = field(default_factory=dict)

    @property
    def options(self) -> tuple[str, ...]:
        """What may be said of the figure besides what it is drawn of."""
        return tuple(signature(self.function).parameters)[len(self.needs) :]

    def lacks(self, subject: Subject) -> str | None:
        """The first part that the subject does not have."""
        return next((part for part in self.needs if getattr(subject, part) is None), None)

    def draw(self, subject: Subject, **options: Any) -> Figure:
        """The figure of a subject.

        Raises
        ------
        SettingError
            For a subject that lacks a part, or an option that the figure does not have.
        """
        self._check(subject, options)
        taken = {o: v for o, part in self.takes.items() if (v := getattr(subject, part)) is not None}
        drawn = self.function(*(getattr(subject, part) for part in self.needs), **{**taken, **options})
        return drawn if isinstance(drawn, Figure) else drawn.figure  # type: ignore[return-value]

    def _check(self, subject: Subject, options: Mapping[str, Any]) -> None:
        lacking = self.lacks(subject)
        if lacking is not None:
            raise SettingError(f'The figure "{self.name}" needs {MISSING[lacking]}.')
        unknown = next((o for o in options if o not in self.options), None)
        if unknown is not None:
            remedy = did_you_mean(unknown, self.options)
            raise SettingError(f'The figure "{self.name}" has no option "{unknown}"; {remedy}')
