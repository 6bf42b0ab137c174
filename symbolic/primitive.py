"""A primitive: one sympy expression in ``x`` that an activation may turn out to be.

Everything numeric about a primitive (its values, its slope, its domain's symmetries) is derived from
that one expression, so a new primitive is one line in its family's file::

    Primitive("softplus", sympy.log(1 + sympy.exp(x)), complexity=4)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from numbers import Integral
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np
from sympy import Dummy, Expr, Symbol, diff

from kantools.catalogue import Catalogue
from kantools.symbolic.evaluate import Program, compile_expression

__all__ = ["ARGUMENT", "PRIMITIVES", "Primitive", "Selection", "select_primitives"]

ARGUMENT = Symbol("x")


@dataclass(frozen=True)
class Primitive:
    """A named function of one argument.

    Attributes
    ----------
    name : str
    expr : sympy.Expr
        In the symbol ``x``.
    complexity : int
        What it costs to write it around its argument (``sin`` is 1, ``x**2`` is 2).
    domain : (float, float)
        Open interval of arguments in which it is real, finite and smooth; a primitive with a pole at 0 is
        used on one side of it.
    outer : bool
        Whether it is tried around another primitive (``exp(x**2)``).
    inner : bool
        Whether other primitives are tried around it.

    Examples
    --------
    >>> PRIMITIVES["log"].scale_free, PRIMITIVES["exp"].shift_free, PRIMITIVES["sin"].scale_free
    (True, True, False)
    >>> hill = Primitive("hill", ARGUMENT**2 / (1 + ARGUMENT**2), complexity=7)
    >>> hill(Symbol("dose")), hill.mirrored
    (dose**2/(dose**2 + 1), True)
    """

    name: str
    expr: Expr
    complexity: int = 1
    domain: tuple[float, float] = (-np.inf, np.inf)
    outer: bool = False
    inner: bool = False

    def __call__(self, argument: Expr) -> Expr:
        """The expression with ``argument`` in the place of ``x``."""
        return self.expr.subs(ARGUMENT, argument)

    @cached_property
    def value(self) -> Program:
        """The function on arrays.

        >>> PRIMITIVES["square"].value.on(np.array([2.0, 3.0])).tolist()
        [4.0, 9.0]
        """
        return compile_expression(self.expr, [ARGUMENT])

    @cached_property
    def slope(self) -> Program:
        """Its derivative on arrays.

        >>> PRIMITIVES["square"].slope.on(np.array([2.0, 3.0])).tolist()
        [4.0, 6.0]
        """
        real = Dummy(real=True)  # of a complex argument, sympy has no derivative of |x|
        return compile_expression(diff(self(real), real), [real])

    @cached_property
    def scale_free(self) -> bool:
        """``f(s x) = k f(x) + m``: a factor inside can be moved outside (powers, log)."""
        return self._affine(lambda u: 1.7 * u)

    @cached_property
    def shift_free(self) -> bool:
        """``f(x + s) = k f(x) + m``: a shift inside can be moved outside (exp)."""
        return self._affine(lambda u: u + 0.3)

    @cached_property
    def mirrored(self) -> bool:
        """``f(-x) = k f(x) + m``: even and odd functions need no negative factor inside.

        >>> PRIMITIVES["sin"].mirrored, PRIMITIVES["cos"].mirrored, PRIMITIVES["exp"].mirrored
        (True, True, False)
        """
        return not np.isfinite(self.domain[0]) and self._affine(lambda u: -u)

    def _affine(self, change) -> bool:  # type: ignore[no-untyped-def]
        low, high = self.domain
        low, high = max(low, -2.0) + 1e-3, min(high, 2.0) - 1e-3
        u = low + (high - low) * np.array([0.07, 0.19, 0.31, 0.44, 0.53])
        a, b = self.value.on(u), self.value.on(change(u))
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            return False
        A = np.stack([a, np.ones_like(a)], axis=1)
        fit = A @ np.linalg.lstsq(A, b, rcond=None)[0]
        return bool(np.abs(fit - b).max() <= 1e-9 * (1 + np.abs(b).max()))


#: Primitives by name or as they are, and, in a mapping, what each costs.
Selection: TypeAlias = Iterable[str | Primitive] | Mapping[Any, int | None]


def _of(module: ModuleType) -> Iterator[tuple[str, Primitive]]:
    return ((p.name, p) for p in module.PRIMITIVES)


#: Every primitive there is, by name.
PRIMITIVES: Catalogue[Primitive] = Catalogue("primitive", "kantools.symbolic.primitives", _of)


def select_primitives(names: Selection | None) -> tuple[Primitive, ...]:
    """The primitives of these names; all for None. A :class:`Primitive` of the user's own is taken as it is.

    Parameters
    ----------
    names : iterable of str or Primitive, mapping of them to int, or None
        A mapping tells what each costs in this model, in symbols; None stands for its usual cost.

    Raises
    ------
    ValueError
        For an unknown name, with the near match, and for a cost that is not a whole number from 0.

    Examples
    --------
    >>> [(p.name, p.complexity) for p in select_primitives({"sin": 3, "square": None})]
    [('sin', 3), ('square', 2)]
    """
    if names is None:
        return tuple(PRIMITIVES.values())
    if isinstance(names, Mapping):
        return tuple(_at_cost(_named(n), cost) for n, cost in names.items())
    return tuple(_named(n) for n in names)


def _named(name: str | Primitive) -> Primitive:
    try:
        return name if isinstance(name, Primitive) else PRIMITIVES[name]
    except KeyError as error:
        raise ValueError(error.args[0]) from None


def _at_cost(primitive: Primitive, cost: int | None) -> Primitive:
    if cost is None:
        return primitive
    if isinstance(cost, bool) or not isinstance(cost, Integral) or cost < 0:
        raise ValueError(
            f"The cost of a primitive is a whole number of symbols from 0; got {cost!r} for "
            f'"{primitive.name}". Give such a number, or None for its usual cost.'
        )
    return replace(primitive, complexity=int(cost))
