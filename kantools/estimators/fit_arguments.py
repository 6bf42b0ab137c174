"""From the arguments of scikit-learn's ``fit`` to names, numbers and a seed; the estimators share it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.utils import check_random_state
from sklearn.utils.validation import _check_sample_weight

from kantools.estimators.validated import refusals

__all__ = ["free_name", "input_names", "row_weights", "seed_of", "target_of"]


def input_names(estimator: Any) -> tuple[str, ...]:
    """The names of the inputs that ``validate_data`` has seen; ``x0``, ``x1``, … for a bare array."""
    names = getattr(estimator, "feature_names_in_", None)
    return tuple(f"x{i}" for i in range(estimator.n_features_in_)) if names is None else tuple(names)


def row_weights(sample_weight: Any, X: np.ndarray) -> np.ndarray | None:
    """The weights, checked; None where there are none."""
    if sample_weight is None:
        return None
    with refusals():
        return _check_sample_weight(sample_weight, X, ensure_non_negative=True)


def seed_of(random_state: Any) -> int:
    """A number from what scikit-learn calls a random state.

    >>> seed_of(7)
    7
    """
    if isinstance(random_state, int | np.integer):
        return int(random_state)
    return int(check_random_state(random_state).randint(2**31 - 1))


def target_of(model: Any) -> str:
    """The name of a fitted model's target, whether it has its rows or not."""
    if hasattr(model, "formula_"):
        return str(model.formula_.target)
    names = getattr(model, "target_names_", None)
    return str(names[0]) if names else free_name("y", input_names(model))


def free_name(name: str, taken: Sequence[str]) -> str:
    """The name, with underscores behind it until it is not taken.

    >>> free_name("y", ["x", "y"])
    'y_'
    """
    return name if name not in taken else free_name(name + "_", taken)
