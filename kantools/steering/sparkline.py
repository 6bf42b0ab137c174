"""A small picture of curves for a table in a notebook, without any library."""

import numpy as np

__all__ = ["sparkline"]

WIDTH, HEIGHT, MARGIN, POINTS = 120, 40, 3, 60


def sparkline(x: np.ndarray, *curves: np.ndarray) -> str:
    """Curves as a small SVG, the first grey and broad, the second blue and thin.

    >>> sparkline(np.array([0.0, 1.0]), np.array([0.0, 2.0])).count("polyline")
    1
    """
    some = np.linspace(0, len(x) - 1, min(POINTS, len(x))).round().astype(int)
    low, high = min(c.min() for c in curves), max(c.max() for c in curves)
    across = _scaled(x[some], x.min(), x.max(), WIDTH)
    pens = ('stroke="#999" stroke-width="4"', 'stroke="#0072b2" stroke-width="1.5"')
    down = (HEIGHT - _scaled(c[some], low, high, HEIGHT) for c in curves)
    lines = (
        f'<polyline fill="none" {pen} points="{_points(across, d)}"/>'
        for pen, d in zip(pens, down, strict=False)
    )
    return f'<svg width="{WIDTH}" height="{HEIGHT}" role="img">{"".join(lines)}</svg>'


def _scaled(values: np.ndarray, low: float, high: float, size: int) -> np.ndarray:
    return MARGIN + (values - low) / ((high - low) or 1.0) * (size - 2 * MARGIN)


def _points(across: np.ndarray, down: np.ndarray) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
