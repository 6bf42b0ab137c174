"""Exact quotients of polynomials in which one column counts through its sine, cosine or exponential."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kantools.discovery.hypothesis import Scene
from kantools.discovery.threshold import size
from kantools.discovery.views.bends import bent_views
from kantools.discovery.views.view import View
from kantools.discovery.words.exact_quotients import ToRounding

__all__ = ["BentQuotient"]


@dataclass(frozen=True)
class BentQuotient(ToRounding):
    """``T(y) = P(u, f(v))/Q(u, f(v))`` to rounding error, ``f`` a sine, cosine or exponential."""

    name = "exact quotient with a bent column"
    highest: Mapping[int, int] = size({1: 4, 2: 3, 3: 1}, "power of a column, by how many there are")

    def views(self, scene: Scene) -> Iterator[View]:
        return bent_views(scene.view, scene.settings.primitives)
