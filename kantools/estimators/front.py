"""What the estimators have in common: rows to judge by, and how they show themselves in notebooks."""

from typing import Any

from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils import estimator_html_repr
from sklearn.utils.validation import check_is_fitted

from kantools.estimators.inputs import row_weights
from kantools.estimators.tables import Sigma
from kantools.estimators.validated import validated
from kantools.estimators.verbs.rows import rows_to_judge_by
from kantools.table import Table

__all__ = ["Front"]


class Front(BaseEstimator):
    """An estimator that keeps what its fit has left in one place, and hands it to the verbs."""

    fitted_: Any

    def __sklearn_is_fitted__(self) -> bool:
        return bool(self._all_found())

    def __getstate__(self) -> dict[str, Any]:
        """Without the rows of the fit and steps by hand: no pickle has these."""
        state = {k: v for k, v in super().__getstate__().items() if k != "_bench"}
        return {k: v.without_rows() if k == "fitted_" else v for k, v in state.items()}

    def _rows(
        self,
        X: ArrayLike | Table | None,
        y: ArrayLike | None,
        sigma: Sigma = None,
        sample_weight: ArrayLike | None = None,
        x_sigma: object = None,
    ) -> Table | None:
        """Rows to judge by, checked against the names of the fit."""
        check_is_fitted(self)
        fitted = self._found()
        if X is None or y is None or isinstance(X, Table):
            return rows_to_judge_by(fitted, X, y)  # type: ignore[arg-type]
        rows, target = validated(self, X, y, y_numeric=True, reset=False)
        return rows_to_judge_by(fitted, rows, target, sigma, row_weights(sample_weight, rows), x_sigma)

    def _found(self) -> Any:
        """What the fit has left."""
        for found in self._all_found():
            return found
        raise AttributeError("Nothing has been found yet; call fit(X, y) first.")

    def _all_found(self) -> list[Any]:
        """The same in a list, which is empty before a fit."""
        return [self.fitted_] if "fitted_" in vars(self) else []

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
