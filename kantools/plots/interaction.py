r"""Which inputs a model uses, and which of them act together.

The share of the model's variance in which a set of inputs takes part, by mixed differences over the data:
for one input ``½ E[(Δ_j f)²] / Var f``, for two ``¼ E[(Δ_j Δ_k f)²] / Var f``, where ``Δ_j`` changes column
``j`` into its value in another row. The first is the total Sobol index; the second is zero exactly where
the two add up, ``f = g(x_j, …) + h(x_k, …)``.

Sources: M. J. W. Jansen, Computer Physics Communications 117 (1999) 35; R. Liu and A. B. Owen, Journal of the
American Statistical Association 101 (2006) 712.
"""

from itertools import combinations

import numpy as np

from kantools.plots.kind import Predictor

__all__ = ["shares"]

#: Differences that each share is the average of; rows are used again, with other partners, to have so many.
DIFFERENCES = 4000


def shares(model: Predictor, X: np.ndarray, seed: int = 0) -> np.ndarray:
    """The share of the variance in which each input (diagonal) and each pair of them takes part.

    Parameters
    ----------
    model : Predictor
    X : ndarray, shape (rows, inputs)
        Columns are taken to vary independently. Rows for which the model has no value do not count.
    seed : int
        Of the rows that are compared.

    Returns
    -------
    ndarray, shape (inputs, inputs)
        Symmetric, 0 … 1, with the sampling error of as many differences; zeros for a constant model.

    Examples
    --------
    >>> import numpy as np
    >>> class Model:
    ...     def predict(self, X):
    ...         return X[:, 0] * X[:, 1] + X[:, 2]
    >>> X = np.random.default_rng(0).choice([-1.0, 1.0], (4000, 3))
    >>> shares(Model(), X).round(1) + 0.0
    array([[0.5, 0.5, 0. ],
           [0.5, 0.5, 0. ],
           [0. , 0. , 0.5]])
    """
    rng = np.random.default_rng(seed)
    here = _repeated(np.asarray(X, dtype=float), rng)
    there = np.column_stack([rng.permutation(column) for column in here.T])
    base, inputs = model.predict(here), range(here.shape[1])
    alone = {j: model.predict(_moved(here, there, j)) for j in inputs}
    share = np.diag([_mean_square(base - alone[j]) / 2 for j in inputs])
    for j, k in combinations(inputs, 2):
        mixed = base - alone[j] - alone[k] + model.predict(_moved(here, there, j, k))
        share[j, k] = share[k, j] = _mean_square(mixed) / 4
    variance = float(np.var(base[np.isfinite(base)])) if np.isfinite(base).any() else 0.0
    return np.minimum(share / variance, 1.0) if variance else np.zeros_like(share)


def _repeated(X: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The rows, some of them or several times, so that there are about as many as differences are wanted."""
    if len(X) > DIFFERENCES:
        return X[rng.choice(len(X), DIFFERENCES, replace=False)]
    return np.tile(X, (max(DIFFERENCES // len(X), 1), 1))


def _moved(here: np.ndarray, there: np.ndarray, *columns: int) -> np.ndarray:
    moved = here.copy()
    moved[:, columns] = there[:, columns]
    return moved


def _mean_square(values: np.ndarray) -> float:
    finite = values[np.isfinite(values)]
    return float(np.mean(finite**2)) if len(finite) else 0.0
