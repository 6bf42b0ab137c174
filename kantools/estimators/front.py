"""What the estimators have in common: figures, files, rows to judge by, and how they look in notebooks."""

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sklearn.base import BaseEstimator
from sklearn.utils import estimator_html_repr
from sklearn.utils.validation import check_is_fitted

from kantools.estimators.files.model_file import (
    SavedModel,
    noticing_damage,
    read_model,
    restored,
    write_model,
)
from kantools.estimators.inputs import row_weights
from kantools.estimators.tables import Given, Sigma, Values, XSigma
from kantools.estimators.validated import validated
from kantools.estimators.verbs.rows import rows_to_judge_by
from kantools.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Front", "of_fit"]


def of_fit(name: str) -> property:
    """An attribute of a model that its fit has left, under a name of what the model keeps of it."""
    get = attrgetter(name)
    return property(lambda model: get(model._found()), doc=f"``fitted_.{name}``")


class Front(BaseEstimator):
    """An estimator that keeps what its fit has left in one place, and hands it to the verbs."""

    fitted_: Any
    table_ = of_fit("table")

    def _found(self) -> Any:
        """What the fit has left."""
        for found in self._all_found():
            return found
        raise AttributeError("Nothing has been found yet; call fit(X, y) first.")

    def _all_found(self) -> list[Any]:
        """The same in a list, which is empty before a fit."""
        return [self.fitted_] if "fitted_" in vars(self) else []

    def __sklearn_is_fitted__(self) -> bool:
        return bool(self._all_found())

    def __getstate__(self) -> dict[str, Any]:
        """Without the rows of the fit and steps by hand: no pickle has these."""
        state = {k: v for k, v in super().__getstate__().items() if k != "_bench"}
        return {k: v.without_rows() if k == "fitted_" else v for k, v in state.items()}

    def _rows(
        self, X: Given, y: Values, sigma: Sigma = None, sample_weight: Values = None, x_sigma: XSigma = None
    ) -> Table | None:
        """Rows to judge by, checked against the names of the fit."""
        check_is_fitted(self)
        fitted = self._found()
        if X is None or y is None or isinstance(X, Table):
            return rows_to_judge_by(fitted, X, y)  # type: ignore[arg-type]
        rows, target = validated(self, X, y, y_numeric=True, reset=False)
        return rows_to_judge_by(fitted, rows, target, sigma, row_weights(sample_weight, rows), x_sigma)

    def plot(
        self, kind: str = "network", X: Given = None, y: Values = None, sigma: Sigma = None, **options: Any
    ) -> "Figure":
        """Draw the model; nothing is shown or written, ``figure.savefig(path)`` does that.

        Parameters
        ----------
        kind : str
            ``"network"`` with its curves, ``"activations"`` one by one, ``"history"``; of what predicts a
            number also ``"parity"``, ``"residuals"``, ``"dependence"`` on each input, ``"importance"`` of
            inputs and pairs; of a formula also ``"front"``, ``"curve"`` over one input, ``"rivals"`` that
            fit as well, ``"tree"`` of the search.
        X, y, sigma : array, optional
            Rows to compare with; those that the model was fitted to otherwise, which it remembers until it is
            pickled or saved.
        **options
            ``theme="light"`` or ``"dark"``, ``ax`` or ``figure`` to draw on or ``width="single"`` or
            ``"double"``, columns of a journal, and what else the function of ``kantools.plots`` takes.

        Raises
        ------
        SettingError
            For an unknown kind or option, with the near match, and for what this model cannot show.

        Examples
        --------
        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
        >>> [len(model.plot(kind).axes) > 0 for kind in ("network", "history", "parity")]
        [True, True, True]
        >>> model.plot("activation")
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: There is no figure "activation"; did you mean "activations"?
        """
        from kantools.estimators.verbs.drawing import figure_of

        rows = self._rows(X, y, sigma)
        return figure_of(self._found(), kind, rows, options)

    def save(self, path: str | Path) -> None:
        """Write the model into one file: formulas, network, settings; nothing in it can run.

        The format is safetensors with JSON, see ``docs/model-file.md``; a ``WriteError`` names the folder.

        >>> import numpy as np
        >>> from tempfile import TemporaryDirectory
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0, 6, 40)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
        >>> with TemporaryDirectory() as folder:
        ...     model.save(f"{folder}/sine.kan")
        ...     again = KANRegressor.load(f"{folder}/sine.kan")
        >>> np.array_equal(again.predict(x), model.predict(x))
        True
        """
        check_is_fitted(self)
        write_model(self._saved(), path)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read what :meth:`save` wrote; a damaged or foreign file is a ``ModelFileError``.

        >>> from tempfile import TemporaryDirectory
        >>> from kantools import KANRegressor
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "model.kan"
        ...     _ = path.write_text("not a model")
        ...     try:
        ...         KANRegressor.load(path)
        ...     except ValueError as error:
        ...         print(type(error).__name__, str(error).partition(" (")[0], sep=": ")
        ModelFileError: model.kan is no model, or a truncated one
        """
        saved = read_model(path)
        model = restored(cls, saved, path)
        with noticing_damage(path):
            model._take_from(saved)
        return model

    def _saved(self) -> SavedModel:
        """What a file of the model holds."""
        raise NotImplementedError

    def _take_from(self, saved: SavedModel) -> None:
        """Have learned what a file holds."""
        raise NotImplementedError

    def _repr_html_inner(self) -> str:
        from kantools.estimators.verbs.notebook import found_html

        found = self._all_found()
        return (found_html(found) if found else "") + estimator_html_repr(self)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, str]:
        """What Jupyter asks of an estimator of scikit-learn, with what was found in front of it.

        >>> from kantools import KANRegressor
        >>> "text/html" in KANRegressor()._repr_mimebundle_()
        True
        """
        bundle: dict[str, str] = super()._repr_mimebundle_(**options)
        return {k: self._repr_html_inner() if k == "text/html" else v for k, v in bundle.items()}
