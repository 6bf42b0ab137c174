"""Twelve laws of several kinds, each with and without noise: what the golden traces are searches of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kantools import Table

__all__ = ["LAWS", "NOISES", "Law", "cases"]

Array = np.ndarray
#: Share of the target's spread; "idle" and "power" take it in proportion to the value.
NOISES = (0.0, 0.01)


@dataclass(frozen=True)
class Law:
    """A law, where its columns lie, and what the search is told beside the table."""

    name: str
    of: Callable[..., Array]
    ranges: dict[str, tuple[float, float]]
    rows: int = 150
    idle: tuple[str, ...] = ()
    relative: bool = False
    outliers: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    def table(self, noise: float) -> Table:
        """Rows drawn with a seed of the law's own."""
        rng = np.random.default_rng(sum(map(ord, self.name)))
        columns = {c: rng.uniform(*r, self.rows) for c, r in self.ranges.items()}
        y = self.of(**{c: v for c, v in columns.items() if c not in self.idle})
        size = np.abs(y) if self.relative else y.std()
        y = y + noise * size * rng.normal(size=self.rows)
        if noise and self.outliers:
            y[rng.choice(self.rows, self.outliers, replace=False)] += 3 * y.std()
        return Table(tuple(columns), np.stack(list(columns.values()), axis=1), "target", y)


LAWS = (
    Law("power", lambda distance: 0.8 * distance**1.5, {"distance": (0.4, 30)}, relative=True),
    Law(
        "decay",
        lambda t: 2.5 * np.exp(-0.8 * t) + 0.4,
        {"t": (0, 5)},
        outliers=6,
        settings={"loss": "cauchy"},
    ),
    Law("gaussian", lambda x: 1.7 * np.exp(-((x - 1.2) ** 2) / 0.9), {"x": (-1, 4)}),
    Law(
        "oscillation",
        lambda t: np.exp(-0.3 * t) * np.sin(2 * t),
        {"t": (0, 6)},
        settings={"primitives": ["sin", "exp", "square"]},
    ),
    Law(
        "saturation",
        lambda S, V: V * S / (0.7 + S),
        {"S": (0.1, 4), "V": (1, 3)},
        settings={"max_complexity": 30},
    ),
    Law("polynomial", lambda x, y: x**3 - x * y + y**2 / 2, {"x": (-1, 1), "y": (-1, 1)}),
    Law(
        "distance",
        lambda a, b, c, d: np.hypot(a - b, c - d),
        {"a": (1, 5), "b": (1, 5), "c": (1, 5), "d": (1, 5)},
        rows=250,
    ),
    Law(
        "moving",
        lambda m, v, c: m / np.sqrt(1 - v**2 / c**2),
        {"m": (1, 5), "v": (1, 2), "c": (3, 10)},
        rows=200,
        settings={"units": {"m": "kg", "v": "m/s", "c": "m/s", "target": "kg"}},
    ),
    Law("parallel", lambda d, n, e: 1 / (1 / d + n / e), {"d": (1, 5), "n": (1, 3), "e": (1, 5)}),
    Law(
        "force",
        lambda q, E, B, v, w: q * (E + B * v * np.sin(w)),
        {"q": (1, 5), "E": (1, 5), "B": (1, 5), "v": (1, 5), "w": (1, 5)},
        rows=300,
    ),
    Law(
        "idle",
        lambda a, b, c: a * b + np.sin(c),
        {"a": (1, 3), "p": (1, 3), "b": (1, 3), "q": (1, 3), "c": (0, 3), "r": (1, 3)},
        rows=300,
        idle=("p", "q", "r"),
    ),
    Law(
        "gas",
        lambda n, T, V: 8.314 * n * T / V,
        {"n": (1, 5), "T": (250, 400), "V": (1, 5)},
        settings={"forbid": {"exp": ["exp"]}},
    ),
)


def cases() -> Iterator[tuple[Law, float]]:
    """Every law at every noise."""
    return ((law, noise) for law in LAWS for noise in NOISES)
