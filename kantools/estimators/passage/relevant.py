"""Which columns of a wide table are worth a search: those that a model of one column at a time asks for.

A search of structures takes time that grows with every column, and most columns of a wide table tell nothing
of the target. Orthogonal matching pursuit (Y. C. Pati, R. Rezaiifar, P. S. Krishnaprasad, 1993) over a few
functions of each column, and over products with the columns that it has chosen, ranks them in milliseconds.
"""

import numpy as np

from kantools.estimators.passage.back import Back
from kantools.estimators.passage.columns import ColumnsBack
from kantools.estimators.passage.comfortable import comfortable
from kantools.table import Table

__all__ = ["MOST_COLUMNS", "relevant", "relevant_columns"]

Array = np.ndarray
#: Columns that are searched at most.
MOST_COLUMNS = 20
#: So many are searched even if they explain no more than chance would.
FEWEST = 8
#: Rows that are looked at, or a few more.
ENOUGH_ROWS = 2000
#: A feature with less of its spread left is a combination of those chosen.
NOTHING_NEW = 1e-10


def relevant_columns(table: Table) -> tuple[Table, Back]:
    """The table with these columns; they are compared in units in which their squares are floats."""
    kept = relevant(comfortable(table)[0])
    return table.select(kept), ColumnsBack(table.columns, kept)


def relevant(table: Table, most: int = MOST_COLUMNS) -> tuple[str, ...]:
    """The columns that tell most of the target, in the table's order.

    Parameters
    ----------
    table : Table
    most : int
        How many; all of a table that has no more.

    Examples
    --------
    >>> X = np.random.default_rng(0).uniform(1, 2, (200, 50))
    >>> table = Table(tuple(f"x{k}" for k in range(50)), X, "y", X[:, 7] * X[:, 31] ** 2)
    >>> {"x7", "x31"} <= set(relevant(table, 5))
    True
    """
    if len(table.columns) <= most:
        return table.columns
    seen = table.take(np.arange(0, table.rows, 1 + table.rows // ENOUGH_ROWS))
    chosen = _pursuit(_standardised(seen.X), seen.y, _root_weight(seen), most)
    return tuple(table.columns[k] for k in sorted(chosen))


def _root_weight(table: Table) -> Array:
    weight = np.ones(table.rows) if table.weight is None else np.sqrt(table.weight / table.weight.max())
    return weight if table.sigma is None else weight * (table.sigma.min() / table.sigma)


def _standardised(X: Array) -> Array:
    centred = X - X.mean(axis=0)
    spread = np.abs(centred).max(axis=0)
    return centred / np.where(spread > 0, spread, 1.0)


def _pursuit(X: Array, y: Array, root: Array, most: int) -> list[int]:
    """Columns in the order in which they are asked for; then, where rows run out, by their share alone."""
    first = _features(X)
    basis = (root / np.linalg.norm(root))[:, None]
    rest = _without(root * (y - y.mean()), basis)
    chosen: list[int] = []
    chance = 2 * np.log(most * X.shape[1]) / len(y)  # what the best of so many features explains of noise
    while len(chosen) < most and basis.shape[1] < len(y):
        scores = _scores(first, chosen, X, rest, basis, root)
        scores[chosen] = -1.0
        best = int(np.argmax(scores))
        enough = len(chosen) >= FEWEST
        if not scores[best] > (chance if enough else 0.0) * (rest @ rest):
            if enough:
                return chosen
            break
        chosen.append(best)
        basis = _with(basis, root[:, None] * np.stack([f[:, best] for f in first], axis=1))
        rest = _without(rest, basis)
    left = [k for k in range(X.shape[1]) if k not in chosen]
    return [*chosen, *left[: most - len(chosen)]]


def _features(X: Array) -> list[Array]:
    """Each column, its square and its size: what is even, odd or bent shows in one of them."""
    return [X, X**2 - (X**2).mean(axis=0), np.abs(X) - np.abs(X).mean(axis=0)]


def _scores(
    features: list[Array], chosen: list[int], X: Array, rest: Array, basis: Array, root: Array
) -> Array:
    """The share of what is left that each column explains, alone or times one that was chosen."""
    products = [X * X[:, [k]] for k in chosen]
    return np.max([_shares(f, rest, basis, root) for f in (*features, *products)], axis=0)


def _shares(F: Array, rest: Array, basis: Array, root: Array) -> Array:
    F = root[:, None] * F
    before = (F**2).sum(axis=0)
    F = _without(F, basis)
    size = (F**2).sum(axis=0)
    new = size > NOTHING_NEW * before
    return np.where(new, (rest @ F) ** 2 / np.where(new, size, 1.0), 0.0)


def _without(values: Array, basis: Array) -> Array:
    return values - basis @ (basis.T @ values)


def _with(basis: Array, features: Array) -> Array:
    """An orthonormal basis of the span of both."""
    for feature in features.T:
        new = _without(_without(feature, basis), basis)
        size = np.linalg.norm(new)
        if size > np.sqrt(NOTHING_NEW) * np.linalg.norm(feature) > 0:
            basis = np.column_stack([basis, new / size])
    return basis
