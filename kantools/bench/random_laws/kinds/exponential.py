"""Decays, approaches to a limit, Gauss's bell, Planck's and the logistic curve."""

from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, argument, prefactor, share
from kantools.bench.random_laws.part import ONE, Part, call, minus, negative, over, plus, power, times
from kantools.bench.random_laws.quantities import FADING, RESONANT

__all__ = ["VARIANTS"]

STRETCHED = (0.5, 0.6, 0.7, 1.5, 1.8)


def decay(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*exp(-x/b)``, also Arrhenius' law."""
    inside, front = share(draft, columns)
    core = call("exp", negative(argument(draft, inside, *FADING)))
    return times(prefactor(draft, front, wanted), core)


def approach(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*(1 - exp(-x/b))``."""
    inside, front = share(draft, columns)
    core = minus(ONE, call("exp", negative(argument(draft, inside, *FADING))))
    return times(prefactor(draft, front, wanted), core)


def stretched(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*exp(-(x/b)**c)``, Kohlrausch's and Weibull's."""
    x = draft.column(*FADING)
    inside = power(over(x, draft.number(x.size, x.unit, 0.3)), draft.exactly(draft.one_of(STRETCHED)))
    draft.nested = True
    return times(prefactor(draft, columns - 1, wanted), call("exp", negative(inside)))


def bell(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*exp(-(x - b)**2/(2*c**2))``."""
    x = draft.column(*RESONANT)
    off = minus(x, draft.number(x.size, x.unit, 0.2))
    width = draft.number(x.size / 2, x.unit, 0.3)
    inside = over(power(off, 2), times(Part("2", size=2.0), power(width, 2)))
    return times(prefactor(draft, columns - 1, wanted), call("exp", negative(inside)))


def occupation(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a/(exp(x/b) - 1)``, as Planck's law, or with ``+ 1``, as Fermi's."""
    inside, front = share(draft, columns)
    core = call("exp", argument(draft, inside, *FADING))
    below = minus(core, ONE) if draft.chance(0.5) else plus(core, ONE)
    return over(prefactor(draft, front, wanted), below)


def logistic(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a/(1 + exp(-(x - b)/c))``."""
    x = draft.column(*FADING)
    off = minus(x, draft.number(x.size, x.unit, 0.2))
    inside = over(off, draft.number(x.size / 3, x.unit, 0.3))
    return over(prefactor(draft, columns - 1, wanted), plus(ONE, call("exp", negative(inside))))


def diode(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*(exp(x/b) - 1)``."""
    inside, front = share(draft, columns)
    core = minus(call("exp", argument(draft, inside, *FADING)), ONE)
    return times(prefactor(draft, front, wanted), core)


#: Decay stands three times: it is what exponentials mostly are, a choice.
VARIANTS = (
    *((decay, 1), (decay, 1), (decay, 1)),
    *((approach, 1), (stretched, 1), (bell, 1), (occupation, 1), (logistic, 1), (diode, 1)),
)
