"""Intervals of constants from the shape of the loss itself, not from a parabola in its place.

``value ± error`` supposes that the loss rises like a parabola to both sides. Where a formula is far from
linear in a constant, it does not: the rate of a decay that the rows show only the tail of may be known from
below and not from above. The profile goes along one constant with all others at their best,

    τ(θ) = sign(θ - θ̂) sqrt((S(θ) - S(θ̂)) / s²),    S(θ) = min over the other constants of Σ w (y - f)²

and the interval holds the θ with ``|τ| ≤ t``, the quantile of Student's distribution with ``n - p`` degrees
of freedom (``t² = F(1, n - p)``); where sigma is known ``s² = 1`` and ``t² = χ²(1)``. For formulas that are
linear in their constants τ is a straight line, and the interval is the usual one.

D. M. Bates, D. G. Watts, *Nonlinear Regression Analysis and Its Applications* (Wiley, 1988), section 6.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm, t
from sympy import Expr, Symbol

from kantools.errors import SettingError
from kantools.symbolic.constant import Constant
from kantools.symbolic.evaluate import Program, compile_expression
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.minimum import finished, freedom
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.fit.settle import Settled
from kantools.symbolic.trust.prediction import check_level
from kantools.table import Table

__all__ = ["Profile", "Profiles", "profiles"]

Array = np.ndarray

PACE = 6  # points from the minimum to the bound
FAR = 1e9  # standard errors: where the loss has not risen until there, there is no bound
POINTS = 120
LOWER = 1e-6  # a loss that is lower by this share is another minimum
RESTARTS = 3
STEPS = 200
ROUNDING = 1e-13
AT_THE_EDGE = 1e-6  # standard errors


@dataclass(frozen=True)
class Profile:
    """The profile of one constant.

    Attributes
    ----------
    symbol : Symbol
    value, error : float
        At the minimum.
    lower, upper : float
        Bounds of the interval; infinite where the rows give none.
    grid, tau : ndarray, shape (points,)
        Values of the constant and ``τ`` there, in order.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> x = np.arange(6.0)
    >>> table = Table(("x",), x[:, None], "y", np.array([0.1, 1.9, 4.1, 5.9, 8.1, 9.9]))
    >>> (slope,) = refit("b*x", table).profile(table).curves
    >>> slope.lower < slope.value < slope.upper, slope.grid.shape == slope.tau.shape
    (True, True)
    """

    symbol: Symbol
    value: float
    error: float
    lower: float
    upper: float
    grid: Array
    tau: Array


@dataclass(frozen=True)
class Profiles:
    """The profiles of all free constants.

    Attributes
    ----------
    level : float
    threshold : float
        The ``|τ|`` of the bounds.
    curves : tuple of Profile

    Examples
    --------
    >>> curve = Profile(Symbol("b"), 2.0, 0.1, 1.8, np.inf, np.array([2.0]), np.array([0.0]))
    >>> Profiles(0.95, 1.96, (curve,)).intervals
    {'b': (1.8, inf)}
    """

    level: float
    threshold: float
    curves: tuple[Profile, ...]

    @property
    def intervals(self) -> dict[str, tuple[float, float]]:
        """Bounds by name of the constant."""
        return {c.symbol.name: (c.lower, c.upper) for c in self.curves}


class _LowerMinimum(Exception):
    """A profile has come to constants that fit better than those it began with."""

    def __init__(self, values: Array) -> None:
        super().__init__()
        self.values = values


def profiles(template: Expr, free: Sequence[Constant], table: Table, level: float = 0.95) -> Profiles:
    """What :meth:`kantools.symbolic.formula.Formula.profile` tells.

    Parameters
    ----------
    template : Expr
        In the columns and the symbols of the constants that are free.
    free : sequence of Constant
        Where the minimum is looked for.
    table : Table
    level : float

    Raises
    ------
    SettingError
        For a level that is no share, and where the lowest minimum is not found.
    """
    level, data = check_level(level), data_of(table)
    symbols, values = [c.symbol for c in free], np.array([c.value for c in free])
    program = compile_expression(template, data.symbols, symbols)
    if data.x_sigma is not None:
        data = with_scatter(data, lambda X: program.value(X, values), len(free))
    problem = _Joint(template, program, symbols, data, table.sigma is not None)
    start = values
    for _ in range(RESTARTS):
        try:
            return _profiles(problem, start, level)
        except _LowerMinimum as found:
            start = found.values
    raise SettingError(
        "Profiles start from the lowest minimum; from these constants lower ones were found again and again. "
        "Fit the formula with refit and other first values."
    )


@dataclass(frozen=True)
class _Joint:
    """A template with all its constants, and the rows; whether their errors were given."""

    template: Expr
    program: Program
    symbols: list[Symbol]
    data: Data
    known: bool

    def without(self, k: int) -> Program:
        """The program in which one constant is a column behind the others."""
        others = self.symbols[:k] + self.symbols[k + 1 :]
        return compile_expression(self.template, (*self.data.symbols, self.symbols[k]), others)


def _profiles(problem: _Joint, start: Array, level: float) -> Profiles:
    data = problem.data
    end = finished(problem.program, start, data, STEPS)
    variance = 1.0 if data.known else end.rss / freedom(end, data)
    quantile = 0.5 + level / 2
    threshold = float(norm.ppf(quantile) if problem.known else t.ppf(quantile, freedom(end, data)))
    errors = np.sqrt(np.diag(end.inverse) * variance)
    curves = []
    for k, symbol in enumerate(problem.symbols):
        value, error = float(end.values[k]), float(errors[k])
        if end.open[k]:
            curves.append(_point(symbol, value, np.nan, -np.inf, np.inf))
        elif error <= abs(value) * ROUNDING:  # only rounding is left, which is no parabola
            curves.append(_point(symbol, value, error, value, value))
        else:
            curves.append(
                _curve(_Along(problem.without(k), k, end, variance, data), symbol, error, threshold)
            )
    return Profiles(level, threshold, tuple(curves))


def _point(symbol: Symbol, value: float, error: float, lower: float, upper: float) -> Profile:
    """A profile that has nothing to trace."""
    return Profile(symbol, value, error, lower, upper, np.array([value]), np.array([0.0]))


@dataclass(frozen=True)
class _Along:
    """The loss along one constant, which is a column of the rows now; the other constants follow.

    Attributes
    ----------
    program : Program
        Of the other constants.
    k : int
        Which constant of all.
    end : Settled
        The minimum.
    variance : float
    data : Data
    known : dict of float to (float, ndarray)
        Values with their τ and the other constants.
    """

    program: Program
    k: int
    end: Settled
    variance: float
    data: Data
    known: dict[float, tuple[float, Array]] = field(default_factory=dict)

    @property
    def centre(self) -> float:
        return float(self.end.values[self.k])

    def tau(self, value: float) -> float:
        """Without its sign; infinite where the formula is not real."""
        if value not in self.known:
            self.known[value] = self._at(value)
        return self.known[value][0]

    def _at(self, value: float) -> tuple[float, Array]:
        end = finished(self.program, self._others_near(value), _with_column(self.data, value), STEPS)
        rounding = len(self.data.y) * self.data.power * ROUNDING**2
        if end.rss < self.end.rss * (1 - LOWER) - rounding:
            raise _LowerMinimum(np.insert(end.values, self.k, value))
        return float(np.sqrt(max(end.rss - self.end.rss, 0.0) / self.variance)), end.values

    def _others_near(self, value: float) -> Array:
        if not self.known:
            return np.delete(self.end.values, self.k)
        return self.known[min(self.known, key=lambda v: abs(v - value))][1]


def _with_column(data: Data, value: float) -> Data:
    """The rows with one number in a last column, which is exact."""

    def beside(X: Array, number: float) -> Array:
        return np.column_stack([X, np.full(len(X), number)])

    errors = None if data.x_sigma is None else beside(data.x_sigma, 0.0)
    return replace(data, X=beside(data.X, value), x_sigma=errors)


def _curve(one: _Along, symbol: Symbol, error: float, threshold: float) -> Profile:
    one.tau(one.centre)
    lower, upper = (_bound(one, way * error, threshold) for way in (-1, 1))
    grid = np.array(sorted(v for v, (tau, _) in one.known.items() if np.isfinite(tau)))
    tau = np.array([np.sign(v - one.centre) * one.tau(v) for v in grid.tolist()])
    return Profile(symbol, one.centre, error, lower, upper, grid, tau)


def _bound(one: _Along, error: float, threshold: float) -> float:
    """Where τ comes to the threshold; the error's sign says on which side.

    Steps are such that τ rises by a sixth of the threshold with each, at most four times as long as the one
    before, so that a loss that levels off is followed very far. Where the formula ceases to be real before τ
    is there, that place is the bound.
    """
    inside, step, edge = one.centre, error * threshold / PACE, np.inf
    for _ in range(POINTS):
        value = inside + step
        tau = one.tau(value)
        if tau == np.inf:
            edge = value
        elif tau >= threshold:
            return _crossing(one, inside, value, threshold)
        elif abs(value - one.centre) > FAR * abs(error):
            break
        else:
            rise = max(tau - one.tau(inside), 0.0) * PACE
            step *= float(np.clip(threshold / max(rise, 1e-300), 0.5, 4.0))
            inside = value
        if abs(edge - inside) < abs(error) * AT_THE_EDGE:
            return inside
        step = float(np.sign(error)) * min(abs(step), abs(edge - inside) / 2)
    return float(np.sign(error)) * np.inf


def _crossing(one: _Along, inside: float, outside: float, threshold: float) -> float:
    close = abs(outside - inside) * 1e-9
    return float(brentq(lambda value: one.tau(value) - threshold, inside, outside, xtol=close))
