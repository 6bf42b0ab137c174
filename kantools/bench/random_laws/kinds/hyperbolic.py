"""Hyperbolic functions, and the tangent."""

from kantools.bench.random_laws.counts import COSH, SINH, TAN, TANH
from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, argument, prefactor, share
from kantools.bench.random_laws.part import Part, call, over, power, times
from kantools.bench.random_laws.quantities import ALONG, ANGLE

__all__ = ["VARIANTS"]

FUNCTIONS = {"tanh": TANH, "sinh": SINH, "cosh": COSH}


def plain(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*tanh(x/b)``, or the hyperbolic sine or cosine."""
    inside, front = share(draft, columns)
    core = call(draft.weighted(FUNCTIONS), argument(draft, inside, *ALONG))
    return times(prefactor(draft, front, wanted), core)


def soliton(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a/cosh(x/b)**2``."""
    core = power(call("cosh", argument(draft, 1, *ALONG)), 2)
    return over(prefactor(draft, columns - 1, wanted), core)


def slope(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*x*tan(theta)``."""
    core = call("tan", draft.angle(ANGLE))
    return times(prefactor(draft, columns - 1, wanted), core)


#: By how often the functions are written; the tangent of an angle needs a factor.
VARIANTS = ((plain, 1),) * ((TANH + SINH + COSH) // TAN) + ((soliton, 1), (slope, 2))
