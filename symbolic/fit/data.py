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
from kantools.symbolic.noise import NOISE
from kantools.symbolic.noise.rounding import mean_within
from kantools.symbolic.noise.written import rounded_target
from kantools.symbolic.units.units import Units, read_units
from kantools.table import Table
from kantools.thinning import evenly

__all__ = ["Data", "data_of"]

#: Relative residuals below this are rounding error of a law without noise.
ROUNDING = 1e-11
#: Share of the variance that is nothing.
NOTHING = 1e-10
#: The fields that have a value, or a line, for each row.
OF_ROWS = ("X", "y", "weight", "size", "x_sigma", "rounded")


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
    scatter : str
        How the target scatters: the name of a noise model (:mod:`kantools.symbolic.noise`), or "given".
    size : ndarray, or None
        The deviation of each row up to a factor, as the noise model has it; None where it is the same
        everywhere, or was given.
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
    rounded : ndarray, shape (rows,), or None
        The variance of each target value that the few digits of the table leave; None where they are full.
    parameters : ndarray, or None
        Of the noise model, as they were estimated with ``size``.
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
    rounded: np.ndarray | None = None
    parameters: np.ndarray | None = None

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
        """How many rows of equal weight carry as much: ``(Σw)² / Σw²``.

        That the noise goes with the target says how far rows scatter, not how often they count.
        """
        if self.known:
            return float(len(self.y))
        return float(self._counted.sum() ** 2 / (self._counted**2).sum())

    @property
    def _counted(self) -> np.ndarray:
        """How often rows count, apart from how far they scatter."""
        return self.weight if self.size is None else self.weight * self.size**2

    @cached_property
    def rounding(self) -> float:
        """The mean square that rounding leaves: that of the table's digits, or of double precision."""
        if self.rounded is None:
            return self._of_arithmetic
        return max(self._of_arithmetic, float(np.mean(self.weight * self.rounded)))

    @cached_property
    def _of_arithmetic(self) -> float:
        """The mean square that double precision leaves; small beside the variance also where that is small
        beside the mean, but never below the last digit of the target."""
        last = float(np.finfo(float).eps) ** 2 * self.power
        return max(min(ROUNDING**2 * self.power, NOTHING * self.variance), last)

    def explained(self, loss: float) -> bool:
        """Whether nothing but rounding error is left: of double precision, or of the table's digits."""
        if loss <= 100 * self._of_arithmetic:
            return True
        return self.rounded is not None and mean_within(loss, self.weight * self.rounded)

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
        likelihood at its maximum over the unknown variance. The constant is the same for all formulas and
        for all noise models of a table.
        """
        n = len(self.y)
        if not np.isfinite(loss):
            return np.inf
        spread = 0.0 if self.size is None else self._spread(self.size)
        if self.known:
            return 0.5 * n * loss + spread
        power = self.power if self.size is None else self._told_power * float(self._counted.mean())
        return 0.5 * n * float(np.log((loss + self.rounding) / power)) + spread

    def misfit_of(self, f: np.ndarray) -> float:
        """The same of a law with the values ``f``, shape (rows,), where deviations follow from these.

        ``size`` holds those of what stood in for the law. A law that is far from it is not excused by them.
        """
        if self.size is None or self.parameters is None or not NOISE[self.scatter].follows:
            return self.misfit(float(np.mean(self.weight * (self.y - f) ** 2)))
        squares = self._counted / self._counted.mean() * (self.y - f) ** 2
        own = np.sqrt(NOISE[self.scatter].variance(f, self.parameters))
        if not (np.isfinite(squares).all() and (own > 0).all()):
            return np.inf
        loss, n = float(np.mean(squares / own**2)), len(self.y)
        if self.known:
            return 0.5 * n * loss + self._spread(own)
        return 0.5 * n * float(np.log(loss / self._told_power + self._floor(own))) + self._spread(own)

    def _floor(self, own: np.ndarray) -> float:
        """What rounding leaves with other deviations than ``size``, over the power of the target."""
        rounded = self._of_arithmetic / self.weight if self.rounded is None else self.rounded
        return float(np.mean(rounded / own**2)) / self._told_power

    @cached_property
    def _told_power(self) -> float:
        """Mean square of the target, rows as they count before a noise model."""
        return float(np.average(self.y**2, weights=self._counted)) or 1.0

    def _spread(self, size: np.ndarray) -> float:
        """``Σ ln σ_i`` beside that of constant noise, and what the model's parameters cost more.

        With ``w_i = c/σ_i²`` for rows that count alike, ``-½ Σ ln w = Σ ln σ_i - n/2 ln c``. Where the
        variances themselves are known, nothing is left of ``n/2 (1 + ln power)``, which constant noise
        leaves out.
        """
        n = len(self.y)
        parameters = 0.5 * (NOISE[self.scatter].parameters - 1) * float(np.log(n))
        spread = float(np.log(size).sum()) + parameters
        return spread - 0.5 * n * (1 + float(np.log(self._told_power))) if self.known else spread

    def take(self, rows: np.ndarray) -> "Data":
        taken = {k: v[rows] for k in OF_ROWS if (v := getattr(self, k)) is not None}
        return replace(self, **taken)

    def thinned(self, most: int) -> "Data":
        """So many of the rows at most, evenly."""
        return self if len(self.y) <= most else self.take(evenly(len(self.y), most))

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
        scatter="given" if known else "constant",
        units=told,
        language=language,
        x_sigma=None if table.x_sigma is None else table.x_sigma[keep],
        loss=LOSSES[loss],
        rounded=None if known else rounded_target(table.X[keep], table.y[keep]),
    )
