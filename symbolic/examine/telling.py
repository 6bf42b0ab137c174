"""Where the next measurement tells formulas apart that the rows do not tell apart.

Each column is varied over its range, extended by half at either end, while the others stay at their medians.
The most telling place is that at which the first formula differs most from the nearest of the others, in
units of the standard errors of both predictions and the scatter of a measurement together: the design of
experiments to discriminate between models (W. G. Hunter, A. M. Reiner, *Technometrics* 7, 307, 1965).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kantools.symbolic.examine.beyond import apart, extended
from kantools.symbolic.formula import Formula
from kantools.symbolic.written.readable_name import readable_name

__all__ = ["CLEAR", "Telling", "telling_point"]

Array = np.ndarray
STEPS = 240  # of a column
#: Standard deviations that one measurement has to show to decide.
CLEAR = 2.0


@dataclass(frozen=True)
class Telling:
    """The place of a measurement, and what each formula expects there.

    Attributes
    ----------
    columns : tuple of str
    column : str
        The one that is varied.
    row : ndarray, shape (columns,)
        The place; the other columns are at their medians.
    expected : tuple of float
        By each formula, the first one first.
    apart : float
        Standard deviations between the first one and the nearest of the others.
    """

    columns: tuple[str, ...]
    column: str
    row: Array
    expected: tuple[float, ...]
    apart: float

    @property
    def value(self) -> float:
        """Of the column that is varied."""
        return float(self.row[self.columns.index(self.column)])

    @property
    def clear(self) -> bool:
        """Whether one measurement decides."""
        return self.apart >= CLEAR

    @property
    def numbers(self) -> tuple[str, ...]:
        """What is expected, with as many digits as it takes to see the difference."""
        return next(
            told
            for digits in range(3, 18)
            if len(set(told := tuple(f"{v:.{digits}g}" for v in self.expected))) == len(set(self.expected))
        )

    @property
    def place(self) -> str:
        """``column = value``, as it is written."""
        return f"{readable_name(self.column)} = {self.value:.10g}"

    def __str__(self) -> str:
        first, *others = self.numbers
        against = f"{first} against {_listed(others)}"
        where = self.place + ", all other columns at their medians" * (len(self.columns) > 1)
        if self.clear:
            return f"The next measurement at {where} tells them apart: {against}."
        what = "them apart" if len(others) == 1 else "the chosen formula from all others"
        return (
            f"No single measurement up to half a range beyond the rows tells {what}; they differ most at "
            f"{where}: {against}, {self.apart:.2g} standard deviations."
        )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def telling_point(formulas: Sequence[Formula], X: Array) -> Telling | None:
    """``argmax_x min_k |f_0(x) - f_k(x)| / sqrt(std(f_0)² + std(f_k)² + s²)``.

    Parameters
    ----------
    formulas : sequence of Formula
        The chosen one first; its scatter is that of a new measurement.
    X : ndarray, shape (rows, columns)
        The rows that they were found in.

    Returns
    -------
    Telling or None
        None where there is but one formula, or nowhere a place at which all have a value and differ.

    Examples
    --------
    >>> from kantools.symbolic.trust.prediction import Scatter
    >>> from sympy import Symbol, exp
    >>> t, scatter = Symbol("temperature"), Scatter("constant", 0.2, 20.0)
    >>> line, bend = 1 + t / 100, exp(t / 150)
    >>> two = [Formula(("temperature",), "pressure", e, scatter=scatter) for e in (line, bend)]
    >>> print(telling_point(two, np.array([[20.0], [300.0]])))
    The next measurement at temperature = 440 tells them apart: 5.4 against 18.8.
    """
    found = (t for k in range(X.shape[1]) for t in _along(formulas, X, k))
    return max(found, key=lambda t: t.apart, default=None) if len(formulas) > 1 else None


def _along(formulas: Sequence[Formula], X: Array, column: int) -> Iterator[Telling]:
    """The most telling place of one column, if there is one."""
    chosen, *others = formulas
    x = _grid(X[:, column])
    rows = np.tile(np.median(X, axis=0), (len(x), 1))
    rows[:, column] = x
    least = np.min([apart(chosen, f, rows, chosen.scatter) for f in others], axis=0)
    with np.errstate(all="ignore"):
        expected = np.stack([f.predict(rows) for f in formulas])
    least = np.where(np.isfinite(expected).all(axis=0), least, 0.0)
    best = int(np.argmax(least))
    if least[best] > 0:
        told = tuple(expected[:, best].tolist())
        yield Telling(chosen.columns, chosen.columns[column], rows[best], told, float(least[best]))


def _grid(x: Array) -> Array:
    """Values in the extended range that are easily said and set; whole ones of a column that counts."""
    low, high = extended(x)
    even = np.linspace(low, high, STEPS)
    if low > 0:
        even = np.concatenate([even, np.geomspace(low, high, STEPS)])
    if np.array_equal(x, np.round(x)):
        return np.unique(np.round(even).clip(np.ceil(low), np.floor(high)))
    return np.unique([_short(v, high - low) for v in even])


def _short(value: float, width: float) -> float:
    """With three digits, of the value or of the width of its range, whichever are finer.

    >>> _short(412.345, 300.0), _short(2015.3456, 10.0), _short(0.0012345, 1000.0)
    (412.0, 2015.3, 0.00123)
    """
    size = min(abs(value), width) or 1.0
    return float(np.round(value, 2 - int(np.floor(np.log10(size)))))
