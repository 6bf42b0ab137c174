"""Which usual form a formula is, and the numbers that people quote of it, with their errors.

A form is told by its values, however the formula was found or is written: each form is fitted to what the
formula says on its range, and is the one where it gives the same to rounding. Its parameters are then
functions of the formula's constants, ``∂f/∂θ dθ = ∂f/∂c dc`` on all points, and errors are carried over
through both. A number that was recognised as exact counts with the error that a free fit gave it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sympy import Abs, Expr, Symbol, sign
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from kantools.symbolic.constant import with_error
from kantools.symbolic.evaluate import column_symbols, compile_expression
from kantools.symbolic.formula import Formula
from kantools.symbolic.primitive import ARGUMENT
from kantools.symbolic.usual.separable import Curve, best_of, curve_of, starts
from kantools.symbolic.usual_form import USUAL_FORMS, Scale, UsualForm

__all__ = ["NamedForm", "Quoted", "named_form"]

Array = np.ndarray
POINTS, POINTS_OF_WAVES = 40, 240  # evenly over the range; as many again by their logarithm
SAME = 1e-8  # share of what the values span that a form may be off
ITERATIONS = 200


@dataclass(frozen=True)
class Quoted:
    """A number that people quote of a form.

    >>> print(Quoted("half-life", 0.8664, 0.0113))
    half-life = 0.866 ± 0.011
    """

    name: str
    value: float
    error: float

    @property
    def estimate(self) -> str:
        """The value with its error."""
        return with_error(self.value, self.error)

    def __str__(self) -> str:
        return f"{self.name} = {self.estimate}"


@dataclass(frozen=True)
class NamedForm:
    """A formula as people call it.

    Attributes
    ----------
    form : UsualForm
    column : str
        What ``x`` is.
    values : ndarray, shape (parameters,)
        Of the form's parameters.
    covariance : ndarray, shape (parameters, parameters)
    """

    form: UsualForm
    column: str
    values: Array
    covariance: Array

    @property
    def name(self) -> str:
        return self.form.name

    @property
    def quoted(self) -> tuple[Quoted, ...]:
        """The numbers that are quoted, ``q(θ) ± sqrt(∇q C ∇q)``."""
        return tuple(Quoted(name, *self._told(expr)) for name, expr in self.form.quoted.items())

    def _told(self, expr: Expr) -> tuple[float, float]:
        program = compile_expression(expr, [], self.form.parameters)
        value, slope = program.jacobian(np.empty((1, 0)), self.values)
        return float(value[0]), float(np.sqrt(max((slope @ self.covariance @ slope.T).item(), 0.0)))

    def __str__(self) -> str:
        also = f" ({', '.join(self.form.also)})" if self.form.also else ""
        return f"{self.name} in {self.column}{also}"


def named_form(formula: Formula) -> NamedForm | None:
    """The usual form that a formula is; None where it is none, or of more than one column.

    Parameters
    ----------
    formula : Formula
        With its domain, on whose range forms are compared.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> from kantools.table import Table
    >>> t, rng = np.linspace(0, 5, 60), np.random.default_rng(0)
    >>> y = 3 * np.exp(-0.8 * t) + rng.normal(scale=0.02, size=60)
    >>> named = named_form(refit("a*exp(b*t)", Table(("t",), t[:, None], "y", y)))
    >>> print(named, named.quoted[0], sep=": ")
    exponential decay in t: half-life = 0.8665 ± 0.0038
    """
    seen = _seen(formula)
    if seen is None:
        return None
    column, low, high = seen
    waves = formula.expression.has(TrigonometricFunction)
    x = _points(low, high, waves)
    values, slopes = _values(formula, column, x)
    if not np.isfinite(values).all() or np.ptp(values) == 0:
        return None
    curve = curve_of(x, values, np.ones(len(x)))
    for form in _candidates(formula, x, waves):
        theta = _same(form, curve)
        if theta is not None:
            return NamedForm(form, column, theta, _carried(form, curve, theta, slopes, _errors(formula)))
    return None


def _seen(formula: Formula) -> tuple[str, float, float] | None:
    """The only column and its range."""
    symbols = set(column_symbols(formula.columns)) & formula.expression.free_symbols
    if len(symbols) != 1 or formula.domain is None:
        return None
    (symbol,) = symbols
    return next(((r.column, r.low, r.high) for r in formula.domain.ranges if r.column == symbol.name), None)


def _points(low: float, high: float, waves: bool) -> Array:
    """In order, and closer where a column above zero is small."""
    if waves:
        return np.linspace(low, high, POINTS_OF_WAVES)
    even = np.linspace(low, high, POINTS)
    return np.unique(np.concatenate([even, np.geomspace(low, high, POINTS)])) if low > 0 else even


def _values(formula: Formula, column: str, x: Array) -> tuple[Array, Array]:
    """What a formula says, and its slopes by all of its constants, shape (points, constants)."""
    constants = formula.constants
    program = compile_expression(formula.template, [Symbol(column)], [c.symbol for c in constants])
    return program.jacobian(x[:, None], [float(c.number) for c in constants])


def _errors(formula: Formula) -> Array:
    """The covariance of all constants; exact ones with the error of their free fit."""
    covariance = np.diag([np.nan_to_num(c.error) ** 2 for c in formula.constants])
    free = [k for k, c in enumerate(formula.constants) if c.exact is None]
    if free:
        covariance[np.ix_(free, free)] = formula.covariance
    return covariance


def _candidates(formula: Formula, x: Array, waves: bool) -> Iterator[UsualForm]:
    """Forms that may be it, those with the fewest parameters first; a polynomial is told by its degree."""
    columns = set(column_symbols(formula.columns)) & formula.expression.free_symbols
    straight = bool(formula.expression.is_polynomial(*columns))
    bars = formula.expression.has(Abs, sign)
    suited = (form for each in USUAL_FORMS.values() if (form := each.of(x)) is not None)
    for form in sorted(suited, key=lambda f: len(f.parameters)):
        if bool(form.template.is_polynomial(ARGUMENT)) != straight:
            continue
        alike = waves == (Scale.FREQUENCY in form.inner.values()) and bars == form.template.has(Abs, sign)
        if alike and len(formula.free) <= len(form.parameters):
            yield form


def _same(form: UsualForm, curve: Curve) -> Array | None:
    """Parameters with which a form gives the curve's values to rounding; None without any."""
    begun = starts(form, curve)
    if not begun:
        return None
    found = best_of(begun, curve).refined(curve, ITERATIONS)
    meant = all(found.values[form.parameters.index(p)] > 0 for p in form.positive)
    same = np.sqrt(found.loss) < SAME * np.ptp(curve.y)
    return found.values if meant and same else None


def _carried(form: UsualForm, curve: Curve, theta: Array, slopes: Array, covariance: Array) -> Array:
    """The covariance of a form's parameters, from that of the formula's constants."""
    _, J = form.program.jacobian(curve.x[:, None], theta)
    size = np.linalg.norm(J, axis=0)
    size = np.where(size > 0, size, 1.0)
    turn = np.linalg.lstsq(J / size, slopes, rcond=None)[0] / size[:, None]
    return np.array(turn @ covariance @ turn.T)
