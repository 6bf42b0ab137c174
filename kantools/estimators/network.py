"""Networks without formulas, in scikit-learn's clothes.

:class:`KANRegressor` and :class:`KANClassifier` train a Kolmogorov-Arnold network on ``X`` and ``y`` and stop
there. They take columns as they are: the grids of the network follow the data, so nothing has to be scaled.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted

from kantools.errors import SettingError
from kantools.estimators.distinct import distinct
from kantools.estimators.fit_arguments import free_name, input_names, row_weights, seed_of
from kantools.estimators.interrupted import best_if_interrupted
from kantools.estimators.validated import refusals, validated
from kantools.table import MINIMUM_ROWS, Table, TableError, table_from_arrays

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["KANClassifier", "KANRegressor"]


class NetworkEstimator(BaseEstimator):
    """What the two have in common: the network's settings, and what can be done with a trained one."""

    def __init__(
        self,
        *,
        width: Sequence[int | Sequence[int]] | None = None,
        basis: str | Sequence[str] = "bspline",
        degree: int = 3,
        intervals: int = 8,
        solver: str = "auto",
        smoothness: float | str = "auto",
        time_limit: float = 60,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.width = width
        self.basis = basis
        self.degree = degree
        self.intervals = intervals
        self.solver = solver
        self.smoothness = smoothness
        self.time_limit = time_limit
        self.random_state = random_state

    def _untrained(self, outputs: int, seed: int) -> Any:
        from kantools.network import KAN

        if not self.time_limit > 0:
            raise SettingError(f"time_limit is positive; got {self.time_limit!r}.")
        hidden = [5] if self.width is None else list(self.width)
        width = [self.n_features_in_, *hidden, outputs]
        return KAN(width, basis=self.basis, degree=self.degree, intervals=self.intervals, seed=seed)

    def _observed(self, network: Any, X: np.ndarray) -> Self:
        from kantools.network.observe import observe

        self.network_ = network
        self.activations_ = observe(network, X, input_names(self))
        return self

    def _output(self, X: Any) -> np.ndarray:
        from kantools.network import predict

        check_is_fitted(self)
        return predict(self.network_, validated(self, X, reset=False, dtype=np.float64))

    def plot(self) -> "Figure":
        """The network as a diagram: every edge with its curve."""
        check_is_fitted(self)
        from kantools.plots import network_diagram

        return network_diagram(self.activations_)

    def save(self, path: str | Path) -> None:
        """Write the model into one file: numbers and names; nothing in it can run.

        The format is safetensors with JSON, see ``docs/model-file.md``; a ``WriteError`` names the folder.
        """
        from kantools.estimators.saved import save_network

        check_is_fitted(self)
        save_network(self, path)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read what :meth:`save` wrote; a damaged or foreign file is a ``ModelFileError``."""
        from kantools.estimators.saved import load_network

        return load_network(cls, path)


PARAMETERS = """
    Parameters
    ----------
    width : sequence, optional
        Nodes of the hidden layers: ``[5]`` are five sum nodes, ``[[5, 2]]`` five sum and two product nodes,
        ``[]`` none. ``[5]`` where it is None.
    basis : str or sequence of str
        The family of the learned functions, a name in ``kantools.bases.BASES``, or one for each layer.
    degree, intervals : int
        Options of the basis.
    solver : str
        A solver of :func:`kantools.training.train`.
    smoothness : float, "gcv" or "auto"
        Weight of the smoothness penalty. "auto" leaves it to generalised cross-validation ("gcv") in
        regression and is 0.001 in classification.
    time_limit : float
        Seconds after which training ends.
    random_state : int, RandomState or None
        The same number gives the same result.

    Attributes
    ----------
    network_ : KAN
    activations_ : Activations
        Its functions as curves.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Only where ``X`` had column names."""


class KANRegressor(RegressorMixin, NetworkEstimator):
    __doc__ = f"""Regression by a Kolmogorov-Arnold network.
{PARAMETERS}

    Examples
    --------
    >>> x = np.linspace(0, 6, 40)[:, None]
    >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
    >>> model.score(x, np.sin(x[:, 0])) > 0.9999
    True
    """

    def fit(self, X: Any, y: Any, sigma: Any = None, sample_weight: Any = None) -> Self:
        """Learn ``y``; ``sigma`` is its standard error, ``sample_weight`` how much each row counts.

        Ctrl-C ends the training with the best network so far and a ``TrainingInterrupted`` warning; before
        there is one, it is raised.
        """
        from kantools.training import train

        X, y = validated(self, X, y, y_numeric=True, dtype=np.float64, ensure_min_samples=MINIMUM_ROWS)
        columns, weight, seed = input_names(self), row_weights(sample_weight, X), seed_of(self.random_state)
        table = distinct(_table(X, y, columns, sigma, weight), seed)
        network = self._untrained(1, seed)
        smoothness = "gcv" if self.smoothness == "auto" else self.smoothness
        settings: dict[str, Any] = {"solver": self.solver, "smoothness": smoothness}
        settings |= {"tolerance": 0.01, "deadline": monotonic() + self.time_limit}
        with best_if_interrupted():
            train(network, table, seed=seed, **settings)
        return self._observed(network, table.X)

    def predict(self, X: Any) -> np.ndarray:
        """The network's output at the rows of ``X``, shape (rows,)."""
        return self._output(X)


class KANClassifier(ClassifierMixin, NetworkEstimator):
    __doc__ = f"""Classification by a Kolmogorov-Arnold network with a softmax behind it.

    The network minimises the cross entropy with L-BFGS; ``solver`` is ``"auto"``, ``"lbfgs"`` or ``"adam"``.
{PARAMETERS}
    classes_ : ndarray
        The labels, sorted.

    Examples
    --------
    >>> X = np.random.default_rng(0).uniform(-1, 1, (80, 2))
    >>> inside = (X**2).sum(axis=1) < 0.6
    >>> KANClassifier(width=[], random_state=0).fit(X, inside).score(X, inside) > 0.95
    True
    """

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Learn the classes; ``sample_weight`` is how much each row counts. Ctrl-C as in regression."""
        from kantools.estimators.cross_entropy import train_classes

        X, y = validated(self, X, y, dtype=np.float64, ensure_min_samples=MINIMUM_ROWS)
        with refusals():
            check_classification_targets(y)
        columns, weight, seed = input_names(self), row_weights(sample_weight, X), seed_of(self.random_state)
        counted = np.ones(len(y), dtype=bool) if weight is None else weight > 0
        self.classes_ = np.unique(y[counted])
        if len(self.classes_) < 2:
            raise TableError(f"A classifier needs two classes; got one class, {self.classes_[0]!r}.")
        code = np.searchsorted(self.classes_, y).clip(0, len(self.classes_) - 1)
        table = distinct(_table(X, code, columns, None, weight), seed)
        network = self._untrained(len(self.classes_), seed)
        deadline = monotonic() + self.time_limit
        with best_if_interrupted():
            train_classes(network, table, self.solver, self._penalty(), deadline)
        return self._observed(network, table.X)

    def _penalty(self) -> float:
        if self.smoothness == "gcv":
            raise SettingError('smoothness="gcv" is for squared errors; give a classifier a number, 0.001.')
        return 0.001 if self.smoothness == "auto" else float(self.smoothness)

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each class at the rows of ``X``, shape (rows, classes)."""
        return softmax(self._output(X), axis=1)

    def decision_function(self, X: Any) -> np.ndarray:
        """Logarithms of odds: shape (rows,) for two classes, else one column a class."""
        output = self._output(X)
        return output[:, 1] - output[:, 0] if len(self.classes_) == 2 else output

    def predict(self, X: Any) -> np.ndarray:
        """The most probable class at the rows of ``X``."""
        output = self._output(X)
        return self.classes_[output.argmax(axis=1)]


def _table(X: np.ndarray, y: np.ndarray, columns: Sequence[str], sigma: Any, weight: Any) -> Table:
    """A table in which inputs and target may be constant, unlike where a law is sought."""
    target = free_name("y", columns)
    ramp = np.arange(len(y))
    checked = table_from_arrays(ramp, ramp, target=target, sigma=sigma, weight=weight)
    return replace(checked, columns=tuple(columns), X=X, y=np.asarray(y, dtype=float))
