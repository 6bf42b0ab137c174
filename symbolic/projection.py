"""Variable projection over many shapes and starts at once.

Every shape is linear in all its constants but two, the place and the stretch of its argument,
``u = centre + width * t``. The linear ones are solved for exactly (Golub & Pereyra 1973), the other two
are iterated with Kaufman's (1975) Jacobian. All shapes of one primitive and all their starts are the rows
of one array: screened in one pass, then the best few of each shape are iterated, and those that fall
behind are given up on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr

from kantools.symbolic.primitive import Primitive
from kantools.symbolic.shape import Shape
from kantools.symbolic.starts import starts

__all__ = ["Curve", "Place", "extra_values", "fit_shapes"]

Array = np.ndarray
KEEP = 3  # starts of a shape that are iterated
ROUNDS = (5, 8, 20)  # iterations after which rows that fall behind are given up
HOPELESS = (1e4, 1e2)  # how far behind the best loss so far, after the first and the second round


@dataclass(frozen=True)
class Curve:
    """A curve to be read: sorted points, square roots of the weights, and its own spread."""

    x: Array
    y: Array
    root: Array
    spread: float


@dataclass(frozen=True)
class Place:
    """Where a shape fits best: the stretch of its argument, and the sum of squares left."""

    shape: Shape
    centre: float
    width: float
    loss: float


@dataclass
class Batch:
    """Rows of a batch: one start of one shape each. ``u = centre + width * t`` is the argument of ``f``."""

    t: Array
    front: Array
    Q: Array
    target: Array
    centre: Array
    width: Array
    move: Array  # which of (centre, width) may move
    shape: Array

    def take(self, rows: Array) -> "Batch":
        return Batch(*(getattr(self, k)[rows] for k in self.__dataclass_fields__))


def fit_shapes(curve: Curve, group: Sequence[Shape], floor: float) -> list[Place]:
    """The best place of every shape of a group, all of which have the same outer primitive.

    Parameters
    ----------
    curve : Curve
    group : sequence of Shape
    floor : float
        The best sum of squares so far, or what counts as none: shapes far above it are given up.
    """
    f = group[0].outer
    batch = _assemble(curve, group)
    if batch is None:
        return []
    batch = batch.take(_best_of_each(batch, _project(f, batch)[0], KEEP))
    for k, (iterations, keep) in enumerate(zip(ROUNDS, (2, 1, 1), strict=True)):
        if not len(batch.shape):
            return []
        batch, loss, falling = _iterate(f, batch, iterations, floor)
        chosen = _best_of_each(batch, loss, keep)
        if k < len(HOPELESS):
            near = loss <= HOPELESS[k] * max(floor, loss.min())
            chosen = chosen[(near | falling)[chosen]]
        batch, loss = batch.take(chosen), loss[chosen]
    rows = zip(batch.shape, batch.centre, batch.width, loss, strict=True)
    return [Place(group[s], float(c), float(w), float(v)) for s, c, w, v in rows]


def _best_of_each(batch: "Batch", loss: Array, keep: int) -> Array:
    """The rows with the least finite loss, so many of each shape."""
    order = np.lexsort((loss, batch.shape))
    order = order[np.isfinite(loss[order])]
    shape = batch.shape[order]
    first = np.concatenate([[True], shape[1:] != shape[:-1]]) if len(shape) else np.zeros(0, bool)
    begin = np.maximum.accumulate(np.where(first, np.arange(len(shape)), 0))
    return order[np.arange(len(shape)) - begin < keep]


def _assemble(curve: Curve, group: Sequence[Shape]) -> Batch | None:
    parts: list[list[Array]] = []
    m = max(1 + (s.extra is not None) for s in group)
    for k, shape in enumerate(group):
        g = shape.inner.value.on(curve.x)
        front = curve.root * curve.x ** float(shape.power) if shape.power != 0 else curve.root
        if not (np.isfinite(g).all() and np.isfinite(front).all()) or np.ptp(g) == 0:
            continue
        middle, half = (g.max() + g.min()) / 2, np.ptp(g) / 2
        centre, width = starts(shape.outer, middle / half)
        Q, target = _linear_part(curve, shape, m)
        S = len(centre)
        move = np.array([not shape.outer.shift_free, not shape.outer.scale_free])
        tile = lambda v, S=S: np.broadcast_to(v, (S, *np.shape(v)))  # noqa: E731
        parts.append(
            [
                tile((g - middle) / half),
                tile(front),
                tile(Q),
                tile(target),
                centre,
                width,
                tile(move),
                np.full(S, k),
            ]
        )
    if not parts:
        return None
    return Batch(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _linear_part(curve: Curve, shape: Shape, m: int) -> tuple[Array, Array]:
    """An orthonormal basis of the offset and the extra term, padded to ``m``, and the rest of ``y``."""
    columns = [curve.root]
    if shape.extra is not None:
        columns.append(curve.root * extra_values(shape.extra, curve.x))
    A = np.stack(columns, axis=1)
    A = np.where(np.isfinite(A), A, 0.0)
    A = A / np.maximum(np.linalg.norm(A, axis=0), 1e-300)
    Q = np.zeros((len(curve.x), m))
    Q[:, : A.shape[1]] = np.linalg.qr(A)[0]
    target = curve.root * curve.y
    return Q, target - Q @ (Q.T @ target)


def _outside(v: Array, Q: Array) -> Array:
    """The part of each row of ``v`` outside the span of the row's ``Q``."""
    return v - np.einsum("bnm,bm->bn", Q, np.einsum("bnm,bn->bm", Q, v))


