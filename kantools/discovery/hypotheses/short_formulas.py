"""Formulas by enumeration: what a view's columns make of few symbols, held against the target.

A view has few columns, and in the right view a law is often a short expression without a single constant
inside. Millions of hypotheses (:mod:`kantools.discovery.words.combinations`) are ranked on some of the rows
under every link, the best by their error in the target itself; those are refitted to all rows. Noise does not
hinder this: nothing is differentiated, and nothing can bend.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sympy import Add, Expr, Integer

from kantools.clock import CALL, worked
from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.threshold import judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.averages import averaged
from kantools.discovery.views.link import Link, links_for
from kantools.discovery.views.rows import Rows
from kantools.discovery.views.view import View
from kantools.discovery.words.combinations import Combination, combinations_of
from kantools.discovery.words.dictionary import Dictionary, dictionary
from kantools.discovery.words.factored import factored
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["ShortFormulas"]

Array = np.ndarray
#: Links under which an expression times a polynomial is tried.
SMOOTH = ("identity", "reciprocal", "square", "reciprocal_square")
NAMES = ("identity", "log", "reciprocal", "square", "reciprocal_square")  # of links
EXACT = 1e-18  # share of the target's power below which nothing is left
JUDGED_CALLS, JUDGED_PASSES = 60, 30  # of arrays, and over the rows, to judge a combination: measured
DIGITS = 9  # of the loss; two hypotheses with the same loss are one
COMBINED: dict[str, Callable[[list[Expr]], list[Expr]]] = {
    "one": lambda e: e,
    "sum": lambda e: e,
    "product": lambda e: [e[0] * e[1]],
    "quotient": lambda e: [e[1] / e[0]],
    "beside": lambda e: [e[0] * e[1], e[2]],
}


@dataclass(frozen=True)
class Enumerated:
    """A combination under a link, with its linear constants, and its nats in the target itself."""

    link: Link
    combination: Combination
    factors: Array
    loss: float
    score: float
    exact: bool


@dataclass(frozen=True)
class ShortFormulas(Hypothesis):
    """``T(y) = A E_i + B E_j + C``, ``A E_i E_j + C``, ``E · P(u)``: what few symbols make of columns."""

    name = "short formulas"
    cost = Cost.SECONDS
    sees_curve = True
    most_columns: int = size(10, "more columns have too many expressions")
    most_words: int = size(20_000, "expressions; half as many in noise")
    most_rows: int = size(
        400, "rows, or means of rows, that tell expressions apart in noise; half as many without"
    )
    most_of_a_kind: int = size(40, "combinations of one kind that are judged in the target itself")
    most_fitted: int = size(24, "combinations whose constants are fitted to all rows")
    most_factored: int = size(4, "expressions that are tried times a polynomial")
    most_kept: int = size(8, "drafts that are kept, those with the shortest descriptions")
    most_offered: int = size(5, "drafts that are worked out in noise; without noise the first one is")
    good: float = judgement(1.5, "times the least error that a draft worth working out may have; a guess")

    def shortest(self, columns: int) -> float:
        return 3

    def applies(self, scene: Scene) -> bool:
        return self.name not in scene.visit.tried

    def findings(self, scene: Scene) -> Iterator[Finding]:
        noisy = scene.evidence.noisy
        drafts = scene.once("short formulas", self, noisy, work=lambda: self.drafts(scene))
        if not drafts:
            return
        least = min(d.error(scene.data) for d in drafts)
        told = f"{scene.view}: {self.name}"
        yield Tested(told, least, Verdict.ENUMERATED)
        allowed = self.good * max(scene.evidence.least_error, least)
        good = [d for d in drafts if d.error(scene.data) < allowed]
        for draft in good[: self.most_offered if noisy else 1]:
            yield Form(draft, told, if_shorter=True)

    def drafts(self, scene: Scene) -> list[Draft]:
        """The best combinations, fitted to all rows, the shortest description first.

        In noise more rows and fewer expressions, in about the same time; few columns on averages of all rows.
        """
        view, data, noisy = scene.view, scene.data, scene.evidence.noisy
        if not 1 <= view.inputs <= self.most_columns:
            return []
        rows = self._rows(scene)
        most = self.most_words // 2 if noisy else self.most_words
        words = dictionary(view.columns, rows.X, scene.settings.primitives, most)
        found: list[Enumerated] = []
        drafts: list[Draft] = []
        for link in links_for(rows.y):
            exact = any(data.explained(d.loss) for d in drafts) or any(h.exact for h in found)
            if link.name not in NAMES or exact or scene.budget.late:
                continue
            if link.name in SMOOTH:
                drafts += self._factored(link, words, rows, view, data)
            found += self._under(link, words, rows.y, rows.weight, single=noisy)
        for h in _different(found)[: self.most_fitted]:
            if drafts and scene.budget.late:
                break
            drafts.append(_draft(h, words, view, data))
        return self._shortest(drafts, data)

    def _rows(self, scene: Scene) -> Rows:
        """What hypotheses compete on: some of the rows, or averages of all of them."""
        rows, noisy = scene.view.rows, scene.evidence.noisy
        count = self.most_rows if noisy else self.most_rows // 2
        if noisy and scene.view.inputs <= scene.policy.few_in_averages:
            return averaged(rows, count)
        order = np.random.default_rng(scene.settings.seed).permutation(len(rows.y))
        return rows.take(np.sort(order[:count]))

    def _shortest(self, drafts: Sequence[Draft], data: Data) -> list[Draft]:
        good = [
            d for d in drafts if np.isfinite(d.loss) and data.admits(d.template, d.constants, d.fit.values)
        ]
        different = {f"{d.loss:.{DIGITS}g}": d for d in sorted(good, key=lambda d: -d.length(data))}
        return sorted(different.values(), key=lambda d: d.length(data))[: self.most_kept]

    def _factored(self, link: Link, words: Dictionary, rows: Rows, view: View, data: Data) -> list[Draft]:
        """Expressions times polynomials."""
        eta = replace(rows, y=link.apply(rows.y), weight=rows.weight * link.weight(rows.y))
        found = factored(words, eta, self.most_factored)
        return [_fitted(f.written(words, view.columns), f.factors, link.lift, view, data) for f in found]

    def _under(
        self, link: Link, words: Dictionary, y: Array, weight: Array, *, single: bool
    ) -> list[Enumerated]:
        eta = link.apply(y)
        root = np.sqrt(weight * link.weight(y))
        root = root / np.sqrt(np.mean(root**2))
        products = link.name == "identity"
        found = combinations_of(words, eta, root, self.most_of_a_kind, products=products, single=single)
        return [h for c in found if (h := _judged(c, link, words, eta, root, y, weight)) is not None]


def _judged(
    c: Combination, link: Link, words: Dictionary, eta: Array, root: Array, y: Array, weight: Array
) -> Enumerated | None:
    """Its loss in the target, with the constants that fit best in the link's space."""
    worked(JUDGED_CALLS * CALL + JUDGED_PASSES * len(y))
    A = _terms(c, words).T
    if not (np.isfinite(A * root[:, None]).all() and np.isfinite(eta * root).all()):
        return None
    factors = np.linalg.lstsq(A * root[:, None], eta * root, rcond=1e-12)[0]
    fitted = link.back(A @ factors)
    if not np.isfinite(fitted).all():
        return None
    loss = float(np.mean(weight * (y - fitted) ** 2))
    share = loss / float(np.mean(weight * y**2))
    misfit = 0.5 * len(y) * np.log(max(share, EXACT))
    return Enumerated(link, c, factors, loss, float(misfit + c.nats), share < EXACT)


