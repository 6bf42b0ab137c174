"""What a formula is fitted to: arrays, weights, and what the target's noise is known to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from sympy import Expr, Symbol

from kantools.symbolic.evaluate import column_symbols
from kantools.symbolic.fit.far import centres
from kantools.symbolic.fit.robust import LOSSES, Loss
from kantools.symbolic.language.language import Language, language_of
from kantools.symbolic.units.units import Units, read_units
from kantools.table import Table
from kantools.thinning import evenly

__all__ = ["Data", "data_of"]

#: Relative residuals below this are rounding error of a law without noise.
ROUNDING = 1e-11
#: Share of the variance that is nothing.
NOTHING = 1e-10


@dataclass(frozen=True)
class Data:
    """Rows to fit to.

    Attributes
    ----------
    columns : tuple of str
    X, y : ndarray
    weight : ndarray
        Multiplies squared residuals: ``1/sigma²`` where sigma is known, else relative weights of mean 1.
    known : bool
        Whether the weights are inverse variances, so that the loss is chi-squared per row.
    scatter : {"constant", "relative"}
        How the unknown noise goes with the target: the same on every row, or in proportion to it.
    size : ndarray, or None
        What relative noise is in proportion to, on each row; None where it is the same everywhere.
    units : Units or None
        Those of columns and target, where formulas have to be consistent with them.
    language : Language
        What formulas may be made of, and what they cost.
    x_sigma : ndarray, shape (rows, columns), or None
        Standard errors of the columns, where constants are fitted with them. The weights are then inverse
        variances of the target alone.
    loss : Loss
        What residuals cost.
    estimated : bool
        Whether variances that count as known were estimated from what a law left of these rows.
    """

    columns: tuple[str, ...]
    X: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    known: bool = False
    scatter: str = "constant"
    size: np.ndarray | None = None
    units: Units | None = None
    language: Language = field(default_factory=language_of)
    x_sigma: np.ndarray | None = None
    loss: Loss = LOSSES["squared"]
    estimated: bool = False

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        return column_symbols(self.columns)

    @cached_property
    def power(self) -> float:
        """Weighted mean square of the target."""
        return float(np.mean(self.weight * self.y**2)) or 1.0

    @cached_property
    def variance(self) -> float:
        """Weighted variance of the target."""
        mean = np.average(self.y, weights=self.weight)
        return float(np.mean(self.weight * (self.y - mean) ** 2)) or 1.0

    @cached_property
    def effective_rows(self) -> float:
        """How many rows of equal weight carry as much: ``(Σw)² / Σw²`` for relative weights.

        That the noise goes with the target says how far rows scatter, not how often they count.
        """
        if self.known:
            return float(len(self.y))
        counted = self.weight if self.size is None else self.weight * self.size**2
        return float(counted.sum() ** 2 / (counted**2).sum())

    @cached_property
    def rounding(self) -> float:
        """The mean square that rounding errors leave; small beside the variance also where that is small
        beside the mean, but never below the last digit of the target."""
        last = float(np.finfo(float).eps) ** 2 * self.power
        return max(min(ROUNDING**2 * self.power, NOTHING * self.variance), last)

    def explained(self, loss: float) -> bool:
        """Whether nothing but rounding error is left."""
        return loss <= 100 * self.rounding

    def freedom(self, constants: int) -> float:
        """Degrees of freedom that are left beside so many constants, 1 at least."""
        return max(self.effective_rows - constants, 1.0)

    def noise_level(self, loss: float, constants: int) -> float:
        """Variance of a weighted residual: 1 where sigma is known, else estimated, never below rounding."""
        if self.known:
            return 1.0
        return max(loss * self.effective_rows / self.freedom(constants), self.rounding)

    def misfit(self, loss: float) -> float:
        """Negative logarithm of the likelihood, in nats, up to a constant.

        ``n/2 * chi²/n`` with known sigma; ``n/2 * log(mean square)`` with the noise estimated, which is the
        likelihood at its maximum over the unknown variance.
        """
        n = len(self.y)
        if not np.isfinite(loss):
            return np.inf
        return 0.5 * n * loss if self.known else 0.5 * n * float(np.log((loss + self.rounding) / self.power))

    def take(self, rows: np.ndarray) -> "Data":
        size = None if self.size is None else self.size[rows]
        errors = None if self.x_sigma is None else self.x_sigma[rows]
        return replace(
            self, X=self.X[rows], y=self.y[rows], weight=self.weight[rows], size=size, x_sigma=errors
        )

    def thinned(self, most: int) -> "Data":
        """So many of the rows at most, evenly."""
        return self if len(self.y) <= most else self.take(evenly(len(self.y), most))

    def relative(self, size: np.ndarray) -> "Data":
        """The same rows, for noise in proportion to ``size``, the target as a formula has it."""
        weight = self.weight / size**2
        return replace(self, weight=weight / weight.mean(), scatter="relative", size=np.abs(size))

    def admits(
        self, template: Expr, constants: Sequence[Symbol], values: np.ndarray, *, scales: bool = False
    ) -> bool:
        """Whether a template is consistent with the units, where they are known; on request in size, too."""
        if self.units is None:
            return True
        known = dict(zip(constants, values.tolist(), strict=True))
        return self.units.consistent(template, known, scales=scales)

    def is_constant(self, expr: Expr) -> bool:
        return not (expr.free_symbols & set(self.symbols))


def data_of(
    table: Table,
    units: Mapping[str, str] | None = None,
    language: Language | None = None,
    loss: str = "squared",
) -> Data:
    """The rows of a table that carry weight, as a formula's refit wants them; units where they count."""
    weight = np.ones(table.rows) if table.weight is None else np.asarray(table.weight, float)
    known = table.sigma is not None
    if known:
        weight = weight / table.sigma**2  # type: ignore[operator]
    keep = weight > 0
    if not known:
        weight = weight / weight[keep].mean()
    told = None if units is None else read_units(units, table.columns, table.target)
    if told is not None:
        told = replace(told, centres=centres(column_symbols(table.columns), table.X[keep]))
    language = language or language_of()
    return Data(
        table.columns,
        table.X[keep],
        table.y[keep],
        weight[keep],
        known,
        units=told,
        language=language,
        x_sigma=None if table.x_sigma is None else table.x_sigma[keep],
        loss=LOSSES[loss],
    )
