"""What a formula or a network says of new rows, how well it is known, and where a measurement would lie."""

from typing import TypeAlias

import numpy as np

from kantools.estimators.tables import Sigma
from kantools.estimators.verbs.extrapolation import tell_of_formula
from kantools.symbolic.formula import Formula

__all__ = ["Prediction", "predicted", "stacked"]

Prediction: TypeAlias = np.ndarray | tuple[np.ndarray, ...]


def predicted(
    formula: Formula, X: np.ndarray, return_std: bool, interval: float | None, sigma: Sigma
) -> Prediction:
    """The value of a formula, or a tuple with its standard error and the ends of an interval.

    ``f ± t(level, ν) sqrt(j C jᵀ + s²)``. A warning of extrapolation points at the caller of the caller.
    """
    value = formula.predict(X)
    tell_of_formula(formula, X, value, stacklevel=4)
    std = (formula.std(X),) if return_std else ()
    ends = () if interval is None else formula.interval(X, interval, sigma)
    return (value, *std, *ends) if std or ends else value


def stacked(each: list[Prediction]) -> Prediction:
    """The predictions of several targets as columns; where one is several arrays, each of them.

    >>> stacked([np.zeros(2), np.ones(2)]).tolist()
    [[0.0, 1.0], [0.0, 1.0]]
    """
    if isinstance(each[0], tuple):
        return tuple(np.stack(parts, axis=1) for parts in zip(*each, strict=True))
    return np.stack(each, axis=1)
