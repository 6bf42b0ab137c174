"""Tables of very large or very small numbers, searched in units in which they are neither.

Squares of 1e200 are no floats, and laws are full of powers. A column whose largest number lies beyond the
range of single precision is divided by a power of two, which rounds nothing; so is the target. What is found
there is then written in the units of the table: ``y = 2**t T(2**-s x)``, with the powers of two taken up by
the constants. A formula that cannot be evaluated in these units, because a part of it is no float, is left
out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kantools.errors import TableError
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.symbolic.formula import Formula

__all__ = ["Magnitudes", "comfortable"]

#: Largest exponent of two of a column that is left as it is.
COMFORTABLE = 128
#: Exponent of two of the smallest float with all its digits.
SMALLEST = -1021
#: Standard errors lie within this factor of the target's size, up and down; their squares are weights.
FARTHEST = 1e100
#: How often a row may count, beside another row or, where its error is known, at all.
MOST_TIMES = 1e30
#: Relative difference of values in the two units that is rounding.
CLOSE = 1e-9


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
    """

    columns: tuple[int, ...]
    target: int
    known: bool

    @property
    def plain(self) -> bool:
        """Whether nothing was divided."""
        return not (any(self.columns) or self.target)

    def telling(self, show: Callable[[Any], None] | None) -> Callable[[Any], None] | None:
        """What shows the progress of a search, told of formulas in the table's units."""
        if self.plain or show is None:
            return show
        return lambda p: show(p if p.best is None else replace(p, best=self.formula(p.best)))

    def undone(self, known: "Sequence[Formula]", columns: Sequence[str]) -> "tuple[Formula, ...]":
        """Formulas of the table in the units of the search, as far as they are made of its columns."""
        back = replace(self, columns=tuple(-k for k in self.columns), target=-self.target)
        ours = [f for f in known if {s.name for s in f.expression.free_symbols} <= set(columns)]
        ours = [replace(f, columns=tuple(columns)) for f in ours]
        return tuple(ours if self.plain else map(back.formula, ours))

    def restored(self, discovery: Any, table: Table) -> Any:
        """What was found, in the table's units; networks, which are not, are left behind.

        Raises
        ------
        TableError
            Where no formula can be evaluated there.
        """
        if self.plain:
            return discovery
        told = {id(f): self._restored(f, table) for f in discovery.front}
        front = tuple(f for f in told.values() if f is not None)
        if not front:
            raise TableError(
                f"A law is evaluated in floats, from 1e-308 to 1e308; those of these columns "
                f"({', '.join(table.columns)}) are not. Change their units."
            )
        chosen = told.get(id(discovery.chosen)) or min(front, key=lambda f: f.description_length)
        scale = discovery.scale if self.known else float(np.ldexp(discovery.scale, self.target))
        nothing: dict[str, Any] = {"network": None, "activations": None, "snapped": {}}
        return replace(discovery, front=front, chosen=chosen, scale=scale, **nothing)

    def _restored(self, formula: "Formula", table: Table) -> "Formula | None":
        from kantools.symbolic.trust.domain import domain_of

        found = self.formula(formula)
        with np.errstate(all="ignore"):
            meant = np.ldexp(formula.predict(self.divided(table.X)), self.target)
            off = np.abs(found.predict(table.X) / 2 - meant / 2)  # a difference of floats may be none
            if not (off <= CLOSE * np.abs(meant / 2).max()).all():
                return None
            return replace(found, domain=domain_of(found.expression, found.columns, table.X))

    def divided(self, X: np.ndarray) -> np.ndarray:
        """The inputs in the units of the search."""
        return np.ldexp(X, -np.array(self.columns))

    def formula(self, formula: "Formula") -> "Formula":
        """A formula of the search, as it is in the units of the table."""
        from sympy import Symbol

        factors = {Symbol(c): _power(-k) for c, k in zip(formula.columns, self.columns, strict=True) if k}
        template = formula.template.xreplace({s: f * s for s, f in factors.items()}) * _power(self.target)
        template, taken = _taken_up(template, formula)
        free = tuple(
            replace(c, value=c.value * f, error=c.error * f) if (f := taken.get(c.symbol)) else c
            for c in formula.constants
        )
        scale = np.array([taken.get(c.symbol, 1.0) for c in formula.free])
        with np.errstate(all="ignore"):
            loss = 1.0 if self.known else np.ldexp(1.0, 2 * self.target)
            return replace(
                formula,
                template=template,
                constants=free,
                covariance=formula.covariance * scale[:, None] * scale,
                loss=float(formula.loss * loss),
                held_out_loss=float(formula.held_out_loss * loss),
                domain=None,
                scatter=self._scatter(formula.scatter),
            )

    def _scatter(self, scatter: Any) -> Any:
        """How far measurements lie off a formula; in proportion to it, that has no unit."""
        if scatter is None or scatter.kind == "relative":
            return scatter
        return replace(scatter, size=float(np.ldexp(scatter.size, self.target)))