def _terms(c: Combination, words: Dictionary) -> Array:
    """The columns of the linear fit."""
    values = words.values[list(c.entries)]
    if c.kind == "product":
        values = values.prod(axis=0)[None]
    elif c.kind == "quotient":
        values = (values[1] / values[0])[None]
    elif c.kind == "beside":
        values = np.stack([values[0] * values[1], values[2]])
    return np.concatenate([values, np.ones((1, values.shape[1]))]) if c.offset else values


def _different(found: list[Enumerated]) -> list[Enumerated]:
    """Without those that say the same as a better one."""
    by_loss = {f"{h.loss:.{DIGITS}g}": h for h in sorted(found, key=lambda h: -h.score)}
    return sorted(by_loss.values(), key=lambda h: h.score)


def _draft(h: Enumerated, words: Dictionary, view: View, data: Data) -> Draft:
    """Written down in the table's columns and fitted to all rows."""
    c = h.combination
    terms = [*COMBINED[c.kind]([words.expression(k) for k in c.entries]), *[Integer(1)] * c.offset]
    return _fitted(terms, h.factors, h.link.lift, view, data)


def _fitted(
    terms: Sequence[Expr], factors: Array, lift: Callable[[Expr], Expr], view: View, data: Data
) -> Draft:
    start = dict(zip(fresh_symbols(data.columns), factors.tolist(), strict=False))
    total = Add(*(s * t for s, t in zip(start, terms, strict=True)))
    return fit_draft(view.lift(lift(total)), start, data)
