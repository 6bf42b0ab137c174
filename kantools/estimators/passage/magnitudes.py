"""Tables of very large or very small numbers are searched in units in which they are neither.

Columns and target are divided by powers of two, which rounds nothing. With ``s_k`` and ``t`` the exponents,
``y = 2**t T(2**-s x)`` is the law in the units of the table where ``T`` is that of the search; the powers of
two are taken up by the constants as far as these can.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from sympy import Expr, Float, Integer, Symbol, preorder_traversal

from kantools.errors import TableError
from kantools.estimators.passage.back import Back
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.domain import domain_of
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery

__all__ = ["Magnitudes"]

#: Relative difference of values in the two units that is rounding.
CLOSE = 1e-9


@dataclass(frozen=True)
class Magnitudes(Back):
    """The powers of two that columns and target of a table were divided by.

    Networks, which are in the units of the search, are left behind on the way back; so is a formula that
    cannot be evaluated in those of the table, because a part of it is no float.

    Attributes
    ----------
    columns : tuple of int
        The exponents, one a column.
    target : int
    table : Table
        As it was before.

    Examples
    --------
    >>> import numpy as np
    >>> table = Table(("x",), np.ones((5, 1)), "y", np.ones(5))
    >>> inner = Formula(("x",), "y", 3 * Symbol("x"), loss=1.0, covariance=np.zeros((0, 0)))
    >>> outer = Magnitudes(columns=(1,), target=3, table=table).formula(inner)
    >>> print(outer, outer.loss)
    y = 12.0*x 64.0
    """

    columns: tuple[int, ...]
    target: int
    table: Table

    @property
    def plain(self) -> bool:
        """Whether nothing was divided."""
        return not (any(self.columns) or self.target)

    @property
    def known_errors(self) -> bool:
        """Whether losses count in standard errors, which have no unit."""
        return self.table.sigma is not None

    def divided(self, X: np.ndarray) -> np.ndarray:
        """The inputs in the units of the search."""
        return np.ldexp(X, -np.array(self.columns))

    def known(self, formula: Formula) -> Formula:
        inverse = replace(self, columns=tuple(-k for k in self.columns), target=-self.target)
        return inverse.formula(formula)

    def __call__(self, found: "Discovery") -> "Discovery":
        if self.plain:
            return found
        told = {f: self._tried(f) for f in (*found.front, *found.rivals)}
        front, rivals = (
            tuple(there for f in formulas if (there := told[f]) is not None)
            for formulas in (found.front, found.rivals)
        )
        if not front:
            raise TableError(
                f"A law is evaluated in floats, from 1e-308 to 1e308; those of these columns "
                f"({', '.join(self.table.columns)}) are not. Change their units."
            )
        chosen = told.get(found.chosen) or min(front, key=lambda f: f.description_length)
        scale = found.scale if self.known_errors else float(np.ldexp(found.scale, self.target))
        bare = replace(found, network=None, activations=None, snapped={})
        return replace(bare, front=front, chosen=chosen, rivals=rivals, scale=scale)

    def _tried(self, formula: Formula) -> Formula | None:
        """The formula in the units of the table, where it says the same of the rows there."""
        found, X = self.formula(formula), self.table.X
        with np.errstate(all="ignore"):
            meant = np.ldexp(formula.predict(self.divided(X)), self.target)
            off = np.abs(found.predict(X) / 2 - meant / 2)  # a difference of floats may be none
            if not (off <= CLOSE * np.abs(meant / 2).max()).all():
                return None
            return replace(found, domain=domain_of(found.expression, found.columns, X))

    def formula(self, formula: Formula) -> Formula:
        if self.plain:
            return formula
        factors = {Symbol(c): _power(-k) for c, k in zip(formula.columns, self.columns, strict=True) if k}
        template = formula.template.xreplace({s: f * s for s, f in factors.items()}) * _power(self.target)
        template, taken = _taken_up(template, formula)
        scale = np.array([taken.get(c.symbol, 1.0) for c in formula.free])
        with np.errstate(all="ignore"):
            loss = 1.0 if self.known_errors else np.ldexp(1.0, 2 * self.target)
            return replace(
                formula,
                template=template,
                constants=_times(formula.constants, taken),
                covariance=formula.covariance * scale[:, None] * scale,
                loss=float(formula.loss * loss),
                held_out_loss=float(formula.held_out_loss * loss),
                domain=None,
                scatter=formula.scatter and formula.scatter.scaled(float(np.ldexp(1.0, self.target))),
            )


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
