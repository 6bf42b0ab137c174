"""A prediction where nothing was measured, or where a formula has no value, is told.

A law may well hold beyond the rows that it was found in; the rows do not say so. Beyond its grid a network
goes on in straight lines. So ``predict`` warns, once a call, and says which columns leave their ranges, in
how many rows, and where a formula is not real or not finite.
"""

import warnings
from collections.abc import Iterator, Sequence

import numpy as np
from sympy import Symbol

from kantools.activation import Activations
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.condition import Condition
from kantools.symbolic.trust.domain import Domain, Range
from kantools.warn import Notice

__all__ = ["ExtrapolationWarning", "tell_of_formula", "tell_of_network"]

SLACK = 1e-6
"""A row that lies outside of a range by less than this share of it is taken for rounded."""

MOST_NAMED = 4
"""So many columns are named; of more, their number is told."""


class ExtrapolationWarning(Notice):
    """Rows lie outside of what was seen, or have no finite prediction.

    >>> from kantools import KANRegressor
    >>> x = np.linspace(0, 1, 20)[:, None]
    >>> model = KANRegressor(width=[], random_state=0).fit(x, x[:, 0] ** 2)
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always", ExtrapolationWarning)
    ...     value = model.predict([[0.5], [1.5]])
    >>> print(str(told[0].message).partition(" (")[0])
    1 row of 2 outside of what was seen
    """


def tell_of_formula(formula: Formula, X: np.ndarray, value: np.ndarray, stacklevel: int = 3) -> None:
    """Warn if rows of ``X`` lie outside of a formula's ranges, or their values are not finite.

    Parameters
    ----------
    formula : Formula
    X : ndarray, shape (rows, columns)
        In the order of the formula's columns.
    value : ndarray, shape (rows,)
        What it gives there.
    stacklevel : int
        As :func:`warnings.warn` has it, for the caller.
    """
    domain = formula.domain or Domain()
    said = [*_beyond(domain.ranges, formula.columns, X), *_lost(domain, formula.columns, X, value)]
    if said:
        warnings.warn("; ".join(said) + ".", ExtrapolationWarning, stacklevel=stacklevel)


def tell_of_network(activations: Activations, X: np.ndarray, stacklevel: int = 3) -> None:
    """Warn if rows of ``X``, shape (rows, inputs), lie outside of what a network was trained on."""
    curves = {a.edge.source: a.x for a in activations.edges if a.edge.layer == 0}
    names = activations.columns
    seen = [Range(names[k], float(x.min()), float(x.max())) for k, x in sorted(curves.items())]
    said = list(_beyond(seen, names, X))
    if said:
        warnings.warn("; ".join(said) + ".", ExtrapolationWarning, stacklevel=stacklevel)


def _beyond(ranges: Sequence[Range], columns: Sequence[str], X: np.ndarray) -> Iterator[str]:
    """How many rows lie outside of the ranges, and in which columns."""
    outside = np.zeros(len(X), dtype=bool)
    named = []
    for r in ranges:
        x = X[:, columns.index(r.column)]
        out = _out(x, r)
        outside |= out
        if out.any():
            named.append(
                f'"{r.column}" in {_rows(out)}, down to {x.min():.4g}, up to {x.max():.4g}, seen {r}'
            )
    if named:
        more = f"; and {len(named) - MOST_NAMED} columns more" * (len(named) > MOST_NAMED)
        listed = "; ".join(named[:MOST_NAMED])
        yield f"{_rows(outside)} of {len(X)} outside of what was seen ({listed}{more}): extrapolated there"


def _out(x: np.ndarray, seen: Range) -> np.ndarray:
    """Which values lie outside of a range by more than rounding, that of single precision too."""
    ends = float(np.finfo(np.float32).eps) * max(abs(seen.low), abs(seen.high))
    slack = SLACK * (seen.high - seen.low) + ends
    return (x < seen.low - slack) | (x > seen.high + slack)


def _lost(domain: Domain, columns: Sequence[str], X: np.ndarray, value: np.ndarray) -> Iterator[str]:
    """How many rows have no finite value, and the conditions that they break."""
    lost = ~np.isfinite(value)
    if lost.any():
        broken = [str(c) for c in domain.conditions if not _holds(c, columns, X[lost]).all()]
        needs = f", because the formula needs {' and '.join(broken)}" * bool(broken)
        yield f"{_rows(lost)} without a finite value{needs}"


def _holds(condition: Condition, columns: Sequence[str], X: np.ndarray) -> np.ndarray:
    margin = compile_expression(condition.margin, [Symbol(c) for c in columns]).value(X)
    return condition.holds(margin)


def _rows(chosen: np.ndarray) -> str:
    """
    >>> _rows(np.array([True, False])), _rows(np.array([True, True]))
    ('1 row', '2 rows')
    """
    count = int(chosen.sum())
    return f"{count} row" if count == 1 else f"{count} rows"
