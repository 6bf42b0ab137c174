"""From a fitted regressor, with or without its data, to a report in a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils.validation import validate_data

from kantools.errors import SettingError
from kantools.estimators.constant_inputs import table_with_constants
from kantools.estimators.saved import settings_of
from kantools.table import Table
from kantools.writing import write_atomically

if TYPE_CHECKING:
    from kantools.estimators.symbolic import SymbolicRegressor

__all__ = ["given_table", "write_report"]


def given_table(model: "SymbolicRegressor", X: Any, y: Any, sigma: Any, x_sigma: Any) -> Table | None:
    """The data of a report as a table: those given, else those that the model remembers, else None.

    Raises
    ------
    SettingError
        For a table with other columns than the formula's, and for inputs without a target.
    """
    formula = model.formula_
    if X is None:
        X = getattr(model, "table_", None)
    if X is None:
        return None
    if isinstance(X, Table):
        return _of_the_formula(X, formula.columns, formula.target)
    if y is None:
        raise SettingError("A report on data needs their target too; got X without y. Pass y.")
    X, y = validate_data(model, X, y, reset=False, y_numeric=True, dtype=np.float64)
    return table_with_constants(X, y, formula.columns, formula.target, sigma, None, x_sigma)


def _of_the_formula(table: Table, columns: tuple[str, ...], target: str) -> Table:
    missing = [c for c in columns if c not in table.columns]
    if missing or table.target != target:
        wanted = f"{target} in {', '.join(columns)}"
        raise SettingError(
            f"The report's table is that of the fit, {wanted}; got {table.target} in "
            f"{', '.join(table.columns)}. Pass the table of the fit."
        )
    return table.select(columns)


def write_report(
    model: "SymbolicRegressor",
    path: str | Path,
    table: Table | None = None,
    *,
    command: str = "",
    file: Path | None = None,
) -> None:
    """Write the report of a fitted model; the ending of the name chooses its kind."""
    from kantools.report.content import Report
    from kantools.report.kinds import written

    path = Path(path)
    report = Report(
        model.discovery_,
        table,
        settings=settings_of(model),
        units=model.units_,
        command=command or repr(model),
        file=file,
    )
    write_atomically(path, written(report, path))
