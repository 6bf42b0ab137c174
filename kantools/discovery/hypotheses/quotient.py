"""Quotients of polynomials in the few columns that symmetries leave.

``y = P(u)/Q(u)`` is linear in all coefficients once it is written ``P(u) - y Q(u) = 0``: the singular vector
of the smallest singular value solves it. Mixtures, resonances, lenses and sums of relativistic velocities are
of this kind; networks follow them, but read badly. Terms that the data do not need are taken away one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import inf

import numpy as np

from kantools.clock import CALL, worked
from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.threshold import guard, judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.link import LINKS
from kantools.discovery.views.view import View
from kantools.discovery.words.quotients import written_quotient
from kantools.discovery.words.terms import CALLS, PSEUDO, Term, products, up_to
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.draft import Draft

__all__ = ["Quotient"]

Array = np.ndarray


@dataclass(frozen=True)
class Quotient(Hypothesis):
    """``y = P(u)/Q(u)``, where it is as good as networks or looks exact.

    Quotients are made of reciprocals and, but for products of different columns, of squares.
    """

    name = "quotient of polynomials"
    degree: int = size(2, "degree of both polynomials")
    most_columns: int = size(3, "more columns have too many products")
    rows_a_term: int = judgement(3, "rows that carry a term of the full quotient; a guess")
    same: float = judgement(1.02, "times the full quotient's error: a shorter one is as good; a guess")
    rounding: float = guard(1e-9, "share of the target that terms may leave in any case")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a quotient of two terms by two

    def applies(self, scene: Scene) -> bool:
        return scene.data.language.has("reciprocal") and 1 <= scene.view.inputs <= self.most_columns

    def findings(self, scene: Scene) -> Iterator[Finding]:
        for power in (1, 2) if scene.data.language.has("square") else (1,):
            below = scene.least_here
            work = partial(self.draft, scene.view, scene.data, power, below)
            draft = scene.once("quotient", self, power, below, work=work)
            if draft is not None:
                told = f"{scene.view}: quotient of polynomials with powers up to {power}"
                yield Tested(told, draft.error(scene.data), Verdict.READ)
                yield Form(draft, told)

    def draft(self, view: View, data: Data, power: int, below: float) -> Draft | None:
        """The shortest quotient that is about as good as the full one.

        Parameters
        ----------
        view : View
        data : Data
            All rows of the table.
        power : int
            1, or 2 for laws in squares.
        below : float
            The relative error above which it is not worth writing down.
        """
        X, y, root = view.rows.X**power, view.rows.y, np.sqrt(view.rows.weight)
        for terms in self._term_lists(view.inputs, data.language.has("square")):
            if len(y) < 2 * self.rows_a_term * len(terms):
                return None
            kept, solution = self._shortest(products(X, terms), y, root, below * np.sqrt(view.rows.variance))
            if solution is not None:
                return written_quotient(view, data, power, terms, kept, solution, LINKS[0])
        return None

    def _term_lists(self, columns: int, squares: bool) -> Iterator[list[Term]]:
        """Products of different columns; then all of a degree, where squares are allowed."""
        yield [t for n in range(columns + 1) for t in combinations(range(columns), n)]
        if squares:
            yield up_to(self.degree, columns)

    def _shortest(self, values: Array, y: Array, root: Array, below: float) -> tuple[Array, Array | None]:
        """Which terms of numerator and denominator stay, and their coefficients."""
        m = values.shape[1]
        kept = np.ones(2 * m, dtype=bool)
        solution = _solve(values, y, root, kept)
        error = _error(values, y, root, solution)
        if not error < below:
            return kept, None
        allowed = max(self.same * error, self.rounding * float(np.sqrt(np.mean(root**2 * y**2))))
        while kept.sum() > 2:
            trials = [(_without(values, y, root, kept, k), k) for k in np.flatnonzero(kept).tolist()]
            (found, trial), k = min(trials, key=lambda t: t[0][0])
            if not found < allowed:
                break
            kept[k], solution = False, trial
        return kept, solution


def _without(values: Array, y: Array, root: Array, kept: Array, k: int) -> tuple[float, Array]:
    """Error and coefficients with one term less."""
    rest = kept.copy()
    rest[k] = False
    if not rest[: values.shape[1]].any() or not rest[values.shape[1] :].any():
        return np.inf, np.zeros(len(kept))
    solution = _solve(values, y, root, rest)
    return _error(values, y, root, solution), solution


def _solve(values: Array, y: Array, root: Array, kept: Array) -> Array:
    """The direction in which ``P - y Q`` is least; once more with errors counted as in ``y``."""
    solution = np.zeros(len(kept))
    weight = root
    for _ in range(2):
        A = np.hstack([values, -y[:, None] * values])[:, kept] * weight[:, None]
        size = np.maximum(np.linalg.norm(A, axis=0), 1e-300)
        if not np.isfinite(A / size).all():
            break
        worked(CALLS * CALL + A.size * A.shape[1] + PSEUDO * A.shape[1] ** 3)
        triangle = np.linalg.qr(A / size, mode="r")
        solution[kept] = np.linalg.svd(triangle)[2][-1] / size
        Q = np.abs(values @ solution[values.shape[1] :])
        weight = root / np.maximum(Q, 1e-6 * max(Q.max(), 1e-300))
    return solution


def _error(values: Array, y: Array, root: Array, solution: Array) -> float:
    """Root mean square error in ``y``; infinite with a pole between the rows."""
    m = values.shape[1]
    P, Q = values @ solution[:m], values @ solution[m:]
    if Q.min() <= 0 <= Q.max():
        return np.inf
    return float(np.sqrt(np.mean((root * (y - P / Q)) ** 2) / np.mean(root**2)))
