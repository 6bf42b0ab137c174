"""Pairs of columns that count by their difference only, as positions do."""

from collections.abc import Callable, Sequence

import numpy as np

from kantools.discovery.surrogates.ease import ease
from kantools.discovery.surrogates.generators import Generator, reductions, translations
from kantools.discovery.surrogates.lead import Lead, easiest_reduction
from kantools.discovery.surrogates.survey import Survey, train_surrogates
from kantools.discovery.views.rows import Split
from kantools.discovery.views.view import View

__all__ = ["differences"]


def differences(
    view: View,
    split: Split,
    alike: Callable[[Sequence[int]], bool],
    *,
    easier: float,
    most: int,
    survey: Survey,
) -> View | None:
    """The view in which pairs of columns count by their difference only, where it is as easy to learn.

    Where the zero of a position is put does not matter. Each column is in one pair at most: that a sum of
    differences is all that counts is for later to find.

    Parameters
    ----------
    view : View
    split : Split
    alike : callable
        Whether columns with these indices may be subtracted.
    easier : float
        Times the error before that a difference may leave.
    most : int
        Pairs of columns that are tested.
    survey : Survey

    Returns
    -------
    View or None
        None where no difference says as much as its columns.
    """
    surrogate = next(iter(train_surrogates(view, split, 0, np.inf, noisy=True, survey=survey)), None)
    if surrogate is None:
        return None
    like = surrogate.link
    allowed = easier * ease(view, split, like)
    together: list[Generator] = []
    best: Lead | None = None
    moved = [(far, g) for far, g in translations(surrogate) if sum(g.numbers) != 0]
    for _, generator in sorted(moved, key=lambda pair: pair[0])[:most]:
        some, taken = columns_of(generator), {k for g in together for k in columns_of(g)}
        if taken & set(some) or not alike(some):
            continue
        found = easiest_reduction(reductions([*together, generator], view), view, split, like)
        if found is not None and found.error < allowed:
            together.append(generator)
            best = found
    return None if best is None else best.view


def columns_of(generator: Generator) -> list[int]:
    return [k for k, q in enumerate(generator.numbers) if q]
