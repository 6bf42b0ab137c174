"""Products of powers; of one column alone, with an exponent that is not 1."""

from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, prefactor
from kantools.bench.random_laws.part import Part

__all__ = ["VARIANTS"]


def power_law(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """``a*x**b*y``."""
    return prefactor(draft, columns, wanted)


VARIANTS = ((power_law, 1),)
