"""From what a fit has left to a workbench, and back."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kantools.errors import SettingError
from kantools.estimators.fitted import Fitted
from kantools.estimators.settings import Settings
from kantools.estimators.trained import Trained
from kantools.steering import Shortlist, Workbench
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.noisy import with_noise
from kantools.table import Table
from kantools.training.uncertainty import uncertainty_of

if TYPE_CHECKING:
    from kantools.discovery import Discovery

__all__ = ["shortlist_of", "with_formulas", "with_network", "workbench_of"]


def workbench_of(
    trained: Trained, rows: Table | None, held_out: float, smoothness: float | str, seed: int
) -> Workbench:
    """A network with rows to judge by."""
    penalty = "gcv" if smoothness == "auto" else smoothness
    return Workbench(trained.network, _there(rows), held_out=held_out, smoothness=penalty, seed=seed)


def with_network(trained: Trained, bench: Workbench) -> Trained:
    """The same with the workbench's network."""
    inputs = len(trained.columns)
    if bench.network.inputs != inputs:
        raise SettingError(
            f"A model takes back the network it was steered from; this one takes {bench.network.inputs} "
            f"inputs, the model {inputs}. Pass the workbench that its steer() has made."
        )
    smoothness = 0.0 if trained.history is None else trained.history.smoothness
    left_open = uncertainty_of(bench.network, bench.table, smoothness)
    return replace(trained, network=bench.network, activations=bench.activations, uncertainty=left_open)


def shortlist_of(fitted: Fitted, rows: Table | None, settings: Settings) -> Shortlist:
    """A front with rows to judge by, weighted as the search has weighted its own."""
    table, found = _there(rows), fitted.discovery
    table = _weighed(table, data_of(table), found)
    units = None if settings.units is None else fitted.units
    rule, loss = settings.selection, settings.loss
    told = found.front, found.chosen, table
    return Shortlist(*told, rivals=found.rivals, rule=rule, loss=loss, units=units)


def with_formulas(fitted: Fitted, bench: Shortlist) -> Fitted:
    """The same with the shortlist's formulas."""
    if bench.formula.columns != fitted.columns:
        raise SettingError(
            f"A model takes back the formulas it was steered from; these are of {bench.formula.columns}, the "
            f"model's of {fitted.columns}. Pass the shortlist that its steer() has made."
        )
    return fitted.with_formulas(bench.front, bench.formula, bench.rivals)


def _weighed(table: Table, rows: Data, found: "Discovery") -> Table:
    """Rows count by ``1/σ²``, as the noise model of the search has it."""
    size = with_noise(rows, found.noise, found.chosen.predict(rows.X)).size
    if size is None or len(size) < table.rows:
        return table
    weight = np.ones(table.rows) if table.weight is None else table.weight
    return replace(table, weight=weight / size**2)


def _there(rows: Table | None) -> Table:
    if rows is None:
        raise SettingError(
            "Steering needs rows to judge by; a model that was loaded from a file has none. "
            "Pass X and y to steer()."
        )
    return rows
