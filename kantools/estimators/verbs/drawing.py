"""Figures of what a fit has left, by their names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matplotlib.figure import Figure

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.estimators.fitted import Fitted
from kantools.estimators.trained import Trained
from kantools.plots import FIGURES
from kantools.plots.kind import Subject
from kantools.table import Table

__all__ = ["figure_of"]


def figure_of(left: Fitted | Trained, kind: str, rows: Table | None, options: Mapping[str, Any]) -> Figure:
    """A figure of a formula or of a network.

    Parameters
    ----------
    left : Fitted or Trained
    kind : str
        A name of ``kantools.plots.FIGURES``.
    rows : Table or None
        To compare with.
    options : mapping
        What else the figure takes: ``theme``, ``ax`` or ``figure``, …

    Raises
    ------
    SettingError
        For a kind that there is not, one that needs what there is not, or an unknown option.
    """
    if kind not in FIGURES:
        raise SettingError(f'There is no figure "{kind}"; {did_you_mean(str(kind), FIGURES)}')
    subject = _of_search(left, rows) if isinstance(left, Fitted) else _of_network(left, rows)
    return FIGURES[kind].draw(subject, **options)


def _of_search(fitted: Fitted, rows: Table | None) -> Subject:
    found = fitted.discovery
    return Subject(
        model=found.chosen,
        formula=found.chosen,
        table=rows and replace(rows, units=fitted.units),
        activations=found.activations,
        snapped=found.snapped,
        front=found.front,
        rivals=found.rivals or None,
        steps=found.steps or None,
        history=found.steps or None,
    )


def _of_network(trained: Trained, rows: Table | None) -> Subject:
    """A network that predicts classes or several targets is compared with no column."""
    one_number = trained.classes is None and trained.network.outputs == 1
    return Subject(
        model=trained if one_number else None,
        table=rows,
        activations=trained.activations,
        history=None if trained.history is None else (trained.history,),
        outputs=trained.outputs,
    )
