"""Every kind of piece by name: what a law, a term of a sum, or a factor of a composition may be."""

from collections.abc import Callable

from kantools.bench.random_laws.counts import KINDS
from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted
from kantools.bench.random_laws.kinds import (
    exponential,
    hyperbolic,
    logarithm,
    oscillation,
    power_law,
    quotient,
    root,
)
from kantools.bench.random_laws.part import Part

__all__ = ["CURVES", "Variant", "of_kind"]

#: Makes a piece of so many new columns.
Variant = Callable[[Draft, int, Wanted | None], Part]

#: Kind of a piece → its variants, each with the least number of columns that it needs.
PIECES: dict[str, tuple[tuple[Variant, int], ...]] = {
    "power law": power_law.VARIANTS,
    "quotient": quotient.VARIANTS,
    "root": root.VARIANTS,
    "exponential": exponential.VARIANTS,
    "oscillation": oscillation.VARIANTS,
    "logarithm": logarithm.VARIANTS,
    "hyperbolic": hyperbolic.VARIANTS,
}
#: Kinds that are more than a product of powers → their weight.
CURVES = {kind: KINDS[kind] for kind in PIECES if kind != "power law"}


def of_kind(draft: Draft, kind: str, columns: int, wanted: Wanted | None) -> Part:
    """A piece of this kind, of a variant that needs no more columns than these."""
    fitting = [variant for variant, least in PIECES[kind] if least <= columns]
    return draft.one_of(fitting)(draft, columns, wanted)
