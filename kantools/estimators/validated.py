"""What scikit-learn checks of X, y and weights, with every refusal a :class:`~kantools.errors.TableError`.

Numpy and pandas raise whatever they like at cells that are no numbers, and scikit-learn lets dates and masked
arrays through as the numbers below them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from sklearn.utils.validation import validate_data

from kantools.errors import NotNumbers, TableError, UserError
from kantools.numbers import as_numbers, refuse_other_kinds
from kantools.table import refuse_duplicates, refuse_unclear

__all__ = ["refusals", "validated"]

#: Numpy's kind of complex numbers, which scikit-learn refuses in words that its tests ask for.
ITS_OWN = "c"


def validated(estimator: Any, X: Any, y: Any = "no_validation", **options: Any) -> Any:
    """``validate_data`` of scikit-learn: X, or X and y, as float arrays.

    Raises
    ------
    TableError
        For whatever cannot be used.
    """
    with refusals(), np.errstate(over="ignore", invalid="ignore"):  # sums of 1e308 are none of its concern
        if hasattr(X, "columns"):
            refuse_duplicates(names := [str(c) for c in X.columns], "X")
            refuse_unclear(names, "X")
        y = y if isinstance(y, str) or not options.get("y_numeric") else _plain("y", y)
        return validate_data(estimator, _plain("X", X), y, **options)


@contextmanager
def refusals() -> Iterator[None]:
    """What others refuse, as errors of kantools."""
    try:
        yield
    except UserError:
        raise
    except TypeError as error:
        raise NotNumbers(_said(error)) from error
    except (ValueError, OverflowError) as error:
        raise TableError(_said(error)) from error


def _said(error: Exception) -> str:
    return f"X and y are tables of finite numbers, a row a measurement: {error} Correct or convert them."


def _plain(name: str, values: Any) -> Any:
    """The values; where a mask hides some, these are missing."""
    if hasattr(values, "toarray") or _complex(values):
        return values
    refuse_other_kinds(name, values)
    return as_numbers(name, values) if isinstance(values, np.ma.MaskedArray) else values


def _complex(values: Any) -> bool:
    return getattr(getattr(values, "dtype", None), "kind", "") == ITS_OWN
