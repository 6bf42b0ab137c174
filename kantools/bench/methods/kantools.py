"""kantools itself, with its default settings."""

import numpy as np

from kantools.bench.method import Finding, Method
from kantools.bench.task import Task
from kantools.table import Table

__all__ = ["METHOD"]


def find(table: Table, task: Task) -> Finding:
    """Search as a user would: a frame with named columns, a time limit, and units if they are to be told."""
    import pandas as pd

    from kantools.estimators.symbolic_regressor import SymbolicRegressor

    columns = list(table.columns)
    units = dict(table.units) if task.units and table.units else None  # some problems are pure mathematics
    model = SymbolicRegressor(units=units, time_limit=task.limit, random_state=task.seed)
    model.fit(pd.DataFrame(table.X, columns=columns), pd.Series(table.y, name=table.target))

    def predict(X: np.ndarray) -> np.ndarray:
        return model.predict(pd.DataFrame(X, columns=columns))

    return Finding(model.sympy(), predict)


def takes_units() -> bool:
    """Whether the estimator has the setting."""
    from kantools.estimators.symbolic_regressor import SymbolicRegressor

    return "units" in SymbolicRegressor().get_params()


METHOD = Method(
    "kantools",
    find,
    modules=("kantools.bench.warm",),
    takes_units=takes_units,
)
