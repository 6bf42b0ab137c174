"""Find the law in a table of measurements: symbolic regression with Kolmogorov-Arnold networks.

The public names are imported when they are first used, so that ``import kantools`` takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kantools.datasets import load as load
    from kantools.discovery import discover as discover
    from kantools.estimators.kan_classifier import KANClassifier as KANClassifier
    from kantools.estimators.kan_regressor import KANRegressor as KANRegressor
    from kantools.estimators.symbolic_regressor import SymbolicRegressor as SymbolicRegressor
    from kantools.estimators.verbs.extrapolation import ExtrapolationWarning as ExtrapolationWarning
    from kantools.network import KAN as KAN
    from kantools.reading import read_table as read_table
    from kantools.reading import table_from_frame as table_from_frame
    from kantools.symbolic.formula import Formula as Formula
    from kantools.table import Table as Table
    from kantools.table import TableError as TableError
    from kantools.table import table_from_arrays as table_from_arrays

_HOME = {
    "ExtrapolationWarning": "kantools.estimators.verbs.extrapolation",
    "KAN": "kantools.network",
    "Formula": "kantools.symbolic.formula",
    "KANClassifier": "kantools.estimators.kan_classifier",
    "KANRegressor": "kantools.estimators.kan_regressor",
    "SymbolicRegressor": "kantools.estimators.symbolic_regressor",
    "Table": "kantools.table",
    "TableError": "kantools.table",
    "discover": "kantools.discovery",
    "load": "kantools.datasets",
    "read_table": "kantools.reading",
    "table_from_arrays": "kantools.table",
    "table_from_frame": "kantools.reading",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("kantools")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    thing = getattr(import_module(_HOME[name]), name)
    globals()[name] = thing
    return thing


def __dir__() -> list[str]:
    return sorted(__all__)
