"""Whether rows can tell a law: every constant, term, column and function has to show in them.

The rows are 1,000 with SRBench's noise of γ = 0.01, whatever a search is given later: a law stays the same law.
What a constant may be is told by the Jacobian; a curve shows where no parabola of its argument, its
constants adjusted, does as well.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from kantools.bench.random_laws.law import RandomLaw, value_of

__all__ = ["flaw", "jacobian"]

ROWS, NOISE = 1000, 0.01
#: A constant is known to a third of itself at least, and no two of them are nearly one.
KNOWN, DEPENDENT = 1 / 3, 0.999
#: A curve's parabola errs by so many standard deviations of all rows together: 12 nats.
SHOWN = 5.0
#: The target's spread is so many times the noise.
VARIES = 5.0
#: Radians that an oscillation has between one row and the next at most, were they ordered along it; and turns
#: within the range, which is a choice: people measure a few.
TURNS = 8.0
#: Relative step of a difference quotient.
STEP = 1e-6
#: Six orders of magnitude of the target: what is smaller counts for nothing beside the noise.
OVERFLOW = 1e100


@dataclass(frozen=True)
class Rows:
    """A law at its rows: values, noise, and what the constants change, for each of their size."""

    law: RandomLaw
    names: dict
    y: np.ndarray
    sigma: float
    slopes: np.ndarray


def flaw(law: RandomLaw, rng: np.random.Generator) -> str | None:
    """Why rows could not tell the law, None where they can."""
    X = law.problem.draw(law.problem, ROWS, rng)  # type: ignore[misc]
    names = law.names(X)
    y = np.broadcast_to(value_of(law.tree.body, names), (ROWS,))
    if not np.all(np.isfinite(y)) or np.abs(y).max() > OVERFLOW:
        return "not finite"
    sigma = NOISE * float(np.sqrt(np.mean(y**2)))
    if not np.std(y) > VARIES * sigma:
        return "the target hardly varies"
    rows = Rows(law, names, y, sigma, jacobian(law, names))
    return next((why for check in CHECKS if (why := check(rows))), None)


def jacobian(law: RandomLaw, names: dict) -> np.ndarray:
    """Change of the target for a relative change of each constant, shape (rows, constants)."""
    return (
        np.stack([_slope(law, names, f"_{k}") for k in range(len(law.constants))], axis=1)
        if law.constants
        else np.zeros((ROWS, 0))
    )


def _slope(law: RandomLaw, names: dict, constant: str) -> np.ndarray:
    up, down = (value_of(law.tree.body, names | {constant: names[constant] * (1 + s)}) for s in (STEP, -STEP))
    return np.broadcast_to((up - down) / (2 * STEP), (ROWS,))


def _proportional(rows: Rows) -> str | None:
    """Nothing but a unit is to be found in ``y = 3*x``."""
    first, *others = rows.law.problem.columns
    if others or np.ptp(rows.y / rows.names[first]) > NOISE * np.abs(rows.y / rows.names[first]).max():
        return None
    return "proportional to its only column"


def _constants(rows: Rows) -> str | None:
    if not rows.slopes.size:
        return None
    if not np.all(np.isfinite(rows.slopes)):
        return "a constant at the edge of where the law is real"
    size = np.linalg.norm(rows.slopes, axis=0)
    if not size.min() > rows.sigma:
        return "a constant without effect"
    scaled = np.linalg.pinv(rows.slopes / size)
    covariance = scaled @ scaled.T
    error = np.sqrt(np.diag(covariance)) / size * rows.sigma
    if error.max() > KNOWN:
        return "a constant that is not known"
    correlation = covariance / np.sqrt(np.outer(np.diag(covariance), np.diag(covariance)))
    if np.abs(correlation - np.eye(len(size))).max() > DEPENDENT:
        return "two constants that are nearly one"
    return None


def _terms(rows: Rows) -> str | None:
    for node in ast.walk(rows.law.tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            for kept in (node.left, node.right):
                if not _rms(rows.y - _with(rows, node, kept)) > rows.sigma:
                    return "a term below the noise"
    return None


def _columns(rows: Rows) -> str | None:
    for column in rows.law.problem.columns:
        fixed = value_of(rows.law.tree.body, rows.names | {column: np.median(rows.names[column])})
        if not _rms(rows.y - fixed) > rows.sigma:
            return "a column without effect"
    return None


def _oscillations(rows: Rows) -> str | None:
    for node in _calls(rows, ("sin", "cos", "tan")):
        turns = np.ptp(value_of(node.args[0], rows.names)) / (2 * np.pi)
        if turns > TURNS:
            return "an oscillation that the rows do not resolve"
    return None


def _curves(rows: Rows) -> str | None:
    for node in _calls(rows):
        u = np.broadcast_to(value_of(node.args[0], rows.names), (ROWS,))
        f = value_of(node, rows.names)
        parabola = np.polynomial.Polynomial.fit(u, f, 2)(u)
        if not _beyond_constants(rows, rows.y - _with(rows, node, parabola)) > SHOWN:
            return "a function that a parabola replaces"
    return None


CHECKS: tuple[Callable[[Rows], str | None], ...] = (
    _proportional,
    _oscillations,
    _constants,
    _terms,
    _columns,
    _curves,
)


def _calls(rows: Rows, names: tuple[str, ...] | None = None) -> Iterator[ast.Call]:
    for node in ast.walk(rows.law.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and (names is None or node.func.id in names)
        ):
            yield node


def _with(rows: Rows, node: ast.expr, replacement: ast.expr | np.ndarray) -> np.ndarray:
    """The law with another piece in the place of one."""
    given = replacement if isinstance(replacement, ast.expr) else ast.Name("_other", ast.Load())
    tree = _Replaced(node, given).visit(rows.law.tree.body)
    return value_of(tree, rows.names | {"_other": replacement})


class _Replaced(ast.NodeTransformer):
    def __init__(self, node: ast.expr, by: ast.expr) -> None:
        self.node, self.by = node, by

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.node:
            return self.by
        fields = {name: self._of(value) for name, value in ast.iter_fields(node)}
        return type(node)(**fields)

    def _of(self, value: object) -> object:
        if isinstance(value, list):
            return [self.visit(v) for v in value]
        return self.visit(value) if isinstance(value, ast.AST) else value


def _beyond_constants(rows: Rows, change: np.ndarray) -> float:
    """What of a change no choice of the constants makes up for, in standard deviations of all rows together."""
    if not np.all(np.isfinite(change)):
        return np.inf
    scaled = rows.slopes / np.linalg.norm(rows.slopes, axis=0)
    left = change - scaled @ np.linalg.lstsq(scaled, change, rcond=None)[0]
    return float(np.linalg.norm(left) / rows.sigma)


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2))) if np.all(np.isfinite(values)) else np.inf
