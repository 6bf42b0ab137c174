"""Quotients of polynomials that leave nothing but rounding errors, where the table has no noise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kantools.discovery.hypothesis import Scene
from kantools.discovery.threshold import size
from kantools.discovery.views.view import View
from kantools.discovery.words.exact_quotients import ToRounding

__all__ = ["ExactQuotient"]


@dataclass(frozen=True)
class ExactQuotient(ToRounding):
    """``T(y) = P(u)/Q(u)`` of high degree, to rounding error."""

    name = "exact quotient of polynomials"
    highest: Mapping[int, int] = size(
        {1: 6, 2: 4, 3: 2, 4: 1, 5: 1}, "power of a column, by how many there are"
    )

    def views(self, scene: Scene) -> Iterator[View]:
        yield scene.view
