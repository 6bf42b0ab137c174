"""What scikit-learn's ``fit`` is told besides numbers: names of inputs and targets, weights, a seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils.validation import _check_sample_weight

from kantools.estimators.validated import refusals
from kantools.table import TableError

__all__ = ["Inputs", "free_name", "give_inputs", "inputs_of", "row_weights", "seed_of", "target_names"]


@dataclass(frozen=True)
class Inputs:
    """How many inputs an estimator was fitted to, and their names where the data had some.

    >>> Inputs(2).columns, Inputs(2, ("mass", "flow rate")).columns
    (('x0', 'x1'), ('mass', 'flow rate'))
    """

    number: int
    names: tuple[str, ...] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names in a table: ``x0``, ``x1``, … where they have none."""
        return tuple(f"x{i}" for i in range(self.number)) if self.names is None else self.names


def inputs_of(estimator: BaseEstimator) -> Inputs:
    """Those that ``validate_data`` has seen."""
    names = vars(estimator).get("feature_names_in_")
    return Inputs(estimator.n_features_in_, None if names is None else tuple(names))


def give_inputs(estimator: BaseEstimator, inputs: Inputs) -> None:
    """Let an estimator know its inputs without the data, under the names that scikit-learn has for them."""
    estimator.n_features_in_ = inputs.number
    vars(estimator).pop("feature_names_in_", None)
    if inputs.names is not None:
        estimator.feature_names_in_ = np.array(inputs.names, dtype=object)


def target_names(y: object, number: int, columns: Sequence[str]) -> tuple[str, ...]:
    """The name of a series or the names of a frame's columns, else ``y``, or ``y0``, ``y1``, … of several.

    No input's name is taken.

    >>> target_names(np.zeros((3, 2)), 2, ["x", "y0"])
    ('y0_', 'y1')
    """
    names = ["y"] if number == 1 else [f"y{i}" for i in range(number)]
    given = list(getattr(y, "columns", [getattr(y, "name", None)]))
    if len(given) == number and all(isinstance(name, str) and name not in columns for name in given):
        names = given
    if len(set(names)) < len(names):
        raise TableError(f"Targets have different names; got {', '.join(names)}. Rename one of them.")
    return tuple(free_name(name, columns) for name in names)


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, with underscores behind it until it is not taken.

    >>> free_name("y", ["x", "y"])
    'y_'
    """
    return name if name not in taken else free_name(name + "_", taken)


def row_weights(sample_weight: ArrayLike | None, X: np.ndarray) -> np.ndarray | None:
    """The weights, checked; None where there are none."""
    if sample_weight is None:
        return None
    with refusals():
        return _check_sample_weight(sample_weight, X, ensure_non_negative=True)


def seed_of(random_state: int | np.random.RandomState | None) -> int:
    """A number from what scikit-learn calls a random state.

    >>> seed_of(7)
    7
    """
    if isinstance(random_state, int | np.integer):
        return int(random_state)
    return int(check_random_state(random_state).randint(2**31 - 1))
