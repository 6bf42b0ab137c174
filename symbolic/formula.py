"""A formula: an expression, its constants with their errors, and how well it fits."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy
from sympy import Expr, NumberSymbol, Symbol
from sympy.core.numbers import ImaginaryUnit

from kantools.errors import SettingError
from kantools.symbolic.constant import DIGITS, Constant, with_exact_numbers
from kantools.symbolic.evaluate import Program, column_symbols, compile_expression
from kantools.symbolic.trust.digits import rounded_together
from kantools.symbolic.trust.domain import Domain
from kantools.symbolic.trust.negligible import Negligible, negligible_terms
from kantools.symbolic.trust.prediction import Scatter, check_level, check_sigma, half_width
from kantools.symbolic.trust.profile import Profiles, profiles
from kantools.symbolic.units.units import Units
from kantools.symbolic.written.formula_html import formula_html
from kantools.symbolic.written.latex import latex
from kantools.symbolic.written.latex_name import latex_names, latex_number
from kantools.symbolic.written.mathml import equation
from kantools.symbolic.written.numbers_in import numbers_told, with_names, with_numbers
from kantools.symbolic.written.readable_name import readable_name
from kantools.table import Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Constant", "Formula"]


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
    def free_template(self) -> Expr:
        """The template with the exact numbers in their places: only estimates are left open.

        >>> a, b, x = sympy.symbols("a b x")
        >>> known, fitted = Constant(a, 1.998, 0.003, exact=sympy.Integer(2)), Constant(b, 0.5, 0.1)
        >>> Formula(("x",), "y", x**a + b, (known, fitted)).free_template
        b + x**2
        """
        return with_exact_numbers(self.template, self.constants)

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
    def _program(self) -> Program:
        symbols = [c.symbol for c in self.free]
        return compile_expression(self.free_template, column_symbols(self.columns), symbols)

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

    def profile(self, table: Table, level: float = 0.95) -> Profiles:
        """Intervals of the free constants from the shape of the loss, which need not be symmetric.

        ``τ(θ) = sign(θ - θ̂) sqrt((S(θ) - S(θ̂)) / s²)`` along each constant with all others at their best; the
        interval holds the θ with ``|τ| ≤ t``, as :mod:`kantools.symbolic.trust.profile` says.

        Parameters
        ----------
        table : Table
            What the formula was fitted to. Its ``sigma`` and ``x_sigma`` count; residuals are squared.
        level : float
            Of confidence, between 0 and 1.

        Raises
        ------
        SettingError
            For a level that is no share, and a table with other columns.

        Examples
        --------
        >>> from kantools.datasets import load
        >>> from kantools.symbolic import refit
        >>> demand = load("oxygen")
        >>> law = refit("b1*(1 - exp(-b2*time))", demand)
        >>> print(law.constants[1])
        0.55 ± 0.10
        >>> [round(bound, 2) for bound in law.profile(demand).intervals["b2"]]
        [0.3, 1.07]
        """
        self._refuse_others(table, "A profile")
        return profiles(self.free_template, self.free, table, level)

    def negligible(self, table: Table, below: float = 1.0) -> tuple[Negligible, ...]:
        """The terms of the formula's sums that change no value by more than the noise, the least first.

        ``max_i |f(x_i) - f_without(x_i)| / s_i < below``, each term by itself: two of them may cancel.

        Parameters
        ----------
        table : Table
            What the formula was fitted to. The noise ``s_i`` is its ``sigma``; where that is not known it is
            estimated from the residuals, ``sqrt(rss / (n - p))``.
        below : float
            In standard deviations of the noise.

        Raises
        ------
        SettingError
            For a table with other columns.

        Examples
        --------
        >>> from kantools.symbolic import refit
        >>> x = np.linspace(1, 2, 50)
        >>> table = Table(("x",), x[:, None], "y", 3 * x + 0.01 * x**2 + 0.1 * np.sin(99 * x))
        >>> [found.term.args[1] for found in refit("a*x + b*x**2", table).negligible(table)]
        [x**2]
        """
        self._refuse_others(table, "Which terms are negligible")
        return negligible_terms(self.expression, table, len(self.free), below)

    def _refuse_others(self, table: Table, what: str) -> None:
        if table.columns != self.columns:
            raise SettingError(
                f"{what} needs the formula's columns, {self.columns}; the table has {table.columns}. "
                "Select them: table.select(formula.columns)."
            )

    def labelled(self, units: Units) -> "Formula | None":
        """The formula with a unit for each of its constants; None where it is inconsistent with the units.

        >>> from kantools.symbolic.units.units import read_units
        >>> units = read_units({"distance": "au", "period": "year"}, ["distance"], "period")
        >>> c, x = sympy.symbols("c distance")
        >>> kepler = Formula(("distance",), "period", c * sympy.sqrt(x) ** 3, (Constant(c, 1.0002, 0.0003),))
        >>> print(kepler.labelled(units).constants[0])
        1.00020 ± 0.00030 year/au**1.5
        """
        names = [c.symbol for c in self.constants]
        told = units.of_constants(self.free_template, {c.symbol: c.value for c in self.free}, names)
        if told is None:
            return None
        return replace(self, constants=tuple(replace(c, unit=told[c.symbol]) for c in self.constants))

    def rounded(self, digits: int = 2) -> Expr:
        """The expression with each estimate rounded to ``digits`` digits of its error.

        >>> x, c = sympy.symbols("x c")
        >>> law = Formula(("x",), "y", c * x, (Constant(c, 5.03217, 0.0118),), np.array([[0.0118**2]]))
        >>> law.rounded(), law.rounded(1)
        (5.032*x, 5.03*x)
        """
        return with_numbers(self.template, self._rounded(digits))

    def _rounded(self, digits: int = 2, most: int = DIGITS) -> dict[Symbol, Expr]:
        free = rounded_together(self.free, self.covariance, digits, most)
        told = {c.symbol: n for c, n in zip(self.free, free, strict=True)}
        return {c.symbol: told.get(c.symbol, c.number) for c in self.constants}

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
        return formula_html(self.mathml(), {c.symbol.name: str(c) for c in self.constants})

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"

    def __str__(self) -> str:
        return f"{readable_name(self.target)} = {self.text}"
