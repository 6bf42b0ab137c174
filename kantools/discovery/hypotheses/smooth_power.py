"""The product of powers of all columns that the target is a smooth function of.

Rows are sorted by each product in turn, and the target's jumps between neighbours are compared (von Neumann
1941): no model is needed, however fast the law oscillates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.threshold import judgement, size
from kantools.discovery.views.view import Reduction, View, reduced
from kantools.discovery.views.whole_numbers import whole_numbers

__all__ = ["SmoothPower"]


@dataclass(frozen=True)
class SmoothPower(Hypothesis):
    """``y = G(Π x_i^p_i)`` with small whole ``p_i``, where networks are lost."""

    name = "smooth power"
    smooth: float = judgement(
        0.3,
        "share of the target's variance that may lie between neighbours; a guess; "
        'what it found: lab book, "Rows sorted by every product"',
    )
    clear: float = judgement(0.7, "times the share that the second best product leaves; a guess")
    largest: int = size(2, "exponent of a column")
    most_columns: int = size(4, "more columns have too many products")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a function of a monomial, with constants

    def applies(self, scene: Scene) -> bool:
        X, y = scene.view.rows.X, scene.view.rows.y
        return bool(2 <= scene.view.inputs <= self.most_columns and X.min() > 0 and np.ptp(y) > 0)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        power = self.power(scene.view)
        view = None if power is None else reduced(scene.view, power)
        if view is not None and scene.is_new(view):
            yield Turn((view,), Must.HELP)

    def power(self, view: View) -> Reduction | None:
        """That product; None where several are about as smooth, or none is."""
        y = view.rows.y
        logs, spread = np.log(view.rows.X), 2 * float(np.mean((y - y.mean()) ** 2))
        found = []
        for exponents in product(range(-self.largest, self.largest + 1), repeat=view.inputs):
            nonzero = [e for e in exponents if e]
            if not nonzero or nonzero[0] < 0 or np.gcd.reduce(nonzero) > 1:
                continue
            jumps = np.diff(y[np.argsort(logs @ np.array(exponents))])
            found.append((float(np.mean(jumps**2)) / spread, exponents))
        (best, exponents), (second, _) = sorted(found)[:2]
        if not (best < self.smooth and best < self.clear * second):
            return None
        return whole_numbers("product", [exponents], view.inputs)
