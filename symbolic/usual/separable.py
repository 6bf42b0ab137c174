"""A usual form fitted to rows: linear parameters by least squares at every point of a grid of the others.

Variable projection (Golub & Pereyra, *SIAM J. Numer. Anal.* 10, 413, 1973) leaves the inner parameters alone
to be searched, and these lie on scales that the column itself has. The best valleys of the grid are where
Levenberg-Marquardt begins. Grids are held against means of neighbouring rows, so that their cost does not
grow with the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
from scipy.ndimage import minimum_filter

from kantools.clock import CALL, worked
from kantools.symbolic.fit.least_squares import least_squares
from kantools.symbolic.usual_form import Scale, UsualForm

__all__ = ["Curve", "FittedForm", "best_of", "curve_of", "starts"]

Array = np.ndarray
CELLS, CELLS_OF_WAVES = 80, 240  # means of rows that grids are held against
VALLEYS = 3  # from which least squares begins
FIRST, LAST = 8, 30  # iterations of least squares on the means, from each valley and from the best of them
ALIKE = 1e-12  # share of the linear factors' power below which they are one factor
OPERATIONS = 6  # for each point of a grid, row and linear parameter: measured


@dataclass(frozen=True)
class Curve:
    """Rows of one column, in the order of the column.

    Attributes
    ----------
    x, y, weight : ndarray, shape (rows,)
    """

    x: Array
    y: Array
    weight: Array

    def means(self, cells: int) -> "Curve":
        """As many means of neighbouring rows at most.

        >>> curve = curve_of(np.arange(6.0), np.arange(6.0) ** 2, np.ones(6)).means(3)
        >>> curve.x.tolist(), curve.y.tolist(), curve.weight.tolist()
        ([0.5, 2.5, 4.5], [0.5, 6.5, 20.5], [2.0, 2.0, 2.0])
        """
        if len(self.x) <= cells:
            return self
        starts = np.linspace(0, len(self.x), cells, endpoint=False).astype(int)
        weight = np.add.reduceat(self.weight, starts)
        x, y = (np.add.reduceat(self.weight * v, starts) / weight for v in (self.x, self.y))
        return Curve(x, y, weight)

    def left_by_cells(self, cells: int) -> float:
        """The weighted sum of squares within cells of neighbouring rows.

        >>> curve_of(np.arange(4.0), np.array([0.0, 2.0, 5.0, 5.0]), np.ones(4)).left_by_cells(2)
        2.0
        """
        means = self.means(max(cells, 1))
        return float(np.sum(self.weight * self.y**2) - np.sum(means.weight * means.y**2))

    @cached_property
    def few(self) -> "Curve":
        return self.means(CELLS)

    @cached_property
    def many(self) -> "Curve":
        return self.means(CELLS_OF_WAVES)


def curve_of(x: Array, y: Array, weight: Array) -> Curve:
    """The rows in the order of the column."""
    order = np.argsort(x, kind="stable")
    return Curve(x[order], y[order], weight[order])


@dataclass(frozen=True)
class FittedForm:
    """A form with values for its parameters.

    Attributes
    ----------
    form : UsualForm
    values : ndarray, shape (parameters,)
    loss : float
        Mean of the squared weighted residuals, on the rows it was fitted to.
    """

    form: UsualForm
    values: Array
    loss: float

    @property
    def inner(self) -> Array:
        """The values of the inner parameters."""
        return self.values[len(self.form.linear) :]

    def on(self, curve: Curve) -> "FittedForm":
        """The same values, held against other rows."""
        residual = curve.y - self.form.program.value(curve.x[:, None], self.values)
        with np.errstate(over="ignore"):
            loss = float(np.mean(curve.weight * residual**2))
        return replace(self, loss=loss if np.isfinite(loss) else np.inf)

    def refined(self, curve: Curve, iterations: int) -> "FittedForm":
        """All parameters together, by least squares from these values."""
        fit = least_squares(
            self.form.program, self.values, curve.x[:, None], curve.y, curve.weight, max_iterations=iterations
        )
        return replace(self, values=fit.values, loss=fit.loss)


def best_of(found: Sequence[FittedForm], curve: Curve) -> FittedForm:
    """The best that least squares makes of these values of a form, on means of the rows.

    Its path depends on the unit of the column, in which a factor and an exponent are more or less the same
    thing, so that it is taken in a unit of the column's own.

    Examples
    --------
    >>> from kantools.symbolic.usual_form import USUAL_FORMS
    >>> x = np.linspace(1, 9, 50)
    >>> curve = curve_of(x, 3e6 * x / (2 + x), np.ones(50))
    >>> best_of(starts(USUAL_FORMS["saturation"], curve), curve).values.round(4).tolist()
    [3000000.0, 2.0]
    """
    form = found[0].form
    rows = _means_for(form, curve)
    unit = np.abs(rows.x).max()
    inner_units = unit ** np.array([float(scale.power) for scale in form.inner.values()])
    scaled = replace(rows, x=rows.x / unit)
    begun = (_at(form, f.inner / inner_units, scaled).refined(scaled, FIRST) for f in found)
    best = min(begun, key=lambda f: f.loss).refined(scaled, LAST)
    return _at(form, best.inner * inner_units, rows)


def _at(form: UsualForm, inner: Array, rows: Curve) -> FittedForm:
    """A form with these inner parameters, and the best linear ones."""
    (linear,), (loss,) = _projected(form, inner[None], rows)
    return FittedForm(form, np.concatenate([linear, inner]), float(loss))


def _means_for(form: UsualForm, curve: Curve) -> Curve:
    return curve.many if Scale.FREQUENCY in form.inner.values() else curve.few


def starts(form: UsualForm, curve: Curve) -> list[FittedForm]:
    """From where least squares begins: the deepest valleys of the grid, the deepest first.

    There are none where the form is real and finite nowhere on the grid.
    """
    rows = _means_for(form, curve)
    axes = [scale.values(rows.x) for scale in form.inner.values()]
    points = np.array([*product(*axes)], dtype=float)
    linear, loss = _projected(form, points, rows)
    valleys = np.flatnonzero(_lowest_around(loss.reshape([len(axis) for axis in axes])).ravel() == loss)
    good = [k for k in valleys[np.argsort(loss[valleys])] if np.isfinite(loss[k])]
    return [FittedForm(form, np.concatenate([linear[k], points[k]]), loss[k]) for k in good[:VALLEYS]]


def _lowest_around(loss: Array) -> Array:
    """The least loss of each point of a grid and its neighbours."""
    return minimum_filter(loss, 3, mode="nearest") if loss.ndim else loss


@np.errstate(over="ignore", invalid="ignore")
def _projected(form: UsualForm, points: Array, rows: Curve) -> tuple[Array, Array]:
    """The linear parameters at each point, shape (points, linear), and the loss that they leave."""
    worked(CALL * 20 + OPERATIONS * len(points) * len(rows.x) * len(form.linear))
    shape = (len(points), len(rows.x))
    columns = [np.broadcast_to(c, shape) for c in (rows.x, *points.T[:, :, None])]
    root = np.sqrt(rows.weight)
    A = np.stack([root * factor.on(*columns) for factor in form.factors], axis=-1)
    usable = np.isfinite(A).all(axis=(1, 2))
    A, b = np.where(usable[:, None, None], A, 1.0), root * rows.y
    size = np.sqrt(np.einsum("gri,gri->gi", A, A))
    usable &= ((size > 0) & np.isfinite(size)).all(axis=1)
    size = np.where(usable[:, None], size, 1.0)
    A = np.where(usable[:, None, None], A / size[:, None, :], 1.0)
    gram = np.einsum("gri,grj->gij", A, A) + ALIKE * np.eye(len(form.linear))
    linear = np.linalg.solve(gram, np.einsum("gri,r->gi", A, b)[..., None])[..., 0]
    loss = np.mean((b - np.einsum("gri,gi->gr", A, linear)) ** 2, axis=1)
    return linear / size, np.where(usable & np.isfinite(loss), loss, np.inf)
