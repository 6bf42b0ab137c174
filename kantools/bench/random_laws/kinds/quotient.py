"""Quotients with a sum below: saturation, Hill's law, inhibition, parallel and lens, contrast, resonance."""

from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, argument, prefactor
from kantools.bench.random_laws.part import ONE, Part, minus, over, plus, power, times
from kantools.bench.random_laws.quantities import PARALLEL, RESONANT, SATURATING

__all__ = ["VARIANTS"]

HILL = (2, 3, 1.5, 1.8, 2.5, 2.7)


def saturation(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*x/(b + x)``, as Michaelis and Menten's law."""
    x = draft.column(*SATURATING)
    front = prefactor(draft, columns - 1, wanted)
    return over(times(front, x), plus(draft.number(x.size, x.unit, 0.4), x))


def hill(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*x**n/(b**n + x**n)``."""
    x = draft.column(*SATURATING)
    n = draft.one_of(HILL)
    exponent = n if isinstance(n, int) else draft.exactly(n)
    raised = power(x, exponent)
    front = prefactor(draft, columns - 1, wanted)
    return over(times(front, raised), plus(power(draft.number(x.size, x.unit, 0.3), exponent), raised))


def inhibition(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a/(1 + x/b)``."""
    inside = 1 if columns == 1 or draft.chance(0.7) else 2
    front = prefactor(draft, columns - inside, wanted)
    return over(front, plus(ONE, argument(draft, inside, *SATURATING)))


def competition(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*x/(b*(1 + y/c) + x)``, as an enzyme beside an inhibitor."""
    x = draft.column(*SATURATING)
    y = draft.beside(x) if draft.chance(0.6) else draft.column()
    blocked = plus(ONE, over(y, draft.number(y.size, y.unit, 0.3)))
    front = prefactor(draft, columns - 2, wanted)
    return over(times(front, x), plus(times(draft.number(x.size, x.unit, 0.3), blocked), x))


def parallel(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``x*y/(x + y)``, as two resistors."""
    x = draft.column(*PARALLEL)
    y = draft.beside(x)
    core = over(times(x, y), plus(x, y))
    if columns == 2 and wanted is None:
        return core
    return times(prefactor(draft, columns - 2, wanted, core), core)


def lens(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``x*y/(x - y)``, as the image of a lens."""
    x = draft.column(*PARALLEL)
    y = draft.beside(x, below=True)
    core = over(times(x, y), minus(x, y))
    if columns == 2 and wanted is None:
        return core
    return times(prefactor(draft, columns - 2, wanted, core), core)


def contrast(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*(x - y)/(x + y)``."""
    x = draft.column()
    y = draft.beside(x)
    core = over(minus(x, y), plus(x, y))
    if columns == 2 and wanted is None:
        return core
    return times(prefactor(draft, columns - 2, wanted), core)


def resonance(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a/((x - b)**2 + c**2)``, Lorentz's line."""
    x = draft.column(*RESONANT)
    at, width = draft.number(x.size, x.unit, 0.2), draft.number(x.size / 3, x.unit, 0.3)
    below = plus(power(minus(x, at), 2), power(width, 2))
    return over(prefactor(draft, columns - 1, wanted, over(ONE, power(x, 2))), below)


def ratio(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*(1 + x/b)/(1 + y/c)``."""
    above, below = (plus(ONE, argument(draft, 1)) for _ in range(2))
    return over(times(prefactor(draft, columns - 2, wanted), above), below)


VARIANTS = (
    (saturation, 1),
    (hill, 1),
    (inhibition, 1),
    (resonance, 1),
    (parallel, 2),
    (lens, 2),
    (contrast, 2),
    (competition, 2),
    (ratio, 2),
)
