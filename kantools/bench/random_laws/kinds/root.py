"""Square roots of sums, and what is divided by one."""

from scipy.constants import c

from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, anything, argument, prefactor, share
from kantools.bench.random_laws.part import ONE, Part, minus, over, plus, power, root, times
from kantools.bench.random_laws.quantities import SPEED, VECTORS, Quantity

__all__ = ["VARIANTS"]

FAST = Quantity(SPEED.names, SPEED.unit, 3e7, 2.9e8)


def distance(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``sqrt(x**2 + y**2)``, in the plane or in space."""
    x = draft.column(*VECTORS)
    others = [draft.beside(x) for _ in range(min(columns - 1, draft.one_of((1, 2))))]
    core = power(x, 2)
    for other in others:
        core = plus(core, power(other, 2))
    rest = columns - 1 - len(others)
    if rest == 0 and wanted is None:
        return root(core)
    return times(prefactor(draft, rest, wanted, root(core)), root(core))


def quadrature(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*sqrt(1 + (x/b)**2)``, or divided by it, as the gain of a filter."""
    inside, front = share(draft, columns)
    core = root(plus(ONE, power(argument(draft, inside), 2)))
    before = prefactor(draft, front, wanted)
    return times(before, core) if draft.chance(0.5) else over(before, core)


def shifted(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*sqrt(x/b + 1)``."""
    inside, front = share(draft, columns)
    core = root(plus(argument(draft, inside), ONE))
    return times(prefactor(draft, front, wanted), core)


def under_a_root(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``sqrt(a*x**2 + b*y)``: terms that are added in quadrature."""
    wanted = wanted or anything(draft)
    first = prefactor(draft, columns - 1, None if wanted is None else Wanted(wanted.unit**2, wanted.size**2))
    second = prefactor(draft, 1, Wanted(first.unit, first.size))
    return root(plus(first, second))


def relativity(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a/sqrt(1 - v**2/c**2)``; among pure numbers ``a/sqrt(1 - x**2)`` in other words."""
    if not draft.physical:
        return quadrature(draft, columns, wanted)
    light = draft.exactly(c, SPEED.unit)
    core = root(minus(ONE, over(power(draft.of(FAST), 2), power(light, 2))))
    before = prefactor(draft, columns - 1, wanted)
    return over(before, core) if draft.chance(0.5) else times(before, core)


VARIANTS = ((quadrature, 1), (shifted, 1), (relativity, 1), (distance, 2), (under_a_root, 2))
