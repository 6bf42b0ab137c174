"""Waves, damped ones, interference, and the sine and cosine of an angle."""

from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, prefactor, share
from kantools.bench.random_laws.part import ONE, Part, call, minus, negative, over, plus, power, times
from kantools.bench.random_laws.quantities import ALONG, TURN, VECTORS

__all__ = ["VARIANTS"]

#: Phase in radians where a wave has one, and how much faster it turns than the argument of other functions.
PHASE, FASTER = 1.0, 4.0


def _phase(draft: Draft, columns: int) -> Part:
    """``b*x``, some turns of it within the rows."""
    inside = times(draft.column(*ALONG), *(draft.column() for _ in range(columns - 1)))
    rate = draft.number(FASTER / inside.size, ONE.unit / inside.unit, 0.4)
    return times(rate, inside)


def wave(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*sin(b*x)``, often with a phase."""
    inside = min(share(draft, columns)[0], 2)
    angle = _phase(draft, inside)
    if draft.chance(0.4):
        angle = plus(angle, draft.number(PHASE, spread=0.4))
    core = call(draft.one_of(("sin", "cos")), angle)
    return times(prefactor(draft, columns - inside, wanted), core)


def damped(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*exp(-x/b)*cos(c*x)``."""
    x = draft.column(*ALONG)
    rate = draft.number(FASTER / x.size, ONE.unit / x.unit, 0.4)
    fading = call("exp", negative(over(x, draft.number(x.size, x.unit, 0.3))))
    core = times(fading, call(draft.one_of(("sin", "cos")), times(rate, x)))
    return times(prefactor(draft, columns - 1, wanted), core)


def squared(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*sin(b*x)**2``."""
    front = prefactor(draft, columns - 1, wanted)
    return times(front, power(call(draft.one_of(("sin", "cos")), _phase(draft, 1)), 2))


def fringes(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*(1 + b*cos(c*x))``."""
    visible = times(draft.number(0.5, spread=0.3), call("cos", _phase(draft, 1)))
    return times(prefactor(draft, columns - 1, wanted), plus(ONE, visible))


def component(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*x*cos(theta)``, as a part of a force."""
    angle = draft.angle(TURN)
    core = call(draft.one_of(("sin", "cos")), angle)
    return times(prefactor(draft, columns - 1, wanted), core)


def triangle(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``x**2 + y**2 - 2*x*y*cos(theta)``, the law of cosines."""
    x = draft.column(*VECTORS)
    y = draft.beside(x)
    both = times(Part("2", size=2.0), x, y, call("cos", draft.angle(TURN)))
    core = minus(plus(power(x, 2), power(y, 2)), both)
    if columns == 3 and wanted is None:
        return core
    return times(prefactor(draft, columns - 3, wanted, core), core)


VARIANTS = (
    *((wave, 1), (wave, 1), (damped, 1), (squared, 1), (fringes, 1)),
    *((component, 2), (component, 2), (triangle, 3)),
)
