"""No column is left: the target is its prefactor, but for a constant."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.verdict import Verdict
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import fit_draft

__all__ = ["NoColumnLeft"]


@dataclass(frozen=True)
class NoColumnLeft(Hypothesis):
    """``y = c · prefactor``: a monomial that symmetries have left nothing beside."""

    name = "no column left"

    def shortest(self, columns: int) -> float:
        return inf  # plain formulas find monomials

    def applies(self, scene: Scene) -> bool:
        return scene.view.inputs == 0

    def findings(self, scene: Scene) -> Iterator[Finding]:
        symbol = next(fresh_symbols(scene.data.columns))
        start = {symbol: float(np.median(scene.view.rows.y))}
        draft = fit_draft(scene.view.lift(symbol), start, scene.data)
        told, error = f"{scene.view}: no column is left", draft.error(scene.data)
        yield Tested(told, error, Verdict.READ, best=True)
        if not scene.visit.at_best(error).hides(scene.policy):
            yield Form(draft, told)
