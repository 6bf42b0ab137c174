"""Networks without formulas, in scikit-learn's clothes.

:class:`KANRegressor` and :class:`KANClassifier` train a Kolmogorov-Arnold network on ``X`` and ``y`` and stop
there. They take columns as they are: the grids of the network follow the data, so nothing has to be scaled.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d

from kantools.errors import SettingError
from kantools.estimators.distinct import distinct
from kantools.estimators.drawing import without_rows
from kantools.estimators.fit_arguments import free_name, input_names, row_weights, seed_of
from kantools.estimators.interrupted import best_if_interrupted
from kantools.estimators.notebook import InNotebooks
from kantools.estimators.several_targets import sigma_columns, target_names
from kantools.estimators.steerable import SteeredNetwork
from kantools.estimators.validated import refusals, validated
from kantools.estimators.warm_network import gone_on_with, same_classes
from kantools.table import MINIMUM_ROWS, Table, TableError, table_from_arrays

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kantools.steering import Workbench
    from kantools.training.uncertainty import Uncertainty

__all__ = ["KANClassifier", "KANRegressor"]


class NetworkEstimator(InNotebooks, BaseEstimator):
    """What the two have in common: the network's settings, and what can be done with a trained one.

    >>> print(*sorted(KANClassifier().get_params()))
    basis degree intervals random_state smoothness solver time_limit warm_start width
    """

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
        warm_start: bool = False,
    ) -> None:
        self.width = width
        self.basis = basis
        self.degree = degree
        self.intervals = intervals
        self.solver = solver
        self.smoothness = smoothness
        self.time_limit = time_limit
        self.random_state = random_state
        self.warm_start = warm_start

    def _to_train(self, outputs: int, seed: int) -> Any:
        """The network that a fit begins with."""
        return gone_on_with(self, self._untrained(outputs, seed))

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
        """What the network says; to be called by what the user calls, which a warning then points at."""
        from kantools.estimators.extrapolation import tell_of_network
        from kantools.network import predict

        check_is_fitted(self)
        X = validated(self, X, reset=False, dtype=np.float64)
        tell_of_network(self.activations_, X, stacklevel=4)
        return predict(self.network_, X)

    def plot(
        self, kind: str = "network", X: Any = None, y: Any = None, sigma: Any = None, **options: Any
    ) -> "Figure":
        """Draw the network as a diagram, its ``"activations"``, or its ``"history"``; of a regression also
        ``"parity"``, ``"residuals"``, ``"dependence"`` on each input and their ``"importance"``.

        Arguments are those of :meth:`kantools.SymbolicRegressor.plot`.

        Raises
        ------
        SettingError
            For an unknown kind or option, with the near match, and for what a network cannot show.

        Examples
        --------
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
        >>> [len(model.plot(kind).axes) > 0 for kind in ("network", "history", "parity")]
        [True, True, True]
        >>> model.plot("activation")
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: There is no figure "activation"; did you mean "activations"?
        """
        check_is_fitted(self)
        from kantools.estimators.drawing import figure_of

        return figure_of(self, kind, X, y, sigma, options)

    def __getstate__(self) -> dict[str, Any]:
        """Without the rows that the network was trained on."""
        return without_rows(super().__getstate__())

    def export(self, target: str = "onnx", path: str | Path | None = None) -> bytes:
        """The network as ONNX: from ``X`` to the value, or to the classes' logits; see `network.onnx`.

        Raises
        ------
        SettingError
            For another target than ``"onnx"``.

        Examples
        --------
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
        >>> model.export("python")
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: A network is exported to "onnx"; got "python". \
Other targets take formulas.
        """
        from kantools.estimators.exporting import export_network

        check_is_fitted(self)
        return export_network(self.network_, input_names(self), target, path)

    def save(self, path: str | Path) -> None:
        """Write the model into one file: numbers and names; nothing in it can run.

        The format is safetensors with JSON, see ``docs/model-file.md``; a ``WriteError`` names the folder.

        >>> from tempfile import TemporaryDirectory
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
        >>> with TemporaryDirectory() as folder:
        ...     model.save(f"{folder}/sine.kan")
        ...     again = KANRegressor.load(f"{folder}/sine.kan")
        >>> np.array_equal(again.predict(x), model.predict(x))
        True
        """
        from kantools.estimators.saved import save_network

        check_is_fitted(self)
        save_network(self, path)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read what :meth:`save` wrote; a damaged or foreign file is a ``ModelFileError``.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "model.kan"
        ...     _ = path.write_text("not a model")
        ...     try:
        ...         KANRegressor.load(path)
        ...     except ValueError as error:
        ...         print(type(error).__name__, str(error).partition(" (")[0], sep=": ")
        ModelFileError: model.kan is no model, or a truncated one
        """
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
    warm_start : bool
        Whether a second ``fit`` goes on training the network of the last one, also on other data.

    Attributes
    ----------
    network_ : KAN
    activations_ : Activations
        Its functions as curves.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Only where ``X`` had column names."""


class KANRegressor(SteeredNetwork, RegressorMixin, NetworkEstimator):
    __doc__ = f"""Regression by a Kolmogorov-Arnold network.
{PARAMETERS}
    target_names_ : tuple of str
        The name of ``y`` where it is a Series, or of its columns where it is a frame; ``y`` otherwise.
    history_ : History or None
        How the loss fell; None after an interrupted training.
    uncertainty_ : Uncertainty or None
        What the rows leave open, for standard errors and intervals; None for very large networks.

    Examples
    --------
    >>> x = np.linspace(0, 6, 40)[:, None]
    >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
    >>> model.score(x, np.sin(x[:, 0])) > 0.9999
    True
    """

    def fit(self, X: Any, y: Any, sigma: Any = None, sample_weight: Any = None) -> Self:
        """Learn ``y``, shape (rows,) or (rows, targets).

        Ctrl-C ends the training with the best network so far and a ``TrainingInterrupted`` warning; before
        there is one, it is raised.

        Parameters
        ----------
        X : DataFrame or array, shape (rows, inputs)
        y : array, shape (rows,) or (rows, targets)
            Several targets are the outputs of one network, which share its hidden nodes.
        sigma : float or array, shape (rows,) or (rows, targets), optional
            Standard error of each row's targets; only its course over the rows matters.
        sample_weight : array, shape (rows,), optional
            How much each row counts.

        Raises
        ------
        ValueError
            For data or settings that cannot be used; the message says why.

        Examples
        --------
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> waves = np.column_stack([np.sin(x[:, 0]), np.cos(x[:, 0])])
        >>> KANRegressor(width=[2], random_state=0).fit(x, waves).predict(x).shape
        (40, 2)
        >>> KANRegressor().fit(x[:3], waves[:3])  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        kantools.errors.TableError: ...
        """
        from kantools.training import train
        from kantools.training.uncertainty import uncertainty_of

        given = y
        X, y = validated(
            self, X, y, multi_output=True, y_numeric=True, dtype=np.float64, ensure_min_samples=MINIMUM_ROWS
        )
        y = column_or_1d(y, warn=True) if y.ndim == 2 and y.shape[1] == 1 else y
        columns, weight, seed = input_names(self), row_weights(sample_weight, X), seed_of(self.random_state)
        self.target_names_ = target_names(given, y.size // len(y), columns)
        table = distinct(_table(X, y, columns, sigma, weight, self.target_names_[0]), seed)
        network = self._to_train(1 if y.ndim == 1 else y.shape[1], seed)
        smoothness = "gcv" if self.smoothness == "auto" else self.smoothness
        settings: dict[str, Any] = {"solver": self.solver, "smoothness": smoothness}
        settings |= {"tolerance": 0.01, "time_limit": self.time_limit}
        self.table_, self.history_, self.uncertainty_ = table, None, None
        with best_if_interrupted():
            self.history_ = train(network, table, seed=seed, **settings)
            self.uncertainty_ = uncertainty_of(network, table, self.history_.smoothness)
        return self._observed(network, table.X)

    def predict(
        self, X: Any, return_std: bool = False, interval: float | None = None, sigma: Any = None
    ) -> Any:
        """The network's output at the rows of ``X``, shape (rows,), or with what is asked for besides.

        ``f ± q(level) s sqrt(1 + l(x))``, see :mod:`kantools.training.uncertainty`.

        Parameters
        ----------
        X : DataFrame or array, shape (rows, inputs)
        return_std : bool
            Also the standard error of the output, ``s sqrt(l(x))``: what the rows leave open about it.
        interval : float, optional
            Also lower and upper ends between which a new measurement lies with this probability, 0.95 for
            one. It scatters as those of the table did, all of them together: where the noise is not alike
            everywhere, intervals are too wide here and too narrow there.
        sigma : float or array, shape (rows,), optional
            Standard error of each new measurement, for ``interval``; the noise is then normal.

        Returns
        -------
        value, or a tuple of value, std, lower, upper, those that were asked for : ndarray, shape (rows,)

        Warns
        -----
        ExtrapolationWarning
            Where rows lie outside of the ranges seen: a network goes on in straight lines.

        Raises
        ------
        SettingError
            For an interval outside of (0, 1) or a negative sigma, or where the network has too many
            coefficients to tell.

        Examples
        --------
        >>> x = np.linspace(0, 6, 60)[:, None]
        >>> y = np.sin(x[:, 0]) + np.random.default_rng(0).normal(0, 0.1, 60)
        >>> model = KANRegressor(width=[], random_state=0).fit(x, y)
        >>> value, std, low, high = model.predict(x, return_std=True, interval=0.95)
        >>> bool((std < (high - low) / 4).all()), bool(np.mean((low < y) & (y < high)) > 0.9)
        (True, True)
        """
        value = self._output(X)
        if not return_std and interval is None:
            return value
        X = validated(self, X, reset=False, dtype=np.float64)
        std = self._standard_error(X)
        ends = () if interval is None else self._ends(value, std, interval, sigma)
        return (value, *((std,) if return_std else ()), *ends)

    def steer(
        self,
        X: Any = None,
        y: Any = None,
        sigma: Any = None,
        sample_weight: Any = None,
        *,
        held_out: float = 0.2,
    ) -> "Workbench":
        """A workbench: name the learned curves by hand and read the formula, ``docs/steering.md``.

        The model stays as it is until :meth:`adopt`, unlike with its own verbs, ``model.fix(edge, "sin")``.

        Parameters
        ----------
        X, y, sigma, sample_weight : as in :meth:`fit`, optional
            Rows to judge by; those the model was fitted to where they are left out.
        held_out : float
            Share of the rows that are not trained on from here on.

        Examples
        --------
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, 2 * np.exp(-1.5 * x[:, 0]))
        >>> bench = model.steer().fix((0, 0, 0), "exp").refit()
        >>> print(bench.formula(), "|", len(model.history))
        y = 2*exp(-3*x0/2) | 0
        """
        from kantools.estimators.steered import workbench_of

        return workbench_of(self, X, y, sigma, sample_weight, held_out)

    def adopt(self, bench: "Workbench") -> Self:
        """Take over the network of a workbench.

        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, 2 * np.exp(-1.5 * x[:, 0]))
        >>> bench = model.steer().fix((0, 0, 0), "exp").refit()
        >>> model.adopt(bench).network_ is bench.network
        True
        """
        from kantools.estimators.steered import adopt_network

        adopt_network(self, bench)
        return self

    def _standard_error(self, X: np.ndarray) -> np.ndarray:
        from kantools.training.uncertainty import standard_error

        return standard_error(self.network_, self._told(), X)

    def _told(self) -> "Uncertainty":
        """What the rows leave open, where that is known."""
        from kantools.training.uncertainty import MOST

        if self.uncertainty_ is None:
            raise SettingError(
                f"Errors of predictions are told for networks of one output and up to {MOST} coefficients, "
                "and where the model was saved with them; not here. Fit again, or choose a smaller width."
            )
        return self.uncertainty_

    def _ends(
        self, value: np.ndarray, std: np.ndarray, interval: float, sigma: Any
    ) -> tuple[np.ndarray, np.ndarray]:
        from kantools.symbolic.trust.prediction import Scatter, check_level, check_sigma, half_width

        level, sigma, found = check_level(interval), check_sigma(sigma, len(value)), self._told()
        if sigma is None:
            width = found.half_width(std, level)
        else:
            scatter = Scatter("constant", found.deviation, found.freedom)
            width = half_width(value, std, scatter, level, sigma)
        return value - width, value + width

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags


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

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
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
        from kantools.estimators.cross_entropy import train_classes

        X, y = validated(self, X, y, dtype=np.float64, ensure_min_samples=MINIMUM_ROWS)
        with refusals():
            check_classification_targets(y)
        columns, weight, seed = input_names(self), row_weights(sample_weight, X), seed_of(self.random_state)
        counted = np.ones(len(y), dtype=bool) if weight is None else weight > 0
        before, self.classes_ = getattr(self, "classes_", None), np.unique(y[counted])
        if len(self.classes_) < 2:
            raise TableError(f"A classifier needs two classes; got one class, {self.classes_[0]!r}.")
        same_classes(self, before)
        code = np.searchsorted(self.classes_, y).clip(0, len(self.classes_) - 1)
        table = distinct(_table(X, code, columns, None, weight, free_name("y", columns)), seed)
        network = self._to_train(len(self.classes_), seed)
        self.history_ = None
        with best_if_interrupted():
            self.history_ = train_classes(network, table, self.solver, self._penalty(), self.time_limit)
        return self._observed(network, table.X)

    def _penalty(self) -> float:
        if self.smoothness == "gcv":
            raise SettingError('smoothness="gcv" is for squared errors; give a classifier a number, 0.001.')
        return 0.001 if self.smoothness == "auto" else float(self.smoothness)

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each class at the rows of ``X``, shape (rows, classes).

        >>> x = np.linspace(-1, 1, 40)[:, None]
        >>> model = KANClassifier(width=[], random_state=0).fit(x, x[:, 0] > 0.2)
        >>> model.predict_proba([[-0.9], [0.9]]).round().tolist()
        [[1.0, 0.0], [0.0, 1.0]]
        """
        return softmax(self._output(X), axis=1)

    def decision_function(self, X: Any) -> np.ndarray:
        """Logarithms of odds: shape (rows,) for two classes, else one column a class.

        >>> x = np.linspace(-1, 1, 40)[:, None]
        >>> model = KANClassifier(width=[], random_state=0).fit(x, x[:, 0] > 0.2)
        >>> (model.decision_function([[-0.9], [0.9]]) > 0).tolist()
        [False, True]
        """
        output = self._output(X)
        return output[:, 1] - output[:, 0] if len(self.classes_) == 2 else output

    def predict(self, X: Any) -> np.ndarray:
        """The most probable class at the rows of ``X``.

        >>> x = np.linspace(-1, 1, 40)[:, None]
        >>> model = KANClassifier(width=[], random_state=0).fit(x, np.where(x[:, 0] > 0.2, "hot", "cold"))
        >>> model.predict([[-0.9], [0.9]]).tolist()
        ['cold', 'hot']
        """
        output = self._output(X)
        return self.classes_[output.argmax(axis=1)]


def _table(
    X: np.ndarray, y: np.ndarray, columns: Sequence[str], sigma: Any, weight: Any, target: str
) -> Table:
    """A table in which inputs and target may be constant, unlike where a law is sought."""
    ramp = np.arange(len(y))
    parts = sigma_columns(sigma, y.reshape(len(y), -1))
    checked = [table_from_arrays(ramp, ramp, target=target, sigma=s, weight=weight) for s in parts]
    errors = checked[0].sigma
    if len(checked) > 1 and errors is not None and np.ndim(sigma) == 2:
        errors = np.stack([part.sigma for part in checked], axis=1)  # type: ignore[misc]
    return replace(checked[0], columns=tuple(columns), X=X, y=np.asarray(y, dtype=float), sigma=errors)
