"""How sure a trained network is: the standard error of its value, and where a new measurement will lie.

Around the trained coefficients the network is taken for linear, with the smoothness penalty ``Q`` as a prior.
With the weighted Jacobian ``J`` the coefficients then have the covariance ``s² (J'WJ + Q)⁻¹`` (Laplace's
approximation, for one layer Wahba's intervals of a smoothing spline), the hat matrix is
``H = J (J'WJ + Q)⁻¹ J'W``, its trace the effective number of coefficients, and a row that is left out lies
``r_i / (1 - h_i)`` from its prediction: no second training is needed.

A new measurement lies within ``q s sqrt(1 + l(x))`` of its prediction, ``l(x)`` the leverage of its row.
The quantile ``q`` is that of the rows, each left out, so that it does not matter how the noise is distributed
(the jackknife of conformal prediction). Where rows are too few to have such a quantile it is Student's.

Sources: G. Wahba, J. R. Stat. Soc. B 45 (1983) 133-150; D. MacKay, Neural Computation 4 (1992) 448-472;
R. Barber, E. Candès, A. Ramdas, R. Tibshirani, Annals of Statistics 49 (2021) 486-507.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import LinAlgError, cholesky, solve_triangular
from scipy.stats import t as student

from kantools.network import KAN
from kantools.table import Table
from kantools.training.checked_rows import rows_for
from kantools.training.jacobian import forward, jacobian
from kantools.training.least_squares import Evaluation, LeastSquares, evaluate
from kantools.training.model import Plan, State, plan, state_of
from kantools.training.normal import normal
from kantools.training.quadratic import add_blocks, roughness, smoothness_blocks
from kantools.training.unit import deviation

__all__ = ["MOST", "Uncertainty", "standard_error", "uncertainty_of"]

MOST = 3000
"""With more coefficients than this nothing is worked out: the matrix grows with their square."""

RIDGES = (1e-12, 1e-9, 1e-6)
"""Relative to the diagonal: what is added, as little as will do, to directions that nothing determines."""

LARGEST = 1 - 1e-6
"""The leverage of a row on itself; with one, its residual would say nothing."""

BLOCK = 4096


@dataclass(frozen=True)
class Uncertainty:
    """What the rows leave open about a trained network.

    Attributes
    ----------
    root : ndarray, shape (coefficients, coefficients)
        A lower triangle ``R``; a row with the gradient ``j`` by the coefficients has the leverage ``|R j|²``.
    deviation : float
        Standard deviation ``s`` of a measurement of average weight, in the target's unit.
    freedom : float
        Rows less effective coefficients.
    scores : ndarray, shape (rows,)
        Sorted distances of the rows, each left out, from their predictions, in units of
        ``s sqrt(1 + l)``.
    """

    root: np.ndarray
    deviation: float
    freedom: float
    scores: np.ndarray

    @property
    def finite(self) -> bool:
        return bool(np.isfinite([self.deviation, self.freedom]).all() and np.isfinite(self.root).all())

    def quantile(self, level: float) -> float:
        """So many times ``s sqrt(1 + l)`` hold this share of new measurements.

        The ``⌈level (n + 1)⌉``-th of the ``n`` scores.

        >>> Uncertainty(np.eye(1), 1.0, 9.0, np.arange(100.0)).quantile(0.95)
        95.0
        """
        place = int(np.ceil(level * (len(self.scores) + 1) - 1e-9))
        if place > len(self.scores):
            return float(student.ppf((1 + level) / 2, self.freedom))
        return float(self.scores[place - 1])

    def half_width(self, std: np.ndarray, level: float) -> np.ndarray:
        """Half the width of prediction intervals where the network has these standard errors."""
        return self.quantile(level) * np.hypot(std, self.deviation)


def uncertainty_of(network: KAN, table: Table, smoothness: float) -> Uncertainty | None:
    """What a table leaves open about the network that was trained on it.

    Parameters
    ----------
    network : KAN
        With one output.
    table : Table
        What it was trained on.
    smoothness : float
        Weight of the penalty that it was trained with, :attr:`kantools.training.history.History.smoothness`.

    Returns
    -------
    Uncertainty, or None
        None for more than :data:`MOST` coefficients, for several outputs, or where the equations are not
        finite.

    Examples
    --------
    >>> from kantools.table import table_from_arrays
    >>> from kantools.training import train
    >>> x = np.linspace(0, 6, 200)
    >>> table = table_from_arrays(x, np.sin(x) + 0.1 * np.random.default_rng(0).normal(size=200))
    >>> network = KAN([1, 1])
    >>> found = uncertainty_of(network, table, train(network, table, smoothness="gcv").smoothness)
    >>> bool(0.09 < found.deviation < 0.11), bool(185 < found.freedom < 197)
    (True, True)
    """
    p = plan(network)
    if p.offsets[-1] > MOST or p.outputs != 1:
        return None
    rows, state = rows_for(network, table).relative, state_of(network, p)
    with np.errstate(all="ignore"):
        scale = deviation(rows.Y, rows.weight)
        found = _found(
            LeastSquares(p, rows.X, rows.Y, rows.weight, scale, state.knots[0], BLOCK), state, smoothness
        )
    return found if found is not None and found.finite else None


def _found(problem: LeastSquares, state: State, smoothness: float) -> Uncertainty | None:
    scale = problem.scale[0]
    if not 0 < scale < np.inf:  # a target that never varies, or one whose squares are no floats
        return None
    at = evaluate(problem, state)
    root = _root(_penalised(problem, at, smoothness))
    if root is None:
        return None
    return _judged(problem, at, root / (np.sqrt(len(problem.X)) * scale))


def standard_error(network: KAN, found: Uncertainty, X: np.ndarray) -> np.ndarray:
    """Standard error of the network's value at the rows of ``X``, ``s sqrt(l(x))``, shape (rows,)."""
    p = plan(network)
    return found.deviation * np.sqrt(_leverage(found.root, p, state_of(network, p), X))


