"""A law is drawn: how many columns, with units or without, and of which kind."""

import re

import numpy as np

from kantools.bench.random_laws.counts import KINDS
from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, anything
from kantools.bench.random_laws.law import RandomLaw
from kantools.bench.random_laws.part import Part, times
from kantools.bench.random_laws.pieces import CURVES, of_kind
from kantools.bench.random_laws.quantities import BY_UNIT, THEMES, Quantity, written
from kantools.bench.random_laws.rows import decades_evenly
from kantools.bench.random_laws.total import total
from kantools.datasets import Problem
from kantools.symbolic.units.dimension import PURE

__all__ = ["CLASSES", "drawn", "theme_of"]

#: Number of columns → its weight, a share with units, and a share of products of two kinds: choices.
COLUMNS = {1: 0.15, 2: 0.25, 3: 0.25, 4: 0.17, 5: 0.11, 6: 0.07}
PHYSICAL, COMPOSED = 0.55, 0.12

#: What a law may be, told by what it is made of.
CLASSES = (*KINDS, "composition")

SOURCE = (
    "drawn at random (kantools.bench.random_laws); operators weighted by R. Guimerà et al., Science Advances "
    "6 (2020) eaav6971"
)


def theme_of(rng: np.random.Generator) -> tuple[Quantity, ...]:
    """What a law's columns may be: quantities of a field of physics, or none with a unit."""
    return THEMES[int(rng.integers(len(THEMES)))] if rng.random() < PHYSICAL else ()


def drawn(draft: Draft, name: str) -> RandomLaw:
    """A law, whether rows could tell it or not."""
    columns = draft.weighted(COLUMNS)
    if columns > 1 and draft.chance(COMPOSED):
        return _law(draft, name, "composition", _composed(draft, columns))
    kind = draft.weighted(KINDS)
    whole = _of(draft, kind, columns, None)
    return _law(draft, name, "composition" if draft.nested else kind, whole)


def _composed(draft: Draft, columns: int) -> Part:
    """Two factors of different kinds, of which the first may be a sum and the second has no coefficient."""
    inside = 1 + int(draft.rng.integers(columns - 1))
    second = draft.weighted(CURVES)
    firsts = {kind: weight for kind, weight in KINDS.items() if kind not in (second, "power law")}
    factor = of_kind(draft, second, inside, Wanted(PURE, 1.0, bare=True))
    first = _of(draft, draft.weighted(firsts), columns - inside, anything(draft, factor))
    return times(first, factor)


def _of(draft: Draft, kind: str, columns: int, wanted: Wanted | None) -> Part:
    if kind == "sum":
        return total(draft, columns, wanted)
    return of_kind(draft, kind, columns, wanted)


def _law(draft: Draft, name: str, kind: str, whole: Part) -> RandomLaw:
    target = _target(draft, whole)
    units = {c.name: written(c.unit) for c in draft.columns} | {target: written(whole.unit)}
    problem = Problem(
        name=name,
        title=f"A random law: {kind}",
        target=target,
        formula=with_values(whole.text, draft.constants),
        columns=tuple(c.name for c in draft.columns),
        lows=tuple(c.low for c in draft.columns),
        highs=tuple(c.high for c in draft.columns),
        source=SOURCE,
        units=units if draft.physical else {},
        draw=decades_evenly,
    )
    return RandomLaw(problem, kind, whole.text, tuple(draft.constants))


def _target(draft: Draft, whole: Part) -> str:
    """A name for a quantity of this dimension that is not a column's."""
    taken = {c.name for c in draft.columns}
    quantity = BY_UNIT.get(written(whole.unit)) if draft.physical else None
    names = (*(quantity.names if quantity else ()), "y", "f", "g")
    return next(name for name in names if name not in taken)


def with_values(template: str, constants: list[float]) -> str:
    """The formula with its numbers.

    >>> with_values("_0*exp(-x/_1)", [3.0, 1.2e-9])
    '3.0*exp(-x/1.2e-09)'
    """
    return re.sub(r"\b_(\d+)\b", lambda match: repr(constants[int(match[1])]), template)
