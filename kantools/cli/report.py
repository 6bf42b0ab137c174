"""``kantools report``: a saved model as a page, as text or as JSON."""

from pathlib import Path

from kantools.cli.input import table_of
from kantools.cli.output import report
from kantools.estimators.symbolic_regressor import SymbolicRegressor

__all__ = ["write_report"]


def write_report(model: Path, out: Path, data: str | None, sigma: str | None) -> None:
    """Write it, with residuals and a summary of the data where the table of the fit is given."""
    fitted = SymbolicRegressor.load(model)
    formula = fitted.formula_
    table = None if data is None else table_of(data, formula.target, sigma, formula.columns)
    report(fitted, out, table, data)