def _penalised(problem: LeastSquares, at: Evaluation, smoothness: float) -> np.ndarray:
    """``J'WJ + Q``."""
    equations, rough = normal(problem, at), roughness(problem.plan, at.state)
    add_blocks(equations.matrix, smoothness_blocks(problem.plan, rough, equations.reach), smoothness)
    return equations.matrix


def _judged(problem: LeastSquares, at: Evaluation, root: np.ndarray) -> Uncertainty:
    """Deviation, freedom and scores from the residuals of the rows, each left out."""
    lever, counted = _leverage(root, problem.plan, at.state, problem.X), len(problem.X) * problem.weight
    own = np.clip(counted * lever, 0.0, LARGEST)
    residual = at.residuals[:, 0] / problem.root[:, 0]
    freedom = max(float(len(own) - own.sum()), 1.0)
    rounding = np.finfo(float).eps * np.abs(problem.Y).max()
    size = float(np.abs(residual).max()) or 1.0  # squares of large numbers are no floats
    s = size * float(np.sqrt(counted @ (residual / size) ** 2 / freedom))
    s = max(s, float(rounding), np.finfo(float).tiny)
    left_out = np.abs(residual) / (1 - own)
    return Uncertainty(root, s, freedom, np.sort(left_out / (s * np.sqrt(1 + lever / (1 - own)))))


def _leverage(root: np.ndarray, p: Plan, state: State, X: np.ndarray) -> np.ndarray:
    """``|R j|²`` of each row, a block of rows at a time."""
    found = np.empty(len(X))
    for first in range(0, len(X), BLOCK):
        rows = slice(first, first + BLOCK)
        gradients = jacobian(p, forward(p, state, X[rows]))
        found[rows] = np.square(gradients @ root.T).sum(1)
    return found


def _root(matrix: np.ndarray) -> np.ndarray | None:
    """The lower triangle ``R`` with ``R'R = M⁻¹``; None where the matrix is not finite.

    >>> M = np.array([[4.0, 1.0], [1.0, 2.0]])
    >>> R = _root(M)
    >>> np.allclose(R.T @ R @ M, np.eye(2))
    True
    """
    diagonal = np.diag(matrix)
    scale = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
    scaled = matrix * scale * scale[:, None]
    if not np.isfinite(scaled).all():
        return None
    for ridge in RIDGES:
        scaled[np.diag_indices_from(scaled)] = 1 + ridge
        try:
            return solve_triangular(cholesky(scaled, lower=True), np.diag(scale), lower=True)
        except LinAlgError:
            continue
    return None
