"""Logarithms of ratios, of one plus something, and beside a constant."""

from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, argument, prefactor, share
from kantools.bench.random_laws.part import ONE, Part, call, over, plus, times
from kantools.bench.random_laws.quantities import LOGARITHMIC

__all__ = ["VARIANTS"]


def scaled(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*log(x/b)``."""
    inside, front = share(draft, columns)
    return times(prefactor(draft, front, wanted), call("log", argument(draft, inside, *LOGARITHMIC)))


def of_one_plus(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*log(1 + x/b)``."""
    inside, front = share(draft, columns)
    core = call("log", plus(ONE, argument(draft, inside, *LOGARITHMIC)))
    return times(prefactor(draft, front, wanted), core)


def of_a_ratio(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*log(x/y)``, as Nernst's law."""
    x = draft.column(*LOGARITHMIC)
    core = call("log", over(x, draft.beside(x)))
    return times(prefactor(draft, columns - 2, wanted), core)


VARIANTS = ((scaled, 1), (of_one_plus, 1), (of_a_ratio, 2))
