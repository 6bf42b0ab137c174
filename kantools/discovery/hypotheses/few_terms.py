"""Polynomials with few terms: least squares on all monomials, then without those that do not pay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from sympy import Add, Expr, Mul

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.threshold import size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.view import View
from kantools.discovery.words.terms import HIGHEST, MOST_TERMS, Term, products, shortest_terms, term_lists
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["FewTerms"]

Array = np.ndarray


@dataclass(frozen=True)
class FewTerms(Hypothesis):
    """``y = Σ c_t Π u_i``: the polynomial with the shortest description, where networks are no better."""

    name = "polynomial with few terms"
    most_terms: int = size(MOST_TERMS, "products that compete; each costs a column of the least squares")
    highest: Mapping[int, int] = size(HIGHEST, "degree, by the number of columns")

    def shortest(self, columns: int) -> float:
        return 3 if columns > 1 else inf

    def applies(self, scene: Scene) -> bool:
        return scene.view.inputs > 1

    def findings(self, scene: Scene) -> Iterator[Finding]:
        draft = scene.once("polynomial", self, work=lambda: self.draft(scene.view, scene.data))
        if draft is None or not draft.error(scene.data) < scene.least_here:
            return
        told = f"{scene.view}: {self.name}"
        yield Tested(told, draft.error(scene.data), Verdict.READ)
        yield Form(draft, told, if_shorter=True)

    def draft(self, view: View, data: Data) -> Draft | None:
        """The polynomial, fitted to all rows; None where the rows are too few for a square."""
        X, y, root = view.rows.X, view.rows.y, np.sqrt(view.rows.weight)
        best: tuple[float, Sequence[Term], Array] | None = None
        for terms in term_lists(view.inputs, len(y), self.highest, self.most_terms):
            A = products(X, terms)
            if not np.isfinite(A * root[:, None]).all():
                break
            found = shortest_terms(A * root[:, None], y * root, terms)
            if best is None or found[0] < best[0]:
                best = (found[0], [terms[k] for k in found[1]], found[2])
        return None if best is None else _written(view, data, best[1], best[2])


def _written(view: View, data: Data, terms: Sequence[Term], factors: Array) -> Draft | None:
    names = fresh_symbols(data.columns)
    start = dict(zip(names, factors.tolist(), strict=False))
    written: list[Expr] = [Mul(s, *(view.columns[i] for i in t)) for s, t in zip(start, terms, strict=True)]
    draft = fit_draft(view.lift(Add(*written)), start, data)
    return draft if np.isfinite(draft.loss) else None
