"""Whether rows can tell a law: every constant, term, column and function has to show in them.

The rows are 1,000 with SRBench's noise of γ = 0.01, whatever a search is given later: a law stays the same.
A law whose target goes over decades is asked with noise of 5 % of each value.
What is known of the constants is told by the Jacobian. A function shows where no parabola of its argument
does as well, the law's constants adjusted: else people would write the parabola.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from kantools.bench.random_laws.law import RandomLaw, value_of

__all__ = ["flaw"]

ROWS, NOISE = 1000, 0.01
#: Noise where the target goes over decades, relative to each value; and how many decades all values but one
#: in a hundred at either end span.
PROPORTIONAL, DECADES = 0.05, 3.0
#: A constant is known to a third of itself at least, and no two of them are nearly one: choices, as are those
#: below that give no reason.
KNOWN, DEPENDENT = 1 / 3, 0.999
#: A function's parabola errs by so many standard deviations of all rows together, 12 nats.
SHOWN = 5.0
#: The target's spread is so many times the noise.
VARIES = 5.0
#: Turns of an oscillation within the rows: people measure a few of them.
TURNS = 8.0
#: Relative step of a difference quotient: the cube root of double precision, roughly.
STEP = 1e-5
#: Size of a target from which its square may overflow.
HUGE = 1e150


@dataclass(frozen=True)
class Rows:
    """A law at its rows.

    Attributes
    ----------
    law : RandomLaw
    names : dict
        Columns and constants.
    y : ndarray, shape (rows,)
    sigma : ndarray, shape (rows,)
        Standard deviation of the noise.
    slopes : ndarray, shape (rows, constants)
        Change of the target for the relative change of each constant.
    """

    law: RandomLaw
    names: dict[str, Any]
    y: np.ndarray
    sigma: np.ndarray
    slopes: np.ndarray

    def value(self, text: str, **others: Any) -> np.ndarray:
        """A piece of the law at every row."""
        return np.broadcast_to(value_of(text, self.names | others), (ROWS,))


def flaw(law: RandomLaw, rng: np.random.Generator, *, decades: bool = False) -> str | None:
    """Why rows could not tell the law, None where they can.

    Parameters
    ----------
    law : RandomLaw
    rng : numpy Generator
        Of the rows.
    decades : bool
        Whether its target has to go over decades.
    """
    rows = _rows(law, rng, decades)
    if not np.all(np.isfinite(rows.y)) or np.abs(rows.y).max() > HUGE:
        return "not finite"
    checks = (_over_decades, *CHECKS) if decades else CHECKS
    return next((why for check in checks if (why := check(rows))), None)


def _rows(law: RandomLaw, rng: np.random.Generator, decades: bool) -> Rows:
    assert law.problem.draw is not None
    names = law.names(law.problem.draw(law.problem, ROWS, rng))
    y = np.broadcast_to(value_of(law.template, names), (ROWS,))
    with np.errstate(over="ignore"):
        sigma = PROPORTIONAL * np.abs(y) if decades else np.full(ROWS, NOISE * np.sqrt(np.mean(y**2)))
    slopes = [_slope(law, names, f"_{k}") for k in range(len(law.constants))]
    return Rows(law, names, y, sigma, np.array(slopes).reshape(len(slopes), ROWS).T)


def _slope(law: RandomLaw, names: dict[str, Any], constant: str) -> np.ndarray:
    up, down = (value_of(law.template, names | {constant: names[constant] * (1 + s)}) for s in (STEP, -STEP))
    with np.errstate(invalid="ignore", over="ignore"):
        return np.broadcast_to((up - down) / (2 * STEP), (ROWS,))


def _over_decades(rows: Rows) -> str | None:
    if rows.y.min() * rows.y.max() <= 0:
        return "a target of both signs"
    low, high = np.log10(np.quantile(np.abs(rows.y), [0.01, 0.99]))
    return None if high - low > DECADES else "a target of few decades"


def _varying(rows: Rows) -> str | None:
    return None if np.std(rows.y) > VARIES * _rms(rows.sigma) else "the target hardly varies"


def _proportional(rows: Rows) -> str | None:
    """Nothing but a number is to be found in ``y = 3*x``."""
    columns = rows.law.problem.columns
    if len(columns) > 1:
        return None
    ratio = np.abs(rows.y / rows.names[columns[0]])
    return "proportional to its only column" if np.ptp(ratio) < NOISE * ratio.max() else None


def _oscillations(rows: Rows) -> str | None:
    for node in _calls(rows.law.template, "sin", "cos", "tan"):
        if np.ptp(rows.value(_text(rows, node.args[0]))) > 2 * np.pi * TURNS:
            return "an oscillation that the rows do not resolve"
    return None


def _constants(rows: Rows) -> str | None:
    if not rows.law.constants:
        return None
    if not np.all(np.isfinite(rows.slopes)):
        return "a constant at the edge of where the law is real"
    slopes = rows.slopes / rows.sigma[:, None]
    size = np.linalg.norm(slopes, axis=0)
    if not size.min() > 1:
        return "a constant without effect"
    inverse = np.linalg.pinv(slopes / size)
    covariance = inverse @ inverse.T
    error = np.sqrt(np.diag(covariance))
    if (error / size).max() > KNOWN:
        return "a constant that is not known"
    correlation = covariance / np.outer(error, error) - np.eye(len(size))
    return "two constants that are nearly one" if np.abs(correlation).max() > DEPENDENT else None


def _terms(rows: Rows) -> str | None:
    for node in ast.walk(ast.parse(rows.law.template)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            for kept in (node.left, node.right):
                if not _rms((rows.y - _with(rows, node, _text(rows, kept))) / rows.sigma) > 1:
                    return "a term below the noise"
    return None


def _columns(rows: Rows) -> str | None:
    for column in rows.law.problem.columns:
        fixed = rows.value(rows.law.template, **{column: np.median(rows.names[column])})
        if not _rms((rows.y - fixed) / rows.sigma) > 1:
            return "a column without effect"
    return None


def _functions(rows: Rows) -> str | None:
    for node in _calls(rows.law.template):
        argument, value = (rows.value(_text(rows, part)) for part in (node.args[0], node))
        parabola = np.polynomial.Polynomial.fit(argument, value, 2)(argument)
        if not _beyond_constants(rows, rows.y - _with(rows, node, "_other", _other=parabola)) > SHOWN:
            return "a function that a parabola replaces"
    return None


CHECKS: tuple[Callable[[Rows], str | None], ...] = (
    *(_varying, _proportional, _oscillations, _constants, _terms, _columns, _functions),
)


def _calls(template: str, *names: str) -> Iterator[ast.Call]:
    """The functions in a law, all or those with these names."""
    for node in ast.walk(ast.parse(template)):
        if isinstance(node, ast.Call) and (not names or ast.unparse(node.func) in names):
            yield node


def _text(rows: Rows, node: ast.expr) -> str:
    return rows.law.template[node.col_offset : node.end_col_offset]


def _with(rows: Rows, node: ast.expr, text: str, **names: Any) -> np.ndarray:
    """The law with another piece in the place of one."""
    whole = rows.law.template
    return rows.value(f"{whole[: node.col_offset]}({text}){whole[node.end_col_offset :]}", **names)


def _beyond_constants(rows: Rows, change: np.ndarray) -> float:
    """What of a change no constants make up for, in standard deviations of all rows together."""
    if not np.all(np.isfinite(change)):
        return np.inf
    slopes, change = rows.slopes / rows.sigma[:, None], change / rows.sigma
    slopes = slopes / np.linalg.norm(slopes, axis=0)
    left = change - slopes @ np.linalg.lstsq(slopes, change, rcond=None)[0]
    return float(np.linalg.norm(left))


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2))) if np.all(np.isfinite(values)) else np.inf
