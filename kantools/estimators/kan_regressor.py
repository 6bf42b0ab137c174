"""Regression by a network: one or several targets, with standard errors and prediction intervals."""

from typing import TYPE_CHECKING, Any, Self

from numpy.typing import ArrayLike
from sklearn.base import RegressorMixin
from sklearn.utils.validation import check_is_fitted, column_or_1d

from kantools.estimators.front import of_fit
from kantools.estimators.inputs import inputs_of, row_weights, seed_of, target_names
from kantools.estimators.interrupted import best_if_interrupted
from kantools.estimators.kan_base import PARAMETERS, NetworkEstimator
from kantools.estimators.passage.distinct import distinct
from kantools.estimators.steerable import SteeredNetwork
from kantools.estimators.tables import Given, Sigma, Values, table_to_train_on
from kantools.estimators.trained import Trained
from kantools.estimators.validated import validated, validated_inputs
from kantools.estimators.verbs.predicting_by_network import with_errors
from kantools.network import KAN
from kantools.network.observe import observe
from kantools.table import MINIMUM_ROWS, Table
from kantools.training import train
from kantools.training.uncertainty import uncertainty_of

if TYPE_CHECKING:
    from kantools.steering import Workbench

__all__ = ["KANRegressor"]


class KANRegressor(RegressorMixin, SteeredNetwork, NetworkEstimator):
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
    >>> import numpy as np
    >>> x = np.linspace(0, 6, 40)[:, None]
    >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
    >>> model.score(x, np.sin(x[:, 0])) > 0.9999
    True
    """

    uncertainty_ = of_fit("uncertainty")
    target_names_ = of_fit("targets")

    def fit(self, X: ArrayLike, y: ArrayLike, sigma: Sigma = None, sample_weight: Values = None) -> Self:
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
        >>> import numpy as np
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> waves = np.column_stack([np.sin(x[:, 0]), np.cos(x[:, 0])])
        >>> KANRegressor(width=[2], random_state=0).fit(x, waves).predict(x).shape
        (40, 2)
        >>> KANRegressor().fit(x[:3], waves[:3])  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        kantools.errors.TableError: ...
        """
        rows, target = validated(
            self, X, y, multi_output=True, y_numeric=True, ensure_min_samples=MINIMUM_ROWS
        )
        target = column_or_1d(target, warn=True) if target.ndim == 2 and target.shape[1] == 1 else target
        columns, seed = inputs_of(self).columns, seed_of(self.random_state)
        names = target_names(y, target.size // len(target), columns)
        weight = row_weights(sample_weight, rows)
        table = distinct(table_to_train_on(rows, target, columns, names[0], sigma, weight), seed)
        self.fitted_ = self._trained(self._to_train(len(names), seed), table, names, seed)
        return self

    def _trained(self, network: KAN, table: Table, targets: tuple[str, ...], seed: int) -> Trained:
        """What a training of this network leaves."""
        smoothness = "gcv" if self.smoothness == "auto" else self.smoothness
        settings: dict[str, Any] = {"solver": self.solver, "smoothness": smoothness, "tolerance": 0.01}
        history = left_open = None
        with best_if_interrupted():
            history = train(network, table, seed=seed, time_limit=self.time_limit, **settings)
            left_open = uncertainty_of(network, table, history.smoothness)
        curves = observe(network, table.X, table.columns)
        return Trained(network, curves, table.columns, targets, None, history, left_open, table)

    def predict(
        self, X: ArrayLike, return_std: bool = False, interval: float | None = None, sigma: Sigma = None
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
        >>> import numpy as np
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
        rows = validated_inputs(self, X)
        return with_errors(self._found(), rows, value, return_std, interval, sigma)

    def steer(
        self,
        X: Given = None,
        y: Values = None,
        sigma: Sigma = None,
        sample_weight: Values = None,
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
        >>> import numpy as np
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, 2 * np.exp(-1.5 * x[:, 0]))
        >>> bench = model.steer().fix((0, 0, 0), "exp").refit()
        >>> print(bench.formula(), "|", len(model.history))
        y = 2*exp(-3*x0/2) | 0
        """
        from kantools.estimators.verbs.by_hand import workbench_of

        rows, seed = self._rows(X, y, sigma, sample_weight), seed_of(self.random_state)
        return workbench_of(self._found(), rows, held_out, self.smoothness, seed)

    def adopt(self, bench: "Workbench") -> Self:
        """Take over the network of a workbench.

        >>> import numpy as np
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, 2 * np.exp(-1.5 * x[:, 0]))
        >>> bench = model.steer().fix((0, 0, 0), "exp").refit()
        >>> model.adopt(bench).network_ is bench.network
        True
        """
        from kantools.estimators.verbs.by_hand import with_network

        check_is_fitted(self)
        self.fitted_ = with_network(self._found(), bench)
        return self
