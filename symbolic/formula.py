"""A formula: an expression, its constants with their errors, and how well it fits."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy
from sympy import Expr, Float, NumberSymbol, Symbol
from sympy.core.numbers import ImaginaryUnit

from kantools.errors import SettingError
from kantools.symbolic.fit.evaluate import compile_expression
from kantools.symbolic.trust.domain import Domain
from kantools.symbolic.trust.prediction import Scatter, check_level, check_sigma, half_width
from kantools.symbolic.written.concise import concise
from kantools.symbolic.written.latex import latex
from kantools.symbolic.written.latex_name import latex_names, latex_number
from kantools.symbolic.written.mathml import equation
from kantools.symbolic.written.numbers_in import numbers_told, with_names, with_numbers

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Constant", "Formula", "column_symbols"]

#: Of a number at most, so that rounding errors are not seen.
DIGITS = 15


def column_symbols(columns: Sequence[str]) -> tuple[Symbol, ...]:
    """One plain symbol a column, whatever its name (``lambda``, ``E``, ``flow rate`` are all fine)."""
    return tuple(Symbol(c) for c in columns)


@dataclass(frozen=True)
class Constant:
    """A constant of a formula.

    Attributes
    ----------
    symbol : Symbol
        Its place in the formula's template.
    value : float
        The best estimate.
    error : float
        Its standard error; NaN where the data do not determine it.
    exact : Expr or None
        The number it was recognised as (``3/2``, ``pi``, …), when data and description length agree;
        ``value ± error`` is then what a free fit gives.
    unit : str or None
        Its unit as pint reads it, ``"1"`` for a pure number; None where units were not given.

    Examples
    --------
    >>> print(Constant(Symbol("g"), 9.8123, 0.0213, unit="m/s**2"))
    9.812 ± 0.021 m/s**2
    """

    symbol: Symbol
    value: float
    error: float
    exact: Expr | None = None
    unit: str | None = None

    @property
    def number(self) -> Expr:
        """What stands in the formula: the exact number where there is one, else the value.

        >>> Constant(Symbol("c"), 3.1414, 0.0005, exact=sympy.pi).number
        pi
        """
        return Float(self.value, 17) if self.exact is None else self.exact

    def __str__(self) -> str:
        text = with_error(self.value, self.error) + ("" if self.unit in (None, "1") else f" {self.unit}")
        return text if self.exact is None else f"{self.exact} (free fit: {text})"

    def concise(self) -> str:
        """``9.81(2)``: the error in units of the value's last digits; an exact number as it is.

        >>> Constant(Symbol("g"), 9.8123, 0.0213, unit="m/s**2").concise()
        '9.812(21) m/s**2'
        """
        text = concise(self.value, self.error) if self.exact is None else str(self.exact)
        return text if self.unit in (None, "1") else f"{text} {self.unit}"


def with_error(value: float, error: float) -> str:
    """A value with as many digits as its error allows.

    >>> with_error(9.8123, 0.0213), with_error(365.2563, 0.0), with_error(1234.5, 67.8)
    ('9.812 ± 0.021', '365.2563', '1234 ± 68')
    """
    if not np.isfinite(error) or error <= abs(value) * 1e-13:
        return f"{value:.12g}"
    digits = int(np.floor(np.log10(error)))
    if digits >= -9 and abs(value) < 1e6:
        places = max(0, 1 - digits)
        return f"{value:.{places}f} ± {error:.{places}f}"
    scale = int(np.floor(np.log10(max(abs(value), error))))
    places = max(0, scale - digits + 1)
    return f"({value / 10.0**scale:.{places}f} ± {error / 10.0**scale:.{places}f})e{scale}"


@dataclass(frozen=True, eq=False)
class Formula:
    """``target = expression(columns)``.

    Attributes
    ----------
    columns : tuple of str
        Names of the table's columns, in the table's order.
    target : str
    template : Expr
        The expression with a symbol in the place of every constant.
    constants : tuple of Constant
    covariance : ndarray, shape (free constants, free constants)
        Of the constants that were not recognised as exact, in their order.
    loss : float
        Mean squared residual, weighted as the fit was.
    complexity : int
        Nodes of the expression as it is written.
    description_length : float
        Nats to write down the formula and what it leaves unexplained; smaller is better.
    held_out_loss : float
        The loss on rows that the constants were not fitted to; NaN where it was not told.
    domain : Domain or None
        The ranges that it was seen in, and where it is real and finite.
    freedom : float
        Degrees of freedom that the constants' errors were estimated with; infinite where the errors of the
        target were given, NaN where it was not told.
    scatter : Scatter or None
        How far a single measurement lies from it; None where it was not told.
    units : mapping of str to str
        Of the columns and the target, as far as they are known; labels for those who read what is exported.

    Examples
    --------
    >>> x, c0 = sympy.symbols("x c0")
    >>> law = Formula(("x",), "y", c0 * x**2, (Constant(c0, 4.905, 0.002),), np.array([[4e-6]]))
    >>> print(law)
    y = 4.905*x**2
    >>> law.predict(np.array([[2.0]])).tolist()
    [19.62]
    """

    columns: tuple[str, ...]
    target: str
    template: Expr
    constants: tuple[Constant, ...] = ()
    covariance: np.ndarray = None  # type: ignore[assignment]
    loss: float = float("nan")
    complexity: int = 0
    description_length: float = float("nan")
    held_out_loss: float = float("nan")
    domain: Domain | None = None
    freedom: float = float("nan")
    scatter: Scatter | None = None
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def free(self) -> tuple[Constant, ...]:
        """The constants that are estimates, not exact numbers.

        >>> a, b, x = sympy.symbols("a b x")
        >>> known, fitted = Constant(a, 1.998, 0.003, exact=sympy.Integer(2)), Constant(b, 0.5, 0.1)
        >>> [c.symbol for c in Formula(("x",), "y", x**a + b, (known, fitted)).free]
        [b]
        """
        return tuple(c for c in self.constants if c.exact is None)

    @property
    def correlation(self) -> "pd.DataFrame":
        """``C_ij / sqrt(C_ii C_jj)`` of the free constants, by name; NaN where the data leave one open.

        Close to ±1, two constants are known far better together than each alone.

        >>> a, b, x = sympy.symbols("a b x")
        >>> both = Constant(a, 1.0, 0.2), Constant(b, 3.0, 0.5)
        >>> covariance = np.array([[0.04, -0.09], [-0.09, 0.25]])
        >>> Formula(("x",), "y", a + b * x, both, covariance).correlation.round(1)
             a    b
        a  1.0 -0.9
        b -0.9  1.0
        """
        import pandas as pd

        names = [c.symbol.name for c in self.free]
        with np.errstate(all="ignore"):
            size = np.sqrt(np.diag(self.covariance))
            return pd.DataFrame(self.covariance / np.outer(size, size), index=names, columns=names)

    @cached_property
    def expression(self) -> Expr:
        """The formula with its numbers, in plain symbols named like the columns.

        >>> x, c = sympy.symbols("x c")
        >>> Formula(("x",), "y", x**c, (Constant(c, 1.998, 0.003, exact=sympy.Integer(2)),)).expression
        x**2
        """
        return with_numbers(self.template, {c.symbol: c.number for c in self.constants})

    def sympy(self) -> Expr:
        """The same as :attr:`expression`.

        >>> x = Symbol("x")
        >>> Formula(("x",), "y", x**2).sympy().diff(x)
        2*x
        """
        return self.expression

    @cached_property
    def _program(self):  # type: ignore[no-untyped-def]
        template = self.template.subs({c.symbol: c.exact for c in self.constants if c.exact is not None})
        return compile_expression(template, column_symbols(self.columns), [c.symbol for c in self.free])

    def __getstate__(self) -> dict[str, Any]:
        """Without the compiled program, which cannot be pickled and is made again."""
        return {k: v for k, v in self.__dict__.items() if k != "_program"}

    @property
    def _values(self) -> np.ndarray:
        return np.array([c.value for c in self.free])

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Values at the rows of ``X`` (columns in the table's order), shape (rows,).

        >>> Formula(("x",), "y", sympy.sqrt(Symbol("x"))).predict([[4.0], [-1.0]]).tolist()
        [2.0, nan]
        """
        return self._program.value(np.asarray(X, dtype=float), self._values)

    __call__ = predict

    def std(self, X: np.ndarray) -> np.ndarray:
        """Standard error of the predicted value from the constants' errors, ``sqrt(diag(J C J'))``.

        >>> x, c = sympy.symbols("x c")
        >>> law = Formula(("x",), "y", c * x, (Constant(c, 5.0, 0.1),), np.array([[0.01]]))
        >>> law.std(np.array([[1.0], [3.0]])).round(3).tolist()
        [0.1, 0.3]
        """
        _, J = self._program.jacobian(np.asarray(X, dtype=float), self._values)
        return np.sqrt(np.einsum("ni,ij,nj->n", J, self.covariance, J).clip(0))

    def interval(
        self, X: np.ndarray, level: float = 0.95, sigma: np.ndarray | float | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Lower and upper ends of prediction intervals, ``f ± t(level, ν) sqrt(std² + s²)``, each (rows,).

        Parameters
        ----------
        X : ndarray, shape (rows, columns)
        level : float
            The share of new measurements that the intervals are to hold.
        sigma : float or ndarray, shape (rows,), optional
            Standard deviation of each new measurement, in the place of :attr:`scatter`.

        Raises
        ------
        SettingError
            For a level outside of (0, 1), a negative sigma, or where neither scatter nor sigma is known.

        Examples
        --------
        >>> x, c0 = sympy.symbols("x c0")
        >>> errors = np.array([[4e-6]]), Scatter("constant", 0.1, np.inf)
        >>> law = Formula(("x",), "y", c0 * x**2, (Constant(c0, 4.905, 0.002),), errors[0], scatter=errors[1])
        >>> [end.round(2).tolist() for end in law.interval(np.array([[2.0]]))]
        [[19.42], [19.82]]
        """
        level, X = check_level(level), np.asarray(X, dtype=float)
        sigma = check_sigma(sigma, len(X))
        if self.scatter is None and sigma is None:
            raise SettingError(
                "An interval needs the scatter of the measurements, which this formula does not know. "
                "Give predict the sigma of new measurements, or fit again."
            )
        value, scatter = self.predict(X), self.scatter or Scatter("constant", 0.0, np.inf)
        width = half_width(value, self.std(X), scatter, level, sigma)
        return value - width, value + width

    def covers(self, X: np.ndarray) -> np.ndarray:
        """Which rows of ``X`` lie where the formula was seen and is real and finite, shape (rows,).

        >>> from kantools.symbolic.trust.domain import domain_of
        >>> x = Symbol("x")
        >>> domain = domain_of(1 / x, ("x",), np.array([[1.0], [3.0]]))
        >>> Formula(("x",), "y", 1 / x, domain=domain).covers(np.array([[2.0], [4.0]])).tolist()
        [True, False]
        """
        X = np.asarray(X, dtype=float)
        domain = self.domain or Domain()
        return domain.covers(dict(zip(self.columns, X.T, strict=True)))

    def rounded(self, digits: int = 2) -> Expr:
        """The expression with each estimate rounded to ``digits`` digits of its error.

        >>> x, c = sympy.symbols("x c")
        >>> law = Formula(("x",), "y", c * x, (Constant(c, 5.03217, 0.0118),), np.array([[0.0118**2]]))
        >>> law.rounded(), law.rounded(1)
        (5.032*x, 5.03*x)
        """
        return with_numbers(self.template, self._rounded(digits))

    def _rounded(self, digits: int = 2, most: int = DIGITS) -> dict[Symbol, Expr]:
        return {c.symbol: _rounded(c, digits, most) if c.exact is None else c.exact for c in self.constants}

    @property
    def _printed(self) -> Expr:
        return self._printed_with(DIGITS)

    def _printed_with(self, most: int) -> Expr:
        """Rounded, and with the numbers of the constants where sympy would have computed others of them."""
        numbers = self._rounded(most=most)
        plain = with_numbers(self.template, numbers)
        return plain if numbers_told(plain, numbers.values()) else with_names(self.template, numbers)

    def latex(self, most: int = DIGITS) -> str:
        """The equation in LaTeX, with constants rounded to what their errors allow.

        Parameters
        ----------
        most : int
            Digits at most of a constant without any error; 17 tell a double from all others.

        Examples
        --------
        >>> x, c = sympy.symbols("x c")
        >>> print(Formula(("x",), "y", c + x**2, (Constant(c, 5.03217, 0.0118),)).latex())
        y = x^{2} + 5.032
        """
        printed = self._printed_with(most)
        names = {s: latex_number(s.name) for s in printed.free_symbols - set(column_symbols(self.columns))}
        names |= {Symbol(c): name for c, name in latex_names((*self.columns, self.target)).items()}
        return f"{names[Symbol(self.target)]} = {latex(printed, names)}"

    @property
    def text(self) -> str:
        """The right-hand side, its constants rounded; a name that could be misread stands in quotes.

        >>> Formula(("a-b",), "y", 2 * Symbol("a-b")).text
        '2*"a-b"'
        """
        numbers = {str(n) for n in self._printed.atoms(NumberSymbol, ImaginaryUnit)}
        quoted = {Symbol(c): Symbol(q) for c in self.columns if (q := readable_name(c, numbers)) != c}
        readable = replace(self, template=self.template.xreplace(quoted)) if quoted else self
        return sympy.sstr(readable._printed, full_prec=False)

    def mathml(self, *, block: bool = True) -> str:
        """The equation for a web page, a ``<math>`` element, constants rounded to what their errors allow.

        >>> Formula(("x",), "y", Symbol("x") ** 2).mathml()[:5]
        '<math'
        """
        return equation(self.target, self._printed, block=block)

    def _repr_html_(self) -> str:
        from kantools.symbolic.written.formula_html import formula_html

        return formula_html(self)

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"

    def __str__(self) -> str:
        return f"{readable_name(self.target)} = {self.text}"


def _rounded(constant: Constant, digits: int, most: int) -> Float:
    """Rounded to the given digits of the error (six significant digits where there is no error)."""
    value, error = constant.value, constant.error
    if not np.isfinite(error) or value == 0:
        return Float(value, 6)
    if error == 0:
        return Float(repr(float(value)), most)
    if error <= abs(value) * 1e-13:
        return Float(value, DIGITS)
    keep = int(np.floor(np.log10(abs(value)))) - int(np.floor(np.log10(error))) + digits
    return Float(value, min(max(keep, 1), DIGITS))


def readable_name(name: str, taken: Collection[str] = ()) -> str:
    """A name as it stands in a printed formula: in quotes where it would be read as something else.

    >>> readable_name("flow rate"), readable_name("a-b"), readable_name("3"), readable_name("pi", {"pi"})
    ('flow rate', '"a-b"', '"3"', '"pi"')
    """
    unclear = name in taken or name != name.strip() or re.search(r"[-+*/^()=,<>\"\\]|^[\d.]", name)
    return json.dumps(name, ensure_ascii=False) if unclear else name
