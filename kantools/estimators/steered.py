"""From a fitted estimator to a workbench, and back."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils.validation import check_is_fitted, validate_data

from kantools.errors import SettingError
from kantools.estimators.constant_inputs import table_with_constants
from kantools.estimators.fit_arguments import input_names, row_weights, seed_of, target_of
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.steering import Shortlist, Workbench

__all__ = ["adopt_front", "adopt_network", "shortlist_of", "workbench_of"]


def workbench_of(model: Any, X: Any, y: Any, sigma: Any, sample_weight: Any, held_out: float) -> "Workbench":
    """The network of a regressor with a table."""
    from kantools.steering import Workbench

    table = _table(model, X, y, sigma, sample_weight)
    smoothness = "gcv" if model.smoothness == "auto" else model.smoothness
    seed = seed_of(model.random_state)
    return Workbench(model.network_, table, held_out=held_out, smoothness=smoothness, seed=seed)


def adopt_network(model: Any, bench: "Workbench") -> None:
    """Make the workbench's network the model's."""
    from kantools.training.uncertainty import uncertainty_of

    check_is_fitted(model)
    if bench.network.inputs != model.n_features_in_:
        raise SettingError(
            f"A model takes back the network it was steered from; this one takes {bench.network.inputs} "
            f"inputs, the model {model.n_features_in_}. Pass the workbench that its steer() has made."
        )
    course = getattr(model, "history_", None)  # None after an interrupted training
    smoothness = 0.0 if course is None else course.smoothness
    model.network_, model.activations_ = bench.network, bench.activations
    model.uncertainty_ = uncertainty_of(bench.network, bench.table, smoothness)


def shortlist_of(model: Any, X: Any, y: Any, sigma: Any, sample_weight: Any) -> "Shortlist":
    """The front of a regressor with a table, weighted as the search has weighted it."""
    from kantools.steering import Shortlist

    check_is_fitted(model)
    found = model._found()
    table = _table(model, X, y, sigma, sample_weight)
    if found.noise == "relative":
        table = _relative(table, found.chosen.predict(table.X))
    units = model.units_ if model.units is not None else None
    return Shortlist(found.front, found.chosen, table, rule=model.selection, loss=model.loss, units=units)


def adopt_front(model: Any, bench: "Shortlist") -> None:
    """Make the shortlist's formulas the model's."""
    check_is_fitted(model)
    if bench.formula.columns != model.formula_.columns:
        raise SettingError(
            f"A model takes back the formulas it was steered from; these are of {bench.formula.columns}, the "
            f"model's of {model.formula_.columns}. Pass the shortlist that its steer() has made."
        )
    model.discovery_ = replace(model.discovery_, front=bench.front, chosen=bench.formula)


def _relative(table: Table, size: np.ndarray) -> Table:
    """Scatter in proportion to the target, as the search has found it: rows count by ``1/f²``."""
    weight = np.ones(table.rows) if table.weight is None else table.weight
    return replace(table, weight=weight / size**2)


def _table(model: Any, X: Any, y: Any, sigma: Any, sample_weight: Any) -> Table:
    """The rows that were given, else those the model was fitted to."""
    check_is_fitted(model)
    if X is None and y is None:
        fitted: Table | None = getattr(model, "table_", None)
        if fitted is None:
            raise SettingError(
                "Steering needs rows to judge by; a model that was loaded from a file has none. "
                "Pass X and y to steer()."
            )
        return fitted
    if X is None or y is None:
        raise SettingError("Steering compares predictions with targets; got one of X and y. Pass both.")
    fitted = getattr(model, "table_", None)
    name = target_of(model) if fitted is None else fitted.target
    X, y = validate_data(model, X, y, y_numeric=True, reset=False, dtype=np.float64)
    return table_with_constants(X, y, input_names(model), name, sigma, row_weights(sample_weight, X))
