"""A formula for each of several targets.

Each target has a search of its own, one after the other; what has been found for one is tried on the next,
because the components of one quantity often have one form. The time is one budget: what a search leaves goes
to those that follow.
"""

from collections.abc import Iterable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils.validation import column_or_1d

from kantools.errors import SettingError
from kantools.estimators.constant_inputs import table_with_constants
from kantools.estimators.fit_arguments import free_name
from kantools.table import Table, TableError

if TYPE_CHECKING:
    import pandas as pd

    from kantools.estimators.symbolic import SymbolicRegressor

__all__ = [
    "SeveralTargets",
    "equations_of",
    "fit_each",
    "predict_each",
    "sigma_columns",
    "tables_of",
    "take_inputs",
    "target_names",
    "units_of",
]

#: Share of its part of the time that a search has in any case, however long those before it took.
LEAST = 0.1


class SeveralTargets(AttributeError, SettingError):
    """What there is once for each target was asked of the model of all."""

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        super().__init__(
            f"A formula has one target; this model has {len(names)}: {', '.join(names)}. "
            f'Each has a model of its own, such as models_["{names[0]}"].'
        )


def target_names(y: Any, number: int, columns: Sequence[str]) -> tuple[str, ...]:
    """The name of a series or the names of a frame's columns, else ``y``, or ``y0``, ``y1``, … of several.

    No input's name is taken.

    >>> target_names(np.zeros((3, 2)), 2, ["x", "y0"])
    ('y0_', 'y1')
    """
    names = ["y"] if number == 1 else [f"y{i}" for i in range(number)]
    given = list(getattr(y, "columns", [getattr(y, "name", None)]))
    if len(given) == number and all(isinstance(name, str) and name not in columns for name in given):
        names = given
    if len(set(names)) < len(names):
        raise TableError(f"Targets have different names; got {', '.join(names)}. Rename one of them.")
    return tuple(free_name(name, columns) for name in names)


def sigma_columns(sigma: Any, Y: np.ndarray) -> list[Any]:
    """The standard errors of each target.

    Parameters
    ----------
    sigma : float, array of shape (rows,) or (rows, targets), or None
    Y : ndarray, shape (rows, targets)

    Raises
    ------
    TableError
        For any other shape.
    """
    if np.ndim(sigma) < 2:
        return [sigma] * Y.shape[1]
    if np.shape(sigma) != Y.shape:
        raise TableError(
            f"sigma has the shape (rows,) or that of y, {Y.shape}; got {np.shape(sigma)}. Give one of them."
        )
    return list(np.asarray(sigma).T)


def tables_of(
    X: np.ndarray,
    y: np.ndarray,
    columns: Sequence[str],
    targets: Sequence[str],
    sigma: Any,
    weight: Any,
    x_sigma: Any = None,
) -> list[Table]:
    """A checked table for each target; all are checked before the first search begins."""
    Y = y[:, None] if len(targets) == 1 and y.ndim == 1 else y
    if y.ndim == 2 and len(targets) == 1:
        column_or_1d(y, warn=True)
    parts = zip(targets, Y.T, sigma_columns(sigma, Y), strict=True)
    return [
        table_with_constants(X, one, columns, name, errors, weight, x_sigma) for name, one, errors in parts
    ]


def fit_each(
    model: "SymbolicRegressor", tables: Sequence[Table], seed: int
) -> "dict[str, SymbolicRegressor]":
    """A fitted model of each table's target, in the time of one."""
    from kantools.kernels.prepare import prepare

    prepare()
    end = monotonic() + model.time_limit
    before = getattr(model, "models_", {}) if model.warm_start else {}
    found: dict[str, SymbolicRegressor] = {}
    for left, table in zip(range(len(tables), 0, -1), tables, strict=True):
        part = before.get(table.target) or type(model)()
        part.set_params(**model.get_params(deep=False) | _own_settings(model, table, seed))
        take_inputs(part, model)
        part._learn(
            table,
            known=[other.formula_ for other in found.values()],
            time_limit=max((end - monotonic()) / left, LEAST * model.time_limit / len(tables)),
        )
        found[table.target] = part
    return found


def _own_settings(model: "SymbolicRegressor", table: Table, seed: int) -> dict[str, Any]:
    """What the model of one target is told differently: the seed as a number, and the units that it needs."""
    return {"random_state": seed, "units": units_of(model.units, (*table.columns, table.target))}


def units_of(units: Any, names: Sequence[str]) -> Any:
    """Those of these columns; what is no mapping stays as it is."""
    return {n: units[n] for n in names if n in units} if isinstance(units, Mapping) else units


def take_inputs(part: "SymbolicRegressor", model: "SymbolicRegressor") -> None:
    """The number and the names of the inputs, as the model of all has them."""
    part.n_features_in_ = model.n_features_in_
    if hasattr(model, "feature_names_in_"):
        part.feature_names_in_ = model.feature_names_in_
    elif hasattr(part, "feature_names_in_"):
        del part.feature_names_in_


def predict_each(models: Mapping[str, Any], X: Any, sigma: Any = None, **settings: Any) -> Any:
    """The predictions of all models as columns; where one is several arrays, each of them."""
    parts = sigma_columns(sigma, np.empty((len(X), len(models))))
    told = zip(models.values(), parts, strict=True)
    answers = [model.predict(X, sigma=errors, **settings) for model, errors in told]
    if isinstance(answers[0], tuple):
        return tuple(np.stack(parts, axis=1) for parts in zip(*answers, strict=True))
    return np.stack(answers, axis=1)


def equations_of(models: "Mapping[str, SymbolicRegressor]") -> "pd.DataFrame":
    """The fronts of all targets below each other, the target in the first column."""
    import pandas as pd

    fronts = [model.equations_ for model in models.values()]
    for name, front in zip(models, fronts, strict=True):
        front.insert(0, "target", name)
    return pd.concat(fronts, ignore_index=True)
