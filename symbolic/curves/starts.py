"""Where the search for a shape's constants begins.

The argument of a primitive is ``u = centre + width * t`` with the curve's own range as ``t ∈ [-1, 1]``. A
start says which stretch of the primitive the curve is: how wide, and where its middle lies.
"""

import numpy as np

from kantools.symbolic.primitive import Primitive

__all__ = ["starts"]

WIDTHS = np.array([0.25, 0.6, 1.2, 2.2, 3.5, 5.5, 8.0, 11.0])
CENTRES = np.array([0.0, -0.8, 0.8, -1.6, 1.6, -3.0, 3.0])
GAPS = np.array([1e-3, 0.03, 0.15, 0.5, 1.5, 5.0])  # distance of a singular point from the range


def starts(f: Primitive, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """Centres and widths, shape (starts,) each.

    Parameters
    ----------
    f : Primitive
    ratio : float
        Middle of the inner function's range over its half-width: ``u = a g`` (no shift) has
        ``centre = ratio * width``.

    Examples
    --------
    >>> from kantools.symbolic.primitive import PRIMITIVES
    >>> centre, width = starts(PRIMITIVES["log"], ratio=1.5)
    >>> bool((centre > np.abs(width)).all())
    True
    """
    low, high = f.domain
    if f.scale_free and f.shift_free:
        return np.array([ratio]), np.array([1.0])
    widths = np.array([1.0]) if f.scale_free else WIDTHS
    if not f.mirrored:
        widths = np.concatenate([widths, -widths])
    if f.shift_free:
        return np.zeros_like(widths), widths
    pairs = [_grid(widths, low, high), np.stack([ratio * widths, widths], axis=1)]
    centre, width = np.concatenate(pairs).T
    inside = (centre - np.abs(width) > low) & (centre + np.abs(width) < high)
    return centre[inside], width[inside]


def _grid(widths: np.ndarray, low: float, high: float) -> np.ndarray:
    if np.isfinite(low) and np.isfinite(high):
        share = np.array([0.2, 0.5, 0.8, 0.97])
        half, spots = (high - low) / 2, np.array([-0.9, -0.4, 0.0, 0.4, 0.9])
        rows = [
            (low + half + (half * (1 - s)) * p, np.sign(w) * half * s)
            for s in share
            for p in spots
            for w in (1.0, -1.0)
        ]
        return np.array(rows)
    if np.isfinite(low):
        return np.array([(low + abs(w) * (1 + gap), w) for w in widths for gap in GAPS])
    return np.array([(centre, w) for w in widths for centre in CENTRES])
