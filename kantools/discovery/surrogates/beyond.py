"""What a column tells beyond a smooth model of the others, and whether that is more than chance.

A polynomial of the other columns is fitted; what it leaves is compared with the column, its square and
its products with the others, and with the same of a column whose rows are shuffled, which knows how
residuals are distributed. Columns that tell nothing go one by one, the idlest first, so that of two that
say the same one stays.

Source: P. Good, *Permutation, Parametric, and Bootstrap Tests of Hypotheses*, 3rd edition, Springer, New
York 2005, chapter 3.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from kantools.discovery.surrogates.polynomial import monomials
from kantools.discovery.views.link import Link, links_for
from kantools.discovery.views.rows import Rows

__all__ = ["standing", "telling"]

Array = np.ndarray
#: Rows for each coefficient of the polynomial of the others, and its degree at most.
ROWS_A_TERM, HIGHEST = 4, 8
#: Share of a product that the polynomial of the others leaves: less is rounding, as of a column seen twice.
ROUNDING = 1e-8
#: What changes nothing beside the target.
TINY = 1e-300


def telling(rows: Rows, seed: int, unlikely: float, followed: float, permutations: int = 20) -> Array:
    """Which columns are needed, shape (columns,); at least one.

    Parameters
    ----------
    rows : Rows
    seed : int
    unlikely : float
        Standard deviations of what shuffled columns explain, by which one that tells something stands out.
    followed : float
        Share of the target's variance that the model of the others may leave; one that leaves more has not
        followed the target, and says nothing of a column.
    permutations : int

    Examples
    --------
    >>> from kantools.discovery.views.rows import rows_of
    >>> X = np.random.default_rng(0).uniform(0, 3, (30, 3))
    >>> telling(rows_of(X, np.exp(-X[:, 1]), np.ones(30)), 0, unlikely=4.0, followed=0.3).tolist()
    [False, True, False]
    """
    kept = list(range(rows.X.shape[1]))
    while len(kept) > 1:
        scores = [standing(rows, kept, j, seed, followed, permutations) for j in kept]
        if min(scores) >= unlikely:
            break
        del kept[int(np.argmin(scores))]
    return np.isin(np.arange(rows.X.shape[1]), kept)


def standing(
    rows: Rows, columns: Sequence[int], column: int, seed: int, followed: float, permutations: int
) -> float:
    """By how many standard deviations a column explains more than shuffled, under the best link."""
    others = [k for k in columns if k != column]
    rng = np.random.default_rng(seed)
    orders = [np.arange(len(rows.y)), *(rng.permutation(len(rows.y)) for _ in range(permutations))]
    found = []
    for link in links_for(rows.y):
        if link.name in {"identity", "log"}:
            left = _left(rows, others, link)
            if left is not None and left.share <= followed:
                shares = np.array(
                    [left.explained(rows.X[order, column], rows.X[:, others]) for order in orders]
                )
                found.append(
                    (shares[0] - shares[1:].mean()) / max(shares[1:].std(ddof=1), np.finfo(float).eps)
                )
    return max(found, default=np.inf)


def _left(rows: Rows, others: Sequence[int], link: Link) -> "_Left | None":
    """What the better of two polynomials leaves, in the columns or in the logarithms of positive ones."""
    y, weight, most = link.apply(rows.y), rows.weight * link.weight(rows.y), len(rows.y) // ROWS_A_TERM
    ways = (_Left(terms, y, weight) for terms in _terms(rows.X[:, others], max(most, 1)))
    return min(ways, key=lambda left: left.share, default=None)


def _terms(X: Array, most: int) -> Iterator[Array]:
    """Of the columns; of logarithms of positive ones beside these, lest a copy tells more than they."""
    yield monomials(X, most, HIGHEST)
    positive = X.min(axis=0) > 0
    if positive.any():
        logs = np.where(positive, np.log(np.where(positive, X, 1.0)), X)
        yield np.hstack([monomials(logs, most, HIGHEST), _standardised(X), _standardised(X) ** 2])


class _Left:
    """What a polynomial of some columns leaves of a target, and what another column explains of it.

    Attributes
    ----------
    share : float
        Of the target's variance, what is left.
    """

    def __init__(self, terms: Array, y: Array, weight: Array) -> None:
        self.root = np.sqrt(weight)
        self.Q = np.linalg.qr(terms * self.root[:, None])[0]
        self.rest = self._without(y * self.root)
        self.power = max(float(self.rest @ self.rest), TINY)
        self.share = self.power / max(float(np.sum(weight * (y - np.average(y, weights=weight)) ** 2)), TINY)

    def _without(self, values: Array) -> Array:
        return values - self.Q @ (self.Q.T @ values)

    def explained(self, x: Array, others: Array) -> float:
        u = _standardised(np.column_stack([x, others]))
        whole = u[:, :1] * np.column_stack([np.ones(len(x)), u]) * self.root[:, None]
        more = self._without(whole)
        new = np.linalg.norm(more, axis=0) > ROUNDING * np.linalg.norm(whole, axis=0)
        more = more[:, new]
        solution = np.linalg.lstsq(more, self.rest, rcond=1e-10)[0]
        return float(np.sum((more @ solution) ** 2)) / self.power


def _standardised(X: Array) -> Array:
    return (X - X.mean(axis=0)) / np.maximum(X.std(axis=0), TINY)
