"""How far the values of an exported formula are from those of the formula itself."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.exported_laws import Law
from benchmarks.languages import LANGUAGES, product
from kantools.symbolic.exporters.identifiers import identifiers
from kantools.symbolic.formula import Formula

__all__ = ["difference", "worst_differences"]


def difference(found: np.ndarray, wanted: np.ndarray, errors: bool = False) -> float:
    """The largest relative difference; infinite where one is a number and the other is not.

    Parameters
    ----------
    found, wanted : ndarray, shape (rows,)
    errors : bool
        Whether an infinite value may come as NaN, from a program that knows errors instead of either.

    >>> difference(np.array([2.0, np.nan]), np.array([2.5, np.nan]))
    0.2
    """
    found = np.broadcast_to(np.asarray(found, dtype=float), wanted.shape)
    real = np.isfinite(wanted)
    same = np.isnan(found) if errors else (found == wanted) | (np.isnan(found) & np.isnan(wanted))
    if not np.all(np.where(real, np.isfinite(found), same)):
        return np.inf
    gap = np.abs(found[real] - wanted[real])
    return float(np.max(gap / np.maximum(np.abs(wanted[real]), np.finfo(float).tiny), initial=0.0))


def worst_differences(target: str, laws: list[Law], folder: Path) -> list[float]:
    """Of each law, exported to a target and run there."""
    language = LANGUAGES[target]
    pairs = zip(_told_apart(laws), laws, strict=True)
    products = [product(target, f, law.X, f"law_{i}") for i, (f, law) in enumerate(pairs)]
    values = language.run(products, folder) if products else []
    wanted = (law.formula.predict(law.X) for law in laws)
    return [difference(v, w, language.errors) for v, w in zip(values, wanted, strict=True)]


def _told_apart(laws: list[Law]) -> Iterator[Formula]:
    """With a number behind a target that was there before: a program has one function of a name."""
    taken: set[str] = set()
    for number, law in enumerate(laws):
        target = law.formula.target
        if identifiers([target])[0].lower() in taken:
            target = f"{target} {number}"
        taken.add(identifiers([target])[0].lower())
        yield replace(law.formula, target=target)
