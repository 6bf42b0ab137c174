"""Formulas by enumeration: what a view's columns make of few symbols, held against the target.

A view has few columns, and in the right view a law is often a short expression without a single constant
inside. Millions of hypotheses (:mod:`kantools.discovery.combinations`) are ranked on some of the rows under
every link, the best by their error in the target itself; those are refitted to all rows. Noise does not
hinder this: nothing is differentiated, and nothing can bend.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from sympy import Add, Expr, Integer

from kantools.discovery.averages import averaged
from kantools.discovery.combinations import Combination, combinations_of
from kantools.discovery.dictionary import Dictionary, dictionary
from kantools.discovery.factored import factored
from kantools.discovery.link import Link, links_for
from kantools.discovery.trial import Rows
from kantools.discovery.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["enumerated"]

Array = np.ndarray
ROWS = 400  # on which hypotheses compete, in noise
WORDS = 20_000  # expressions at most
SMOOTH = (
    "identity",
    "reciprocal",
    "square",
    "reciprocal_square",
)  # under which an expression times a polynomial is tried
NAMES = ("identity", "log", "reciprocal", "square", "reciprocal_square")  # of links
MOST_OF_A_KIND = 40
MOST_FITTED = 24
MOST_FACTORED = 4
MOST_KEPT = 8
EXACT = 1e-18  # share of the target's power below which nothing is left
DIGITS = 9  # of the loss; two hypotheses with the same loss are one
MOST_COLUMNS = 10
COMBINED: dict[str, Callable[[list[Expr]], list[Expr]]] = {
    "one": lambda e: e,
    "sum": lambda e: e,
    "product": lambda e: [e[0] * e[1]],
    "quotient": lambda e: [e[1] / e[0]],
    "beside": lambda e: [e[0] * e[1], e[2]],
}


@dataclass(frozen=True)
class Hypothesis:
    """A combination under a link, with its linear constants, and its nats in the target itself."""

    link: Link
    combination: Combination
    factors: Array
    loss: float
    score: float
    exact: bool


def enumerated(
    view: View,
    data: Data,
    primitives: Sequence[Primitive],
    seed: int,
    deadline: float = np.inf,
    *,
    noisy: bool = True,
    averages: bool = False,
) -> list[Draft]:
    """The best hypotheses about a view, fitted to all rows, the shortest description first.

    Parameters
    ----------
    view : View
    data : Data
        All rows of the table.
    primitives : sequence of Primitive
    seed : int
        Of the rows that the hypotheses compete on.
    deadline : float
        ``time.monotonic()`` after which no further link is tried, and no hypothesis refitted but the first.
    noisy : bool
        In noise more rows and fewer expressions, in about the same time.
    averages : bool
        Whether the hypotheses compete on averages of all rows instead of on some of the rows.
    """
    if not 1 <= view.inputs <= MOST_COLUMNS:
        return []
    count, most = (ROWS, WORDS // 2) if noisy else (ROWS // 2, WORDS)
    rows = averaged(view.rows, count) if averages else _some(view.rows, count, seed)
    words = dictionary(view.columns, rows.X, primitives, most)
    found: list[Hypothesis] = []
    drafts: list[Draft] = []
    for link in links_for(rows.y):
        exact = any(data.explained(d.loss) for d in drafts) or any(h.exact for h in found)
        if link.name not in NAMES or exact or monotonic() > deadline:
            continue
        if link.name in SMOOTH:
            drafts += _factored(link, words, rows, view, data)
        found += _under(link, words, rows.y, rows.weight, single=noisy)
    for h in _different(found)[:MOST_FITTED]:
        if drafts and monotonic() > deadline:
            break
        drafts.append(_draft(h, words, view, data))
    good = [d for d in drafts if np.isfinite(d.loss) and data.admits(d.template, d.constants, d.fit.values)]
    shortest = {f"{d.loss:.{DIGITS}g}": d for d in sorted(good, key=lambda d: -d.length(data))}
    return sorted(shortest.values(), key=lambda d: d.length(data))[:MOST_KEPT]


def _some(rows: Rows, count: int, seed: int) -> Rows:
    return rows.take(np.sort(np.random.default_rng(seed).permutation(len(rows.y))[:count]))


def _factored(link: Link, words: Dictionary, rows: Rows, view: View, data: Data) -> list[Draft]:
    """Expressions times polynomials."""
    eta = replace(rows, y=link.apply(rows.y), weight=rows.weight * link.weight(rows.y))
    found = factored(words, eta, MOST_FACTORED)
    return [_fitted(f.written(words, view.columns), f.factors, link.lift, view, data) for f in found]


def _under(link: Link, words: Dictionary, y: Array, weight: Array, *, single: bool) -> list[Hypothesis]:
    eta = link.apply(y)
    root = np.sqrt(weight * link.weight(y))
    root = root / np.sqrt(np.mean(root**2))
    products = link.name == "identity"
    found = combinations_of(words, eta, root, MOST_OF_A_KIND, products=products, single=single)
    return [h for c in found if (h := _judged(c, link, words, eta, root, y, weight)) is not None]


def _judged(
    c: Combination, link: Link, words: Dictionary, eta: Array, root: Array, y: Array, weight: Array
) -> Hypothesis | None:
    """Its loss in the target, with the constants that fit best in the link's space."""
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
    return Hypothesis(link, c, factors, loss, float(misfit + c.nats), share < EXACT)


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


def _different(found: list[Hypothesis]) -> list[Hypothesis]:
    """Without those that say the same as a better one."""
    by_loss = {f"{h.loss:.{DIGITS}g}": h for h in sorted(found, key=lambda h: -h.score)}
    return sorted(by_loss.values(), key=lambda h: h.score)


def _draft(h: Hypothesis, words: Dictionary, view: View, data: Data) -> Draft:
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