def comfortable(table: Table) -> tuple[Table, Magnitudes]:
    """The table in units in which its numbers and their squares are floats, and these units.

    Raises
    ------
    TableError
        Where numbers of one column or weights differ so much that there is no such unit, or standard errors
        are so much larger or smaller than the target that their squares are no floats.

    Examples
    --------
    >>> x = np.linspace(1, 2, 5)
    >>> small, magnitudes = comfortable(Table(("x",), 1e200 * x[:, None], "y", x))
    >>> magnitudes.columns, magnitudes.target, bool(small.X.max() <= 1)
    ((666,), 0, True)
    """
    columns = tuple(_exponent(x) for x in table.X.T)
    found = Magnitudes(columns, _exponent(table.y), table.sigma is not None)
    _refuse_far_weights(table)
    table = _with_usual_weights(table)
    for name, values in zip((*table.columns, table.target), (*table.X.T, table.y), strict=True):
        _refuse_wide(name, values)
    _refuse_far_errors(table)
    if not found.plain:
        sigma = None if table.sigma is None else np.ldexp(table.sigma, -found.target)
        x_sigma = None if table.x_sigma is None else found.divided(table.x_sigma)
        X, y = found.divided(table.X), np.ldexp(table.y, -found.target)
        table = replace(table, X=X, y=y, sigma=sigma, x_sigma=x_sigma)
    return table, found


def _exponent(values: np.ndarray) -> int:
    """The power of two to divide by; zero for usual numbers, and no more than the smallest of them bears."""
    size = np.abs(values[values != 0])
    if not len(size):
        return 0
    high, low = int(np.frexp(size.max())[1]), int(np.frexp(size.min())[1])
    if abs(high) <= COMFORTABLE:
        return 0
    return min(high, max(low - SMALLEST, 0)) if high > 0 else high


def _refuse_wide(name: str, values: np.ndarray) -> None:
    size = np.abs(values[values != 0])
    if np.frexp(size.max())[1] - _exponent(values) > COMFORTABLE:
        raise TableError(
            f"The sizes of a column's numbers lie within 2**{COMFORTABLE - SMALLEST} of each other; "
            f'"{name}" has {size.min():.3g} and {size.max():.3g}. Correct it; where one stands for a missing '
            "cell, leave the row out."
        )


def _with_usual_weights(table: Table) -> Table:
    """Weights count relative to each other, unless standard errors give them a size."""
    if table.weight is None or table.sigma is not None:
        return table
    exponent = int(np.frexp(table.weight.max())[1])
    return table if abs(exponent) <= COMFORTABLE else replace(table, weight=np.ldexp(table.weight, -exponent))


def _refuse_far_weights(table: Table) -> None:
    """Raise where rows weigh nothing beside others, or are counted so often that squares are no floats."""
    if table.weight is None:
        return
    counted = table.weight[table.weight > 0]
    low, high = float(counted.min()), float(counted.max())
    least = 1 / MOST_TIMES if table.sigma is not None else high / MOST_TIMES
    most = MOST_TIMES if table.sigma is not None else high
    if low < least or high > most:
        raise TableError(
            f"Weights say how often a row counts, within a factor of {MOST_TIMES:g} of each other and, "
            f"beside standard errors, of 1; they go from {low:.3g} to {high:.3g}. Correct them, or give 0 to "
            "rows that do not count."
        )


def _refuse_far_errors(table: Table) -> None:
    size = float(np.abs(table.y).max())
    for name, errors, whole in _errors(table, size):
        far = (errors > 0) & ~((errors > whole / FARTHEST) & (errors < whole * FARTHEST))
        if far.any():
            with np.errstate(over="ignore"):
                worst = float(errors[far][0] / whole)
            raise TableError(
                f"A standard error lies within a factor of {FARTHEST:g} of the size of what it belongs to; "
                f"{name} is {worst:.3g} of it in {far.sum()} rows. Correct it, or leave it out."
            )


def _errors(table: Table, size: float) -> Iterator[tuple[str, np.ndarray, float]]:
    if table.sigma is not None:
        yield "sigma", table.sigma, size
    if table.x_sigma is not None:
        for column, errors, x in zip(table.columns, table.x_sigma.T, table.X.T, strict=True):
            yield f"x_sigma of {column}", errors, float(np.abs(x).max()) or 1.0


def _power(exponent: int) -> Any:
    """A power of two as a number of sympy, which has them of any size."""
    from sympy import Float, Integer

    return Float(Integer(2) ** exponent, 17) if exponent else Integer(1)


def _taken_up(template: Any, formula: "Formula") -> tuple[Any, dict[Any, float]]:
    """The template without the factors that a free constant beside them can take up, and these."""
    from sympy import Float, preorder_traversal

    taken: dict[Any, float] = {}
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