def _project(f: Primitive, batch: Batch) -> tuple[Array, Array, Array, Array]:
    """Loss, residual, factor ``c`` and direction of ``f`` with the linear constants at their best."""
    with np.errstate(all="ignore"):
        u = batch.centre[:, None] + batch.width[:, None] * batch.t
        phi = _outside(batch.front * f.value.on(u), batch.Q)
        norm = np.einsum("bn,bn->b", phi, phi)
        factor = np.einsum("bn,bn->b", phi, batch.target) / norm
        residual = batch.target - factor[:, None] * phi
        loss = np.einsum("bn,bn->b", residual, residual)
        phi = phi / np.sqrt(norm)[:, None]
    low, high = f.domain
    inside = (u.min(axis=1) > low) & (u.max(axis=1) < high)
    good = inside & np.isfinite(loss) & (norm > 1e-24 * np.einsum("bn,bn->b", batch.front, batch.front))
    return np.where(good, loss, np.inf), residual, factor, phi


def _iterate(f: Primitive, batch: Batch, iterations: int, floor: float) -> tuple[Batch, Array, Array]:
    """Levenberg-Marquardt on (centre, width) of every row at once.

    Returns the rows, their losses, and which of them were still falling fast.
    """
    falling = np.zeros(len(batch.shape), dtype=bool)
    if not batch.move.any():
        return batch, _project(f, batch)[0], falling
    damping = np.full(len(batch.centre), 1e-2)
    loss, residual, factor, phi = _project(f, batch)
    for _ in range(iterations):
        with np.errstate(all="ignore"):
            u = batch.centre[:, None] + batch.width[:, None] * batch.t
            slope = factor[:, None] * batch.front * f.slope.on(u)
            J = np.stack([_outside(slope * v, batch.Q) for v in (np.ones_like(batch.t), batch.t)], axis=2)
            J = J - phi[:, :, None] * np.einsum("bn,bnk->bk", phi, J)[:, None, :]
            J = np.where(np.isfinite(J), J, 0.0) * batch.move[:, None, :]
            step = _damped_step(J, residual, damping)
        trial = batch.take(slice(None))  # type: ignore[arg-type]
        trial.centre, trial.width = batch.centre + step[:, 0], batch.width + step[:, 1]
        new = _project(f, trial)
        better = new[0] < loss
        falling = new[0] < 0.3 * loss
        batch.centre = np.where(better, trial.centre, batch.centre)
        batch.width = np.where(better, trial.width, batch.width)
        done = ~better | (new[0] > loss * (1 - 1e-6))
        loss = np.where(better, new[0], loss)
        residual = np.where(better[:, None], new[1], residual)
        factor = np.where(better, new[2], factor)
        phi = np.where(better[:, None], new[3], phi)
        damping = np.where(better, damping * 0.2, damping * 6)
        if (done & (damping > 1e3) | (loss < 1e-8 * floor)).all():
            break
    return batch, loss, falling


def _damped_step(J: Array, residual: Array, damping: Array) -> Array:
    """Two unknowns a row, solved by Cramer's rule after scaling the columns to one."""
    norm = np.sqrt(np.einsum("bnk,bnk->bk", J, J))
    scale = np.where(norm > 1e-150, 1 / norm, 0.0)
    g = np.einsum("bnk,bn->bk", J, residual) * scale
    across = np.einsum("bn,bn->b", J[:, :, 0], J[:, :, 1]) * scale.prod(axis=1)
    diagonal = 1 + damping
    first = diagonal * g[:, 0] - across * g[:, 1]
    second = diagonal * g[:, 1] - across * g[:, 0]
    return np.stack([first, second], axis=1) * scale / (diagonal**2 - across**2)[:, None]


def extra_values(extra: Expr, x: Array) -> Array:
    """The values of a shape's further term."""
    return Primitive("extra", extra).value.on(x)
