"""Networks without formulas, in scikit-learn's clothes: what regression and classification have in common.

:class:`~kantools.KANRegressor` and :class:`~kantools.KANClassifier` train a Kolmogorov-Arnold network on
``X`` and ``y`` and stop there. They take columns as they are: the grids of the network follow the data, so
nothing has to be scaled.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from sklearn.utils.validation import check_is_fitted

from kantools.estimators.files.model_file import SavedModel, settings_of
from kantools.estimators.files.network import trained_in, trained_out
from kantools.estimators.front import Front, of_fit
from kantools.estimators.inputs import inputs_of
from kantools.estimators.settings import positive
from kantools.estimators.trained import Trained
from kantools.estimators.validated import validated_inputs
from kantools.estimators.verbs.exporting import export_network
from kantools.estimators.verbs.predicting_by_network import output
from kantools.estimators.warm_network import gone_on_with
from kantools.network import KAN

__all__ = ["PARAMETERS", "NetworkEstimator"]

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
        Only where ``X`` had column names.
    fitted_ : Trained
        Everything that the fit has left."""


class NetworkEstimator(Front):
    """What the two have in common: the network's settings, and what can be done with a trained one.

    >>> from kantools import KANClassifier
    >>> print(*sorted(KANClassifier().get_params()))
    basis degree intervals random_state smoothness solver time_limit warm_start width
    """

    fitted_: Trained
    network_ = of_fit("network")
    activations_ = of_fit("activations")
    history_ = of_fit("history")

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

    def _to_train(self, outputs: int, seed: int) -> KAN:
        """The network that a fit begins with."""
        positive("time_limit", self.time_limit)
        hidden = [5] if self.width is None else list(self.width)
        width = [self.n_features_in_, *hidden, outputs]
        fresh = KAN(width, basis=self.basis, degree=self.degree, intervals=self.intervals, seed=seed)
        before = self._all_found() if self.warm_start else []
        return gone_on_with(before[0].network, fresh) if before else fresh

    def _output(self, X: ArrayLike) -> np.ndarray:
        """What the network says; to be called by what the user calls, which a warning then points at."""
        check_is_fitted(self)
        return output(self._found(), validated_inputs(self, X))

    def export(self, target: str = "onnx", path: str | Path | None = None) -> bytes:
        """The network as ONNX: from ``X`` to the value, or to the classes' logits; see `network.onnx`.

        Raises
        ------
        SettingError
            For another target than ``"onnx"``.

        Examples
        --------
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
        >>> model.export("python")
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: A network is exported to "onnx"; got "python". \
Other targets take formulas.
        """
        check_is_fitted(self)
        found = self._found()
        return export_network(found.network, found.columns, target, path)

    def _saved(self) -> SavedModel:
        return trained_out(type(self).__name__, settings_of(self), inputs_of(self), self._found())

    def _take_from(self, saved: SavedModel) -> None:
        self.fitted_ = trained_in(saved)
