"""Snap: read a curve as formulas, by nonlinear least squares over a grammar of shapes.

Every shape is linear in all its constants but two. These two are found by variable projection (Golub &
Pereyra 1973, with Kaufman's 1975 Jacobian), from many starts at once: all shapes of one primitive and all
their starts are one array, screened in one pass, and only the best few are iterated. A start is described
on the curve's own scale (where the middle of the range lands in the primitive's argument, and how wide),
so nothing depends on the units of ``x``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr, Symbol

from kantools.symbolic.candidate import Candidate
from kantools.symbolic.polynomial import polynomials
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.shape import Shape, c, d, e, shapes
from kantools.symbolic.starts import starts

__all__ = ["snap"]

Array = np.ndarray
KEEP = 3  # starts a shape that are iterated to the end
CHUNK = 400_000  # numbers an array in one batch


def snap(
    x: Array,
    y: Array,
    primitives: Sequence[Primitive],
    *,
    weight: Array | None = None,
    resolution: float = 1e-6,
    keep: int = 6,
    points: int = 120,
) -> list[Candidate]:
    """Candidates for a curve, best first.

    Parameters
    ----------
    x, y : ndarray, shape (points,)
    primitives : sequence of Primitive
    weight : ndarray, shape (points,), or None
        Multiplies the squared misfit.
    resolution : float
        Misfits below this share of the curve's spread count as equal: how well the curve is known.
    keep : int
        How many different curves to return; of equal curves up to three forms.
    points : int
        More points than these are thinned out evenly.

    Examples
    --------
    >>> import numpy as np
    >>> from kantools.symbolic.primitive import select_primitives
    >>> x = np.linspace(0.0, 3.0, 50)
    >>> best = snap(x, 2 * np.sin(1.5 * x + 0.3) + 1, select_primitives(["identity", "sin", "exp"]))[0]
    >>> best.name
    'sin'
    """
    curve = _prepare(np.asarray(x, float), np.asarray(y, float), weight, points)
    if curve.spread <= 1e-14 * np.abs(y).max(initial=1e-300):
        return [Candidate("constant", d, ((d, float(np.mean(y))),), d, 0.0, 0.0)]
    found = [p.candidate for p in polynomials(curve.x, curve.y, curve.root, primitives)]
    jobs: dict[str, list[Shape]] = {}
    for shape in shapes(primitives):
        if shape.fits(curve.x.min(), curve.x.max()):
            jobs.setdefault(f"{shape.outer.name}:{shape.outer.shift_free}", []).append(shape)
    for group in jobs.values():
        found += _fit_group(curve, group)
    scored = sorted((_score(candidate, curve, resolution) for candidate in found), key=lambda s: s.score)
    return _distinct(scored, curve, keep)


@dataclass(frozen=True)
class Curve:
    x: Array
    y: Array
    root: Array  # square root of the weights
    spread: float


def _prepare(x: Array, y: Array, weight: Array | None, points: int) -> Curve:
    order = np.argsort(x, kind="stable")
    if len(order) > points:
        order = order[np.linspace(0, len(order) - 1, points).round().astype(int)]
    root = np.ones(len(order)) if weight is None else np.sqrt(weight[order] / weight.mean())
    x, y = x[order], y[order]
    mean = np.average(y, weights=root**2)
    return Curve(x, y, root, float(np.sqrt(np.mean((root * (y - mean)) ** 2))))


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


def _fit_group(curve: Curve, group: list[Shape]) -> list[Candidate]:
    """All shapes of one outer primitive: screen every start, iterate the best, read off the constants."""
    f = group[0].outer
    batch = _assemble(curve, group)
    if batch is None:
        return []
    loss = _project(f, batch)[0]
    chosen = [
        rows[np.argsort(loss[rows])[:KEEP]]
        for k in range(len(group))
        if len(rows := np.flatnonzero((batch.shape == k) & np.isfinite(loss)))
    ]
    if not chosen:
        return []
    batch = _iterate(f, batch.take(np.concatenate(chosen)))
    loss = _project(f, batch)[0]
    best = [
        rows[np.argmin(loss[rows])]
        for k in np.unique(batch.shape)
        if np.isfinite(loss[rows := np.flatnonzero(batch.shape == k)]).any()
    ]
    return [k for r in best for k in _read_off(curve, group[batch.shape[r]], batch.centre[r], batch.width[r])]


def _assemble(curve: Curve, group: list[Shape]) -> Batch | None:
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
        columns.append(curve.root * Primitive("extra", shape.extra).value.on(curve.x))
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


def _iterate(f: Primitive, batch: Batch, iterations: int = 30) -> Batch:
    """Levenberg-Marquardt on (centre, width) of every row at once."""
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
        batch.centre = np.where(better, trial.centre, batch.centre)
        batch.width = np.where(better, trial.width, batch.width)
        done = ~better | (new[0] > loss * (1 - 1e-6))
        loss = np.where(better, new[0], loss)
        residual = np.where(better[:, None], new[1], residual)
        factor = np.where(better, new[2], factor)
        phi = np.where(better[:, None], new[3], phi)
        damping = np.where(better, damping * 0.2, damping * 6)
        if (done & (damping > 1e3) | (loss < 1e-26 * (batch.target**2).sum(1))).all():
            break
    return batch


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


def _read_off(curve: Curve, shape: Shape, centre: float, width: float) -> list[Candidate]:
    """From the batch's scale to the shape's own constants, the linear ones solved once more."""
    g = shape.inner.value.on(curve.x)
    slope = width * 2 / np.ptp(g)
    shift = centre - slope * (g.max() + g.min()) / 2
    sign = 1 if slope > 0 else -1
    if shape.outer.scale_free:
        slope, shift = float(sign), shift / abs(slope)
    template, free = shape.template(sign)
    values = {s: v for s, v in ((Symbol("a"), slope), (Symbol("b"), shift)) if s in free}
    u = slope * g + (0.0 if shape.outer.shift_free else shift)
    with np.errstate(all="ignore"):
        column = curve.x ** float(shape.power) * shape.outer.value.on(g if not free else u)
    return linear_candidates(curve, shape.name, template, values, column, shape.extra)


def linear_candidates(
    curve: Curve, name: str, template: Expr, values: dict[Symbol, float], column: Array, extra: Expr | None
) -> list[Candidate]:
    """Solve for the linear constants, with an offset and without."""
    columns, symbols = [column], [c]
    if extra is not None:
        columns.append(Primitive("extra", extra).value.on(curve.x))
        symbols.append(e)
        template = template + e * extra
    columns.append(np.ones_like(curve.x))
    A = np.stack(columns, axis=1) * curve.root[:, None]
    norm = np.linalg.norm(np.where(np.abs(A) < 1e150, A, 0.0), axis=0)
    if not (np.isfinite(A).all() and np.abs(A).max() < 1e150 and norm.all()):
        return []
    found = []
    for offset in (True, False):
        m = A.shape[1] - (not offset)
        solution = np.linalg.lstsq(A[:, :m] / norm[:m], curve.root * curve.y, rcond=1e-13)[0] / norm[:m]
        residual = curve.root * curve.y - A[:, :m] @ solution
        error = float(np.sqrt(np.mean(residual**2)) / curve.spread)
        names = [*symbols, d] if offset else symbols
        constants = (*values.items(), *zip(names, solution.tolist(), strict=True))
        found.append(
            Candidate(name, template + d if offset else template, constants, d if offset else None, error)
        )
    return found


def _score(candidate: Candidate, curve: Curve, resolution: float) -> Candidate:
    """Description length on the curve: misfit beyond the resolution, constants, and symbols."""
    n = len(curve.x)
    misfit = 0.5 * n * np.log(candidate.error**2 + resolution**2)
    length = 0.5 * len(candidate.constants) * np.log(n) + 0.7 * candidate.complexity
    return Candidate(
        candidate.name,
        candidate.template,
        candidate.constants,
        candidate.offset,
        candidate.error,
        float(misfit + length),
    )


def _distinct(candidates: list[Candidate], curve: Curve, keep: int) -> list[Candidate]:
    """Distinct curves; of equal ones the three best, since the whole formula may prefer another form."""
    kept: list[Candidate] = []
    drawn: list[Array] = []
    curves = 0
    for candidate in candidates:
        values = candidate.evaluate(curve.x)
        if not np.isfinite(values).all():
            continue
        same = sum(np.abs(values - other).max() <= 1e-9 * curve.spread for other in drawn)
        if same >= 3:
            continue
        curves += same == 0
        if curves > keep:
            break
        kept.append(candidate)
        drawn.append(values)
    return kept
