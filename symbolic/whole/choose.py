"""Choose among the candidates of all edges by the loss of the whole formula.

Edge by edge, the best-fitting candidate is often the wrong one: what an edge has learned is only as good
as the network, and the gauge freedom of hidden nodes dresses simple functions up. So each choice is put
into the whole formula, all constants are refitted to the data, and the description length of the whole
decides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr

from kantools.activation import Activations, Edge
from kantools.clock import NODE, now, worked
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import compose, fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft, fold

__all__ = ["Chosen", "choose"]

Choice = dict[Edge, Candidate]
#: How often each symbol is substituted in while candidates are put together.
COMPOSED = 6


@dataclass(frozen=True)
class Chosen:
    """A draft and the candidates that it was made of."""

    draft: Draft
    choice: Mapping[Edge, Candidate]
    length: float


def choose(
    activations: Activations,
    candidates: Mapping[Edge, Sequence[Candidate]],
    data: Data,
    *,
    sources: Sequence[Expr] | None = None,
    lift: Callable[[Expr], Expr] = lambda e: e,
    most: int = 16,
    rows: int = 400,
    deadline: float = np.inf,
) -> list[Chosen]:
    """Formulas read from a network, the shortest description first.

    Coordinate descent over the edges: start from each edge's best candidate, exchange one at a time, keep
    what makes the whole shorter, until nothing does.

    Parameters
    ----------
    activations : Activations
    candidates : mapping of Edge to sequence of Candidate
        Best first, for every edge that is not fixed.
    data : Data
    sources : sequence of Expr, optional
        What the network's input nodes are in terms of the data's columns.
    lift : callable
        From the network's output to the formula of the data's target.
    most : int
        How many candidates of each edge are tried.
    rows : int
        Trials are fitted to at most so many rows.
    deadline : float
        On the clock that counts (:mod:`kantools.clock`): no trial begins after it.
    """
    part = data.thinned(rows)
    sources = data.symbols if sources is None else sources
    tried: dict[tuple[int, ...], Chosen] = {}
    edges = list(candidates)

    def attempt(index: tuple[int, ...], below: float = np.inf) -> Chosen | None:
        """Fit a choice, unless it is known already or as long as ``below``."""
        if index not in tried:
            choice = {edge: candidates[edge][i] for edge, i in zip(edges, index, strict=True)}
            template, start = compose(activations, choice, sources, fresh_symbols(part.columns))
            template, start = fold(lift(template), start, part)
            if part.language.complexity(template) >= below:
                return None
            worked(COMPOSED * NODE * part.language.complexity(template))
            draft = fit_draft(template, start, part)
            length = np.inf if part.language.nested(template) else draft.length(part)
            tried[index] = Chosen(draft, choice, length)
        return tried[index]

    index = tuple(0 for _ in edges)
    best = attempt(index)
    improved = True
    while improved and best is not None and now() < deadline:
        improved = False
        for k, edge in enumerate(edges):
            for i in range(min(most, len(candidates[edge]))):
                if now() > deadline:
                    break
                # Once nothing is left to explain, only a shorter formula is worth fitting.
                below = best.draft.complexity if part.explained(best.draft.loss) else np.inf
                trial = (*index[:k], i, *index[k + 1 :])
                chosen = attempt(trial, below)
                if chosen is not None and chosen.length < best.length - 1e-9:
                    best, index, improved = chosen, trial, True
    allowed = (chosen for chosen in tried.values() if chosen.length < np.inf)
    return sorted(allowed, key=lambda chosen: chosen.length)
