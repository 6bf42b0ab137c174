"""Hostile tables, generated: whatever numbers and names a file or a script may hold."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

NAMES = [
    *("lambda", "E", "I", "pi", "S", "N", "Q", "O", "class", "None", "x0", "c0", "k0", "y", "beta", "gamma"),
    *("exp", "sqrt", "flow rate", "a-b", "x**2", "3", "1e5", '"quoted"', "back\\slash", "$\\alpha_{1}$"),
    *("θ", "é", "e\u0301", "速度", "🌡", "درجة", "%", "a_b_c", "{", "zoo", "nan", "oo", "_", "__import__"),
    *("", " ", "two\nlines", "x0 ", "x" * 300),
]
MAGNITUDES = st.one_of(st.just(0), st.integers(-40, 40), st.integers(-300, 300))
ONCE_IN_TEN = st.integers(0, 9).map(lambda k: k == 7)


@dataclass(frozen=True)
class Hostile:
    """What is given to ``fit``."""

    X: np.ndarray
    y: np.ndarray
    names: tuple[str, ...] | None
    sigma: np.ndarray | None
    weight: np.ndarray | None


def _scaled(values: np.ndarray, exponent: int) -> np.ndarray:
    with np.errstate(all="ignore"):
        return values * 10.0**exponent


@st.composite
def columns(draw: st.DrawFn, rng: np.random.Generator, rows: int) -> np.ndarray:
    """One column of some kind, of any magnitude."""
    kind = draw(
        st.sampled_from(["positive", "normal", "whole", "boolean", "nearly constant", "wide", "same"])
    )
    exponent = draw(MAGNITUDES)
    match kind:
        case "positive":
            return _scaled(rng.uniform(1, 3, rows), exponent)
        case "normal":
            return _scaled(rng.normal(size=rows), exponent)
        case "whole":
            return rng.integers(-5, 2 ** draw(st.sampled_from([3, 8, 62])), rows).astype(float)
        case "boolean":
            return rng.integers(0, 2, rows).astype(float)
        case "nearly constant":
            return 1e9 + 1e-6 * rng.integers(0, 50, rows)
        case "wide":
            return 10.0 ** rng.uniform(-draw(st.sampled_from([3, 30, 300])), 5, rows)
        case _:
            return np.full(rows, 10.0**exponent)


@st.composite
def tables(draw: st.DrawFn) -> Hostile:
    """A table with a law, or without one."""
    rng = np.random.default_rng(draw(st.integers(0, 2**20)))
    rows = draw(st.sampled_from([60, 30, 12, 60, 30, 6, 5, 4, draw(st.integers(0, 3))]))
    width = draw(st.sampled_from([2, 1, 3, 2, 1, 5, 9, 60]))
    X = np.stack([draw(columns(rng, rows)) for _ in range(min(width, 4))], axis=1)
    if width > 4:
        X = np.hstack([X, rng.normal(size=(rows, width - 4))])
    if width > 1 and draw(st.booleans()):  # duplicates, collinear columns
        X[:, -1] = X[:, 0] * draw(st.sampled_from([1.0, 2.0]))
    y = draw(targets(rng, X))
    if rows and draw(ONCE_IN_TEN):
        X[rng.integers(rows), 0] = draw(st.sampled_from([np.nan, np.inf, 1.7e308, 5e-324, -1e300]))
    if rows > 5 and draw(ONCE_IN_TEN):  # repeated rows
        X, y = np.repeat(X[::2], 2, axis=0), np.repeat(y[::2], 2)
    return Hostile(X, y, draw(names(width)), draw(errors(rng, y)), draw(weights(rng, len(y))))


@st.composite
def targets(draw: st.DrawFn, rng: np.random.Generator, X: np.ndarray) -> np.ndarray:
    exponent, first, last = draw(MAGNITUDES), X[:, 0], X[:, -1]
    made = {
        "product": lambda: first * last,
        "quotient": lambda: first / last,
        "sum": lambda: first + last,
        "square": lambda: first**2,
        "noise": lambda: rng.normal(size=len(X)),
        "whole": lambda: rng.integers(0, 3, len(X)).astype(float),
        "nearly constant": lambda: 1e9 + 1e-6 * rng.integers(0, 50, len(X)),
        "one value": lambda: np.full(len(X), 3.0),
    }
    with np.errstate(all="ignore"):
        return np.asarray(made[draw(st.sampled_from(list(made)))]() * 10.0**exponent, dtype=float)


@st.composite
def names(draw: st.DrawFn, width: int) -> tuple[str, ...] | None:
    if draw(st.booleans()):
        return None
    few = draw(st.lists(st.sampled_from(NAMES), min_size=min(width, 4), max_size=min(width, 4), unique=True))
    return (*few, *(f"column {k}" for k in range(width - len(few))))


@st.composite
def errors(draw: st.DrawFn, rng: np.random.Generator, y: np.ndarray) -> np.ndarray | None:
    kind = draw(st.sampled_from([None, None, None, None, "share", "share", "any", "mixed", "zero"]))
    size = float(np.abs(y[np.isfinite(y)]).max(initial=0)) or 1.0
    with np.errstate(all="ignore"):
        return {
            None: None,
            "share": np.full(len(y), 0.01 * size),
            "any": np.full(len(y), 10.0 ** draw(st.integers(-300, 300))),
            "mixed": 10.0 ** rng.uniform(-300, 300, len(y)),
            "zero": np.zeros(len(y)),
        }[kind]


@st.composite
def weights(draw: st.DrawFn, rng: np.random.Generator, rows: int) -> np.ndarray | None:
    kind = draw(st.sampled_from([None, None, None, None, "any", "any", "mixed", "few"]))
    return {
        None: None,
        "any": np.full(rows, 10.0 ** draw(st.integers(-300, 300))),
        "mixed": 10.0 ** rng.uniform(-draw(st.sampled_from([10, 300])), 3, rows),
        "few": (np.arange(rows) < draw(st.integers(0, 7))).astype(float),
    }[kind]
