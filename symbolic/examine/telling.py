"""Where the next measurement tells formulas apart that the rows do not tell apart.

Each column is varied over its range, extended by half at either end, while the others stay at their medians.
The most telling place is that at which the first formula differs most from the others, in units of the
standard errors of both predictions and the scatter of a measurement together: the design of experiments to
discriminate between models (W. G. Hunter, A. M. Reiner, *Technometrics* 7, 307, 1965). Of several others, to
tell a second one apart counts more than to be surer of the first.
"""

from collections.abc import Sequence
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
    apart : tuple of float
        Standard deviations between the first one and each of the others.
    """

    columns: tuple[str, ...]
    column: str
    row: Array
    expected: tuple[float, ...]
    apart: tuple[float, ...]

    @property
    def value(self) -> float:
        """Of the column that is varied."""
        return float(self.row[self.columns.index(self.column)])

    @property
    def decided(self) -> int:
        """How many of the others one measurement tells from the first."""
        return sum(a >= CLEAR for a in self.apart)

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
        where = self.place + " (all other columns at their medians)" * (len(self.columns) > 1)
        if self.decided == len(others):
            return f"The next measurement at {where} tells them apart: {against}."
        if self.decided:
            what = f"tells the chosen formula from {self.decided} of {len(others)} others: {against}"
            return f"The next measurement at {where} {what}."
        return (
            f"No single measurement up to half a range beyond the rows tells them apart; they differ most at "
            f"{where}: {against}, {max(self.apart):.2g} standard deviations."
        )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def telling_point(formulas: Sequence[Formula], X: Array) -> Telling | None:
    """``argmax_x Σ_k a_k/(a_k + 2)`` with ``a_k = |f_0(x) - f_k(x)| / sqrt(std(f_0)² + std(f_k)² + s²)``.

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
    if len(formulas) < 2:
        return None
    places = [_along(formulas, X, k) for k in range(X.shape[1])]
    decided, told = max(places, key=lambda place: place[0])
    return told if decided > 0 else None


def _along(formulas: Sequence[Formula], X: Array, column: int) -> tuple[float, Telling]:
    """The most telling place of one column, and how telling it is."""
    chosen, *others = formulas
    x = _grid(X[:, column])
    rows = np.tile(np.median(X, axis=0), (len(x), 1))
    rows[:, column] = x
    off = np.stack([apart(chosen, f, rows, chosen.scatter) for f in others])
    with np.errstate(all="ignore"):
        expected = np.stack([f.predict(rows) for f in formulas])
    decided = (1 - CLEAR / (off + CLEAR)).sum(axis=0)
    decided = np.where(np.isfinite(expected).all(axis=0), decided, 0.0)
    best = int(np.argmax(decided))
    told = tuple(expected[:, best].tolist()), tuple(off[:, best].tolist())
    return float(decided[best]), Telling(chosen.columns, chosen.columns[column], rows[best], *told)


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
