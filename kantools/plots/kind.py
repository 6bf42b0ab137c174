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
from kantools.plots.style import inches, new_figure
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
    rivals : sequence of Formula
    steps : sequence of Step
        Of the search.
    history : sequence of History, or of Step
        Of the training, one for each grid; of the search, where networks are trained by the hundred.
    outputs : sequence of str
        Names of a network's outputs: targets or classes.

    Examples
    --------
    >>> import sympy
    >>> law = Formula(("x",), "y", 2 * sympy.Symbol("x"))
    >>> Subject(model=law, formula=law).table is None
    True
    """

    model: Predictor | None = None
    formula: Formula | None = None
    table: Table | None = None
    activations: Activations | None = None
    snapped: Snapped | None = None
    front: Sequence[Formula] | None = None
    rivals: Sequence[Formula] | None = None
    steps: "Sequence[Step] | None" = None
    history: "Sequence[History] | Sequence[Step] | None" = None
    outputs: Sequence[str] | None = None


#: Why a part may be missing, and what to do.
MISSING = {
    "model": "a model that predicts one number; this one does not. Draw its network",
    "formula": "a formula; this model is a network without one. Use SymbolicRegressor",
    "table": "rows to compare with, which files and pickles do not keep. Pass them: plot(kind, X, y)",
    "activations": "a network, and the formula was found without one. Draw the parity or the front",
    "front": "a Pareto front; this model is a network without one. Use SymbolicRegressor",
    "rivals": "formulas that fit as well within noise, and none is known. Draw the parity or the front",
    "steps": "the steps of a search, which this model does not have: files do not keep them. Fit it again",
    "history": "the course of a training, which interrupted ones and models from files lack. Fit it again",
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
    rigid : bool
        Whether it cannot be made narrower than it comes: text stands beside the axes, or panels side by side.

    Examples
    --------
    >>> from kantools.plots import FIGURES
    >>> FIGURES["parity"].needs
    ('model', 'table')
    """

    name: str
    function: Callable[..., Axes | Figure]
    needs: tuple[str, ...]
    takes: Mapping[str, str] = field(default_factory=dict)
    rigid: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """What may be said of the figure besides what it is drawn of.

        >>> from kantools.plots import FIGURES
        >>> FIGURES["front"].options
        ('chosen', 'ax', 'theme')
        """
        return tuple(signature(self.function).parameters)[len(self.needs) :]

    def lacks(self, subject: Subject) -> str | None:
        """The first part that the subject does not have.

        >>> import sympy
        >>> from kantools.plots import FIGURES
        >>> FIGURES["parity"].lacks(Subject(model=Formula(("x",), "y", sympy.Symbol("x"))))
        'table'
        """
        return next((part for part in self.needs if getattr(subject, part) is None), None)

    def draw(self, subject: Subject, *, width: Any = None, **options: Any) -> Figure:
        """The figure of a subject.

        Parameters
        ----------
        subject : Subject
        width : {"single", "double"} or float, optional
            Of a figure of its own: one or two columns of a journal, or inches; as it suits the figure
            otherwise. The network is scaled, in all others letters keep their size.
        **options
            What the figure's function takes.

        Raises
        ------
        SettingError
            For a subject that lacks a part, an option that the figure does not have, or a width at which it
            cannot be read.

        Examples
        --------
        >>> from kantools.plots import FIGURES
        >>> from kantools.symbolic import refit
        >>> x = np.linspace(1, 2, 9)
        >>> table = Table(("x",), x[:, None], "y", 3 * x + 0.01 * np.sin(9 * x))
        >>> FIGURES["parity"].draw(Subject(model=refit("a*x", table), table=table)).axes[0].get_xlabel()
        'measured $y$'
        >>> FIGURES["parity"].draw(Subject(model=refit("a*x", table), table=table), colour="red")
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: The figure "parity" has no option "colour"; known: "ax", "theme".
        """
        self._check(subject, options)
        if width is None:
            return self._drawn(subject, options)
        if {"ax", "figure"} & options.keys():
            raise SettingError(
                "A width is that of a new figure; got ax or figure too. Leave out one of them."
            )
        return self._as_wide_as(inches(width), self._drawn(subject, options), subject, options)

    def _as_wide_as(
        self, wanted: float, first: Figure, subject: Subject, options: Mapping[str, Any]
    ) -> Figure:
        """The first drawing in another width, as high as before, or where it is a diagram in proportion."""
        width, height = first.get_size_inches()
        if self.rigid and wanted < width:
            raise SettingError(
                f'The figure "{self.name}" can be read from {width:.4g} inches on; '
                f'got a width of {wanted:g}. Try "double", or leave it out.'
            )
        if "ax" in self.options:
            first.set_size_inches(wanted, height)
            return first
        diagram = first.get_layout_engine() is None
        size = (wanted, height * wanted / width if diagram else height)
        figure = Figure(size) if diagram else new_figure(*size)
        return self._drawn(subject, {**options, "figure": figure})

    def _drawn(self, subject: Subject, options: Mapping[str, Any]) -> Figure:
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
