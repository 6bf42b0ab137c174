"""A law in other units: columns and target divided by powers of two, which rounds nothing.

With ``s_k`` and ``t`` the exponents, ``y = 2**t T(2**-s x)`` is the law in the units of the table where ``T``
is that of the search; the powers of two are taken up by the constants as far as these can.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sympy import Expr, Float, Integer, Symbol, preorder_traversal

from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.prediction import Scatter

__all__ = ["Magnitudes"]


@dataclass(frozen=True)
class Magnitudes:
    """The powers of two that columns and target were divided by.

    Attributes
    ----------
    columns : tuple of int
        The exponents, one a column.
    target : int
    known : bool
        Whether losses count in standard errors, which have no unit.

    Examples
    --------
    >>> tall = Formula(("x",), "y", 3 * Symbol("x"), loss=1.0, covariance=np.zeros((0, 0)))
    >>> twice = Magnitudes(columns=(1,), target=3, known=False)
    >>> print(twice.formula(tall), twice.formula(tall).loss, twice.inverse.formula(twice.formula(tall)))
    y = 12.0*x 64.0 y = 3.0*x
    """

    columns: tuple[int, ...]
    target: int
    known: bool

    @property
    def plain(self) -> bool:
        """Whether nothing was divided."""
        return not (any(self.columns) or self.target)

    @property
    def inverse(self) -> "Magnitudes":
        """From the units of the table to those of the search."""
        return replace(self, columns=tuple(-k for k in self.columns), target=-self.target)

    def divided(self, X: np.ndarray) -> np.ndarray:
        """The inputs in the units of the search."""
        return np.ldexp(X, -np.array(self.columns))

    def formula(self, formula: Formula) -> Formula:
        """A formula of the search, as it is in the units of the table; its domain is not known there."""
        factors = {Symbol(c): _power(-k) for c, k in zip(formula.columns, self.columns, strict=True) if k}
        template = formula.template.xreplace({s: f * s for s, f in factors.items()}) * _power(self.target)
        template, taken = _taken_up(template, formula)
        scale = np.array([taken.get(c.symbol, 1.0) for c in formula.free])
        with np.errstate(all="ignore"):
            loss = 1.0 if self.known else np.ldexp(1.0, 2 * self.target)
            return replace(
                formula,
                template=template,
                constants=_times(formula.constants, taken),
                covariance=formula.covariance * scale[:, None] * scale,
                loss=float(formula.loss * loss),
                held_out_loss=float(formula.held_out_loss * loss),
                domain=None,
                scatter=self._scatter(formula.scatter),
            )

    def _scatter(self, scatter: Scatter | None) -> Scatter | None:
        """How far measurements lie off a formula; in proportion to it, that has no unit."""
        if scatter is None or scatter.kind == "relative":
            return scatter
        return replace(scatter, size=float(np.ldexp(scatter.size, self.target)))


def _times(constants: Sequence[Constant], factors: dict[Symbol, float]) -> tuple[Constant, ...]:
    """The constants, those that have taken up a factor with it."""
    return tuple(
        replace(c, value=c.value * f, error=c.error * f) if (f := factors.get(c.symbol)) else c
        for c in constants
    )


def _power(exponent: int) -> Expr:
    """A power of two as a number of sympy, which has them of any size."""
    return Float(Integer(2) ** exponent, 17) if exponent else Integer(1)


def _taken_up(template: Expr, formula: Formula) -> tuple[Expr, dict[Symbol, float]]:
    """The template without the factors that a free constant beside them can take up, and these."""
    taken: dict[Symbol, float] = {}
    values = {c.symbol: c.value for c in formula.free}
    for node in [n for n in preorder_traversal(template) if n.is_Mul]:
        number, rest = node.as_coeff_Mul()
        mine = [a for a in rest.args or (rest,) if a in values and a not in taken and template.count(a) == 1]
        if not isinstance(number, Float) or not mine:
            continue
        mine = [a for a in mine if 0 < abs(number * values[a]) < np.finfo(float).max]
        if mine and 0 < abs(float(number)) < np.inf:
            template = template.xreplace({node: rest})
            taken[mine[0]] = float(number)
    return template, taken
