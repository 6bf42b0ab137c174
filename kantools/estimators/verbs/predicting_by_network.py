"""What a network says of new rows, how well it is known, and where a measurement would lie."""

import numpy as np

from kantools.errors import SettingError
from kantools.estimators.tables import Sigma
from kantools.estimators.trained import Trained
from kantools.estimators.verbs.extrapolation import tell_of_network
from kantools.estimators.verbs.predicting import Prediction
from kantools.symbolic.trust.prediction import Scatter, check_level, check_sigma, half_width
from kantools.training.uncertainty import MOST, Uncertainty, standard_error

__all__ = ["output", "with_errors"]


def output(trained: Trained, X: np.ndarray) -> np.ndarray:
    """What the network says; a warning of extrapolation points at the caller of the caller's caller."""
    tell_of_network(trained.activations, X, stacklevel=5)
    return trained.predict(X)


def with_errors(
    trained: Trained, X: np.ndarray, value: np.ndarray, return_std: bool, interval: float | None, sigma: Sigma
) -> Prediction:
    """Its value with the standard error, or the ends of intervals, or both.

    ``f ± q(level) s sqrt(1 + l(x))``, see :mod:`kantools.training.uncertainty`.
    """
    found = _left_open(trained)
    std = standard_error(trained.network, found, X)
    ends = () if interval is None else _ends(found, value, std, interval, sigma)
    return (value, *((std,) if return_std else ()), *ends)


def _left_open(trained: Trained) -> Uncertainty:
    """What the rows leave open, where that is known."""
    if trained.uncertainty is None:
        raise SettingError(
            f"Errors of predictions are told for networks of one output and up to {MOST} coefficients, "
            "and where the model was saved with them; not here. Fit again, or choose a smaller width."
        )
    return trained.uncertainty


def _ends(
    found: Uncertainty, value: np.ndarray, std: np.ndarray, interval: float, sigma: Sigma
) -> tuple[np.ndarray, np.ndarray]:
    level, errors = check_level(interval), check_sigma(sigma, len(value))
    if errors is None:
        width = found.half_width(std, level)
    else:
        width = half_width(value, std, Scatter("constant", found.deviation, found.freedom), level, errors)
    return value - width, value + width
