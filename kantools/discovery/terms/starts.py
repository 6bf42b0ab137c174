"""Which special terms are worth a start: thousands held against what is left, all others projected out.

Columns that lie on one trajectory are nearly dependent, so that single correlations mislead. What counts is
by how much a term, *together* with a polynomial and all terms that are there already, lowers the sum of
squares. With ``P`` the projection onto these and ``r = (1 - P) y``, a column ``f`` takes away

    (rᵀf)² / (fᵀ(1 - P)f),

and one whose constants may move a little takes the best of ``f + Σ δ_i ∂f/∂p_i``, every ``δ_i`` within the
start's reach; a wave takes what sine and cosine do jointly.

Source: G. H. Golub & V. Pereyra, "Separable nonlinear least squares: the variable projection method and its
applications", Inverse Problems 19 (2003) R1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from kantools.clock import BLAS, CALL, worked
from kantools.discovery.terms.separable import Rows
from kantools.discovery.terms.shapes import Shape
from kantools.discovery.terms.special import Argument, Special, argument, arguments, monomial
from kantools.discovery.words.terms import Term

__all__ = ["Block", "blocks", "promising"]

Array = np.ndarray
IN_SPAN = 1e-9  # share of a column's square that is none of its own
STEADY = 1e-7  # on the diagonal of small systems of columns of length one
BEST_OF_A_BLOCK = 150
CALLS = 60  # of arrays for each block and factor; measured


@dataclass(frozen=True)
class Block:
    """Starts with equally many columns.

    Attributes
    ----------
    columns : ndarray, shape (starts, columns, rows)
        The shape, then its slopes by the constants; of a wave sine and cosine alone.
    reach : ndarray, shape (starts, constants)
        Zero where all columns are the shape's own.
    what : list of (Argument, Shape, tuple of float)
    """

    columns: Array
    reach: Array
    what: list[tuple[Argument, Shape, tuple[float, ...]]]


@np.errstate(all="ignore")  # what has no value is left out
def blocks(X: Array, known: Sequence[Shape]) -> list[Block]:
    """Every start of every shape, that has values at all rows, by the number of columns."""
    each = sorted(_each(X, known), key=_alike)
    return [
        Block(np.stack([s[0] for s in part]), np.stack([s[1] for s in part]), [s[2] for s in part])
        for _, same in groupby(each, key=_alike)
        if (part := list(same))
    ]


def _alike(start: tuple[Array, Array, object]) -> tuple[int, bool]:
    """How many columns there are, and whether some of them are slopes."""
    columns, reach, _ = start
    return len(columns), bool(reach.any())


def _each(
    X: Array, known: Sequence[Shape]
) -> Iterator[tuple[Array, Array, tuple[Argument, Shape, tuple[float, ...]]]]:
    for shape in known:
        for exponents in arguments(X, shape):
            u = argument(X, exponents)
            for constants, reach in zip(*shape.starts(u), strict=True):
                values, slopes = shape.values(u, constants)
                own = values if len(values) > 1 else np.concatenate([values, slopes[:, 0]])
                if np.isfinite(own).all():
                    yield own, reach, (exponents, shape, tuple(constants.tolist()))


@np.errstate(all="ignore")  # what has no value is left out
def promising(rows: Rows, basis: Array, every: Sequence[Block], factors: Sequence[Term]) -> list[Special]:
    """The best start of each kind of term, those that take most away first.

    Parameters
    ----------
    rows : Rows
    basis : ndarray, shape (rows, dimensions)
        Orthonormal, of the terms that are there.
    every : sequence of Block
    factors : sequence of Term
        What may stand in front of a shape.
    """
    left = rows.y - basis @ (basis.T @ rows.y)
    best: dict[tuple[Term, Argument, Shape], tuple[float, Special]] = {}
    for factor in factors:
        before = monomial(rows.X, factor) * rows.root
        for block in every:
            gain, moved = _gains(block.columns * before, block.reach, basis, left)
            for k in np.argsort(-gain)[:BEST_OF_A_BLOCK].tolist():
                exponents, shape, constants = block.what[k]
                kind = (factor, exponents, shape)
                if kind not in best or best[kind][0] < gain[k]:
                    there = tuple((np.array(constants) + moved[k]).tolist())
                    best[kind] = float(gain[k]), Special(factor, exponents, shape, there)
    return [special for _, special in sorted(best.values(), key=lambda pair: -pair[0])]


def _gains(F: Array, reach: Array, basis: Array, left: Array) -> tuple[Array, Array]:
    """What each start takes away of the sum of squares, and how far its constants move for it."""
    starts, columns, n = F.shape
    worked(CALLS * CALL + F.size * (2 + columns + BLAS * basis.shape[1]))
    flat = F.reshape(-1, n)
    across, b = (flat @ basis).reshape(starts, columns, -1), (flat @ left).reshape(starts, columns)
    whole = np.matmul(F, F.transpose(0, 2, 1))
    G = whole - np.matmul(across, across.transpose(0, 2, 1))
    own = np.diagonal(G, axis1=1, axis2=2) > IN_SPAN * np.diagonal(whole, axis1=1, axis2=2)
    solved = _solved(G, b, own)
    if not reach.any():
        return np.where(own[:, 0], np.sum(solved * b, axis=1), 0.0), np.zeros_like(reach)
    moved = np.clip(np.nan_to_num(solved[:, 1:] / solved[:, :1]), -reach, reach)
    along = np.concatenate([np.ones((starts, 1)), moved], axis=1)
    size = np.einsum("si,sij,sj->s", along, G, along)
    there = own[:, 0] & (size > IN_SPAN * whole[:, 0, 0])
    return np.where(there, np.sum(along * b, axis=1) ** 2 / np.where(there, size, 1.0), 0.0), moved


def _solved(G: Array, b: Array, own: Array) -> Array:
    """``G⁻¹ b`` of each start, without columns that are in the span of others."""
    size = np.sqrt(np.where(own, np.diagonal(G, axis1=1, axis2=2), 1.0))
    both = own[:, :, None] & own[:, None, :]
    H = np.where(both, G / size[:, :, None] / size[:, None, :], 0.0)
    H = H + (STEADY + ~own)[:, :, None] * np.eye(G.shape[1])
    return np.linalg.solve(H, np.where(own, b / size, 0.0)[..., None])[..., 0] / size
