"""The grammar of one-dimensional shapes that a curve is held against.

A shape is ``c * x**q * f(a*g(x) + b) + e*h(x) + d``: a primitive ``f`` around a primitive ``g`` (often the
identity), a power in front, one further term, which may be that power, as in ``(1 - cos(x))/x**2``. All
but ``a`` and ``b`` enter linearly. The free power
``c*x**p`` is the shape ``exp(p*log(x))``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sympy import Expr, Integer, Rational, Symbol

from kantools.symbolic.primitive import ARGUMENT, Primitive

__all__ = ["Shape", "shapes"]

a, b, c, d, e = (Symbol(name) for name in "abcde")
PREFACTORS = tuple(map(Rational, ("1", "2", "3", "-1", "-2", "-3", "1/2", "-1/2")))
SHARED = PREFACTORS[:2] + PREFACTORS[3:5]  # powers of x that stand before a primitive and a constant
ZERO = Integer(0)


@dataclass(frozen=True)
class Shape:
    """One member of the grammar; see the module's text."""

    outer: Primitive
    inner: Primitive
    power: Rational = ZERO
    extra: Expr | None = None

    @property
    def name(self) -> str:
        if isinstance(self.outer, _Bare):
            return f"{self.outer.expr} + {self.extra}"
        text = self.outer.name if self.inner.name == "identity" else f"{self.outer.name}({self.inner.name})"
        text = "power" if text == "exp(log)" else text
        text = text if self.power == 0 else f"x**{self.power} * {text}"
        return text if self.extra is None else f"{text} + {self.extra}"

    @cached_property
    def size(self) -> int:
        """About how many symbols it takes to write."""
        constants = 2 * (not self.outer.scale_free) + 2 * (not self.outer.shift_free)
        front, further = 4 * (self.power != 0), 4 * (self.extra is not None)
        return self.outer.complexity + self.inner.complexity + constants + front + further

    def fits(self, low: float, high: float) -> bool:
        """Whether the inner function and the power are real and smooth on this range of ``x``."""
        inner_low, inner_high = self.inner.domain
        bare = self.power.is_integer and self.power >= 0
        return inner_low < low and high < inner_high and (bare or low > 0)

    def template(self, sign: int) -> tuple[Expr, tuple[Symbol, ...]]:
        """The expression without its linear extras, and its nonlinear constants."""
        g = self.inner(ARGUMENT)
        u, free = self._argument(g, sign)
        return c * ARGUMENT**self.power * self.outer(u), free

    def _argument(self, g: Expr, sign: int) -> tuple[Expr, tuple[Symbol, ...]]:
        if self.outer.scale_free and self.outer.shift_free:
            return g, ()
        if self.outer.scale_free:
            return sign * g + b, (b,)
        if self.outer.shift_free:
            return a * g, (a,)
        return a * g + b, (a, b)


def shapes(primitives: Sequence[Primitive]) -> Iterator[Shape]:
    """Every shape that these primitives make, the plain ones first.

    >>> from kantools.symbolic.primitive import select_primitives
    >>> [s.name for s in shapes(select_primitives(["identity", "exp"]))][:4]
    ['identity', 'exp', 'x**1 * exp', 'x**2 * exp']
    """
    identity = Primitive("identity", ARGUMENT, 0)
    logs = [p for p in primitives if p.name == "log"]
    yield from (Shape(f, identity) for f in primitives)
    if logs:
        yield Shape(Primitive("exp", _exp(), 1), logs[0])
    outers = [f for f in primitives if f.outer]
    inners = [g for g in primitives if g.inner]
    steep = [f for f in primitives if not (f.scale_free and f.shift_free)]
    yield from (Shape(f, identity, q) for f in steep if not _whole_power(f) for q in PREFACTORS)
    yield from (Shape(f, g) for f in outers for g in inners if not _same(f, g))
    yield from (
        Shape(f, g, q)
        for f in outers
        for g in inners
        if g.name in {"square", "reciprocal"} and not _same(f, g) and not _whole_power(f)
        for q in PREFACTORS
    )
    yield from (Shape(f, identity, ZERO, h) for f in steep for h in (ARGUMENT, ARGUMENT**2))
    yield from (Shape(f, identity, q, ARGUMENT**q) for f in steep if not _whole_power(f) for q in SHARED)
    powers = [p for p in primitives if p.scale_free and not p.name.startswith("log")]
    yield from (
        Shape(_bare(p), identity, ZERO, q.expr)
        for i, p in enumerate(powers)
        for q in powers[:i]
        if q.expr != p.expr
    )


def _exp() -> Expr:
    from sympy import exp

    return exp(ARGUMENT)


def _bare(p: Primitive) -> Primitive:
    """The power without a shift: its argument is x itself."""
    return _Bare(p.name, p.expr, p.complexity, p.domain)


class _Bare(Primitive):
    scale_free = True
    shift_free = True


def _whole_power(f: Primitive) -> bool:
    return bool(f.expr.is_Pow and f.expr.exp.is_integer and f.expr.exp > 0)


def _same(f: Primitive, g: Primitive) -> bool:
    """Compositions that are another shape in other clothes: powers of powers, log of exp, exp of log."""
    names = {f.name, g.name}
    return f.name == g.name or names == {"exp", "log"} or (names <= {"sqrt", "square"} and f.name == "square")
