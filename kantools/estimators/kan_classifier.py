"""Classification by a network with one output a class."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import softmax
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets

from kantools.errors import SettingError
from kantools.estimators.cross_entropy import train_classes
from kantools.estimators.front import of_fit
from kantools.estimators.inputs import free_name, inputs_of, row_weights, seed_of
from kantools.estimators.interrupted import best_if_interrupted
from kantools.estimators.kan_base import PARAMETERS, NetworkEstimator
from kantools.estimators.passage.distinct import distinct
from kantools.estimators.tables import Values, table_to_train_on
from kantools.estimators.trained import Trained
from kantools.estimators.validated import refusals, validated
from kantools.estimators.warm_network import refuse_other_classes
from kantools.network.observe import observe
from kantools.table import MINIMUM_ROWS, Table, TableError

__all__ = ["KANClassifier"]


class KANClassifier(ClassifierMixin, NetworkEstimator):
    __doc__ = f"""Classification by a Kolmogorov-Arnold network with a softmax behind it.

    The network minimises the cross entropy with L-BFGS; ``solver`` is ``"auto"``, ``"lbfgs"`` or ``"adam"``.
{PARAMETERS}
    classes_ : ndarray
        The labels, sorted.
    history_ : History or None
        How the cross entropy fell; None after an interrupted training.

    Examples
    --------
    >>> X = np.random.default_rng(0).uniform(-1, 1, (80, 2))
    >>> inside = (X**2).sum(axis=1) < 0.6
    >>> KANClassifier(width=[], random_state=0).fit(X, inside).score(X, inside) > 0.95
    True
    """

    classes_ = of_fit("classes")

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: Values = None) -> Self:
        """Learn the classes; ``sample_weight`` is how much each row counts. Ctrl-C as in regression.

        Raises
        ------
        TableError
            For data that cannot be used, and for a single class.

        Examples
        --------
        >>> x = np.linspace(-1, 1, 40)[:, None]
        >>> KANClassifier(width=[], random_state=0).fit(x, x[:, 0] > 0.2).classes_.tolist()
        [False, True]
        >>> try:
        ...     KANClassifier().fit(x, ["iris"] * 40)
        ... except TableError as error:
        ...     print(str(error).partition(";")[0])
        A classifier needs two classes
        """
        rows, labels = validated(self, X, y, ensure_min_samples=MINIMUM_ROWS)
        with refusals():
            check_classification_targets(labels)
        columns, seed = inputs_of(self).columns, seed_of(self.random_state)
        weight = row_weights(sample_weight, rows)
        classes = self._classes(labels if weight is None else labels[weight > 0])
        code = np.searchsorted(classes, labels).clip(0, len(classes) - 1)
        table = table_to_train_on(rows, code, columns, free_name("y", columns), None, weight)
        self.fitted_ = self._trained(distinct(table, seed), classes, seed)
        return self

    def _classes(self, labels: np.ndarray) -> np.ndarray:
        """Each label once, sorted."""
        classes = np.unique(labels)
        if len(classes) < 2:
            raise TableError(f"A classifier needs two classes; got one class, {classes[0]!r}.")
        for before in self._all_found() if self.warm_start else ():
            refuse_other_classes(classes, before.classes)
        return classes

    def _trained(self, table: Table, classes: np.ndarray, seed: int) -> Trained:
        """What a training leaves."""
        network, history = self._to_train(len(classes), seed), None
        with best_if_interrupted():
            history = train_classes(network, table, self.solver, self._penalty(), self.time_limit)
        curves = observe(network, table.X, table.columns)
        return Trained(network, curves, table.columns, classes=classes, history=history)

    def _penalty(self) -> float:
        if self.smoothness == "gcv":
            raise SettingError('smoothness="gcv" is for squared errors; give a classifier a number, 0.001.')
        return 0.001 if self.smoothness == "auto" else float(self.smoothness)

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Probability of each class at the rows of ``X``, shape (rows, classes).

        >>> x = np.linspace(-1, 1, 40)[:, None]
        >>> model = KANClassifier(width=[], random_state=0).fit(x, x[:, 0] > 0.2)
        >>> model.predict_proba([[-0.9], [0.9]]).round().tolist()
        [[1.0, 0.0], [0.0, 1.0]]
        """
        return softmax(self._output(X), axis=1)

    def decision_function(self, X: ArrayLike) -> np.ndarray:
        """Logarithms of odds: shape (rows,) for two classes, else one column a class.

        >>> x = np.linspace(-1, 1, 40)[:, None]
        >>> model = KANClassifier(width=[], random_state=0).fit(x, x[:, 0] > 0.2)
        >>> (model.decision_function([[-0.9], [0.9]]) > 0).tolist()
        [False, True]
        """
        output = self._output(X)
        return output[:, 1] - output[:, 0] if len(self.classes_) == 2 else output

    def predict(self, X: ArrayLike) -> np.ndarray:
        """The most probable class at the rows of ``X``.

        >>> x = np.linspace(-1, 1, 40)[:, None]
        >>> model = KANClassifier(width=[], random_state=0).fit(x, np.where(x[:, 0] > 0.2, "hot", "cold"))
        >>> model.predict([[-0.9], [0.9]]).tolist()
        ['cold', 'hot']
        """
        output = self._output(X)
        return self.classes_[output.argmax(axis=1)]
