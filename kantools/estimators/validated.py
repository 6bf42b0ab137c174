"""What scikit-learn checks of X, y and weights, with every refusal a :class:`~kantools.errors.TableError`.

Numpy and pandas raise whatever they like at cells that are no numbers, and scikit-learn lets dates and masked
arrays through as the numbers below them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import validate_data

from kantools.errors import NotNumbers, TableError, UserError
from kantools.numbers import as_numbers, refuse_other_kinds
from kantools.table import refuse_duplicates, refuse_unclear

__all__ = ["refusals", "validated", "validated_inputs"]

#: Numpy's kind of complex numbers, which scikit-learn refuses in words that its tests ask for.
ITS_OWN = "c"


def validated(
    estimator: BaseEstimator, X: object, y: object, **options: object
) -> tuple[np.ndarray, np.ndarray]:
    """``validate_data`` of scikit-learn: X as an array of floats, and y as options say.

    Raises
    ------
    TableError
        For whatever cannot be used.
    """
    with refusals():
        target = _plain("y", y) if options.get("y_numeric") else y
        return validate_data(estimator, _named(X), target, dtype=np.float64, **options)


def validated_inputs(estimator: BaseEstimator, X: object) -> np.ndarray:
    """The same for new rows of an estimator that has been fitted."""
    with refusals():
        return validate_data(estimator, _named(X), reset=False, dtype=np.float64)


def _named(X: object) -> object:
    """The inputs, once their names are names."""
    if hasattr(X, "columns"):
        refuse_duplicates(names := [str(c) for c in X.columns], "X")
        refuse_unclear(names, "X")
    return _plain("X", X)


@contextmanager
def refusals() -> Iterator[None]:
    """What others refuse, as errors of kantools; sums of 1e308 are none of their concern."""
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            yield
    except UserError:
        raise
    except TypeError as error:
        raise NotNumbers(_said(error)) from error
    except (ValueError, OverflowError) as error:
        raise TableError(_said(error)) from error


def _said(error: Exception) -> str:
    return f"X and y are tables of finite numbers, a row a measurement: {error} Correct or convert them."


def _plain(name: str, values: object) -> object:
    """The values; where a mask hides some, these are missing."""
    if hasattr(values, "toarray") or _complex(values):
        return values
    refuse_other_kinds(name, values)
    return as_numbers(name, values) if isinstance(values, np.ma.MaskedArray) else values


def _complex(values: object) -> bool:
    return getattr(getattr(values, "dtype", None), "kind", "") == ITS_OWN
