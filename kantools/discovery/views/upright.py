"""Turn quotients upright: ``u`` or ``1/u``, whichever the curves are smoother in.

Symmetries leave the orientation of a group open. A law that is short in ``u/c`` can be hopeless to read in
``c/u``, as the square root of relativity is; the curve that a polynomial follows more closely is the one to
read.
"""

from dataclasses import replace

import numpy as np
from sympy import Expr

from kantools.activation import Activation, Activations
from kantools.discovery.views.view import View

__all__ = ["smoother_turned", "upright"]

Array = np.ndarray
DEGREE = 4
CLEARLY = 0.5  # the misfit in 1/u over that in u below which a group is turned


def upright(view: View, activations: Activations) -> tuple[tuple[Expr, ...], Activations]:
    """The view's columns, some turned over, and the curves over them."""
    turned = {i for i in range(view.inputs) if _all_smoother(activations, i)}
    columns = tuple(1 / c if i in turned else c for i, c in enumerate(view.columns))
    edges = tuple(
        replace(a, x=1 / a.x[::-1], y=a.y[::-1]) if _starts_in(a, turned) else a for a in activations.edges
    )
    return columns, replace(activations, columns=tuple(map(str, columns)), edges=edges)


def smoother_turned(x: Array, y: Array, weight: Array | None = None) -> bool:
    """Whether a polynomial follows a curve more closely over ``1/x`` than over ``x``."""
    if x.min() <= 0:
        return False
    return _misfit(1 / x, y, weight) < CLEARLY * _misfit(x, y, weight)


def _all_smoother(activations: Activations, source: int) -> bool:
    """Whether every curve that starts in an input is smoother over its reciprocal."""
    curves = [a for a in activations.edges if _starts_in(a, {source})]
    return bool(curves) and all(a.fixed is None and smoother_turned(a.x, a.y) for a in curves)


def _starts_in(activation: Activation, sources: set[int]) -> bool:
    return activation.edge.layer == 0 and activation.edge.source in sources


def _misfit(x: Array, y: Array, weight: Array | None) -> float:
    root = np.ones(len(x)) if weight is None else np.sqrt(weight)
    A = np.polynomial.chebyshev.chebvander(2 * (x - x.min()) / max(np.ptp(x), 1e-300) - 1, DEGREE)
    if not (np.isfinite(A * root[:, None]).all() and np.isfinite(y * root).all()):
        return np.inf
    solution, *_ = np.linalg.lstsq(A * root[:, None], y * root, rcond=None)
    return float(np.sum((root * (y - A @ solution)) ** 2))
