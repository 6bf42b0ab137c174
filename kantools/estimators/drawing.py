"""Figures of a fitted estimator by their names: what a model can show of itself, and on which rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import is_regressor
from sklearn.utils.validation import validate_data

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.estimators.fit_arguments import input_names
from kantools.table import Table, table_from_arrays

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kantools.plots.kind import Subject

__all__ = ["figure_of", "without_rows"]


def figure_of(model: Any, kind: str, X: Any, y: Any, sigma: Any, options: Mapping[str, Any]) -> "Figure":
    """A figure of a fitted model.

    Parameters
    ----------
    model : SymbolicRegressor, KANRegressor or KANClassifier
    kind : str
        A name of ``kantools.plots.FIGURES``.
    X, y, sigma : array, optional
        Rows to compare with; those the model was fitted to otherwise.
    options : mapping
        What else the figure takes: ``theme``, ``ax`` or ``figure``, …

    Raises
    ------
    SettingError
        For a kind that there is not, one that needs what the model does not have, or an unknown option.
    """
    from kantools.plots import FIGURES

    if kind not in FIGURES:
        raise SettingError(f'There is no figure "{kind}"; {did_you_mean(str(kind), FIGURES)}')
    table = _rows(model, X, y, sigma)
    subject = _of_search(model, table) if hasattr(model, "discovery_") else _of_network(model, table)
    return FIGURES[kind].draw(subject, **options)


def without_rows(state: Mapping[str, Any]) -> dict[str, Any]:
    """What is pickled: not the rows that a model was fitted to, which figures are drawn on."""
    return {k: v for k, v in state.items() if k != "table_"}


def _of_search(model: Any, table: Table | None) -> "Subject":
    from kantools.plots.kind import Subject

    found = model.discovery_
    return Subject(
        model=found.chosen,
        formula=found.chosen,
        table=table,
        activations=found.activations,
        snapped=found.snapped,
        front=found.front,
        steps=found.steps or None,
        history=found.steps or None,
    )


def _of_network(model: Any, table: Table | None) -> "Subject":
    """A network that predicts classes or several targets is compared with no column."""
    from kantools.plots.kind import Subject

    network, course = model.network_, getattr(model, "history_", None)
    return Subject(
        model=_Network(network) if is_regressor(model) and network.outputs == 1 else None,
        table=table,
        activations=model.activations_,
        history=None if course is None else (course,),
        targets=tuple(map(str, getattr(model, "classes_", getattr(model, "targets_", ())))) or None,
    )


@dataclass(frozen=True)
class _Network:
    """A network as something that predicts arrays."""

    network: Any

    def predict(self, X: np.ndarray) -> np.ndarray:
        from kantools.network import predict

        return predict(self.network, X)


def _rows(model: Any, X: Any, y: Any, sigma: Any) -> Table | None:
    """The rows that were given, else those the model was fitted to; None where it does not have them."""
    fitted: Table | None = getattr(model, "table_", None)
    units = getattr(model, "units_", {})
    if X is None and y is None:
        return fitted and replace(fitted, units=units)
    if X is None or y is None:
        raise SettingError("A figure compares predictions with targets; got one of X and y. Pass both.")
    X = validate_data(model, X, reset=False, dtype=np.float64)
    target = fitted.target if fitted else model.formula_.target if hasattr(model, "formula_") else "y"
    table = table_from_arrays(np.arange(len(X)), y, target=target, sigma=sigma)  # inputs may be constant here
    return replace(table, columns=input_names(model), X=X, units=units)
