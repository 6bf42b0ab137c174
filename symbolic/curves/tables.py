"""What the shapes of a grammar have in common on one curve, each thing worked out once."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from sympy import Expr

from kantools.symbolic.curves.curve import Curve
from kantools.symbolic.curves.shape import Shape
from kantools.symbolic.primitive import Primitive

__all__ = ["Scale", "Tables", "extra_values", "scales_of", "tabulate"]

Array = np.ndarray


@dataclass(frozen=True)
class Scale:
    """Middle and half-width of an inner function's range: ``t = (g - middle) / half``."""

    middle: float
    half: float


@dataclass(frozen=True)
class Tables:
    """What the shapes have in common on one curve, and where each shape finds its share of it.

    Attributes
    ----------
    stretch : ndarray, shape (inner functions, points)
        Inner functions, scaled to [-1, 1].
    front : ndarray, shape (powers, points)
        Powers of x times the square roots of the weights.
    basis : ndarray, shape (further terms, 2, points)
        Orthonormal columns: the offset and the further term.
    rest : ndarray, shape (further terms, points)
        The part of ``y`` outside of them.
    address : ndarray of int, shape (shapes, 3)
        Rows of ``stretch``, ``front`` and ``basis``; -1 where a function is not finite.
    scales : tuple of Scale
    """

    stretch: Array
    front: Array
    basis: Array
    rest: Array
    address: Array
    scales: tuple[Scale, ...]

    @property
    def points(self) -> int:
        return self.stretch.shape[1]

    @cached_property
    def shared(self) -> tuple[Array, Array, Array]:
        return self.front, self.basis, self.rest


def scales_of(curve: Curve, shapes: Sequence[Shape]) -> dict[Primitive, Scale]:
    """The range of every inner function on the curve, of those that are finite and not constant."""
    scales = {}
    for inner in dict.fromkeys(shape.inner for shape in shapes):
        g = inner.value.on(curve.x)
        low, high = g.min(), g.max()
        if np.isfinite(low) and np.isfinite(high) and low < high:
            scales[inner] = Scale((low + high) / 2, (high - low) / 2)
    return scales


def tabulate(curve: Curve, shapes: Sequence[Shape], scales: dict[Primitive, Scale]) -> Tables:
    """Everything that the shapes need of a curve, each thing once."""
    powers = list(dict.fromkeys(shape.power for shape in shapes))
    extras = list(dict.fromkeys(shape.extra for shape in shapes))
    with np.errstate(all="ignore"):
        front = np.array([curve.root * curve.x ** float(q) if q != 0 else curve.root for q in powers])
        further = np.array([_further(curve, extra) for extra in extras])
        bases = [_basis(curve.root, column) for column in further]
    target = curve.root * curve.y
    inners: dict[Hashable, int] = {g: k for k, g in enumerate(scales)}
    return Tables(
        np.array([(g.value.on(curve.x) - s.middle) / s.half for g, s in scales.items()]),
        front,
        np.array(bases),
        np.array([target - Q.T @ (Q @ target) for Q in bases]),
        _addresses(shapes, inners, _finite(powers, front), _finite(extras, further)),
        tuple(scales.values()),
    )


def _finite(things: Sequence[Hashable], values: Array) -> dict[Hashable, int]:
    """The rows of the things that are finite everywhere."""
    return {thing: k for k, thing in enumerate(things) if np.isfinite(values[k]).all()}


def _addresses(shapes: Sequence[Shape], *places: dict[Hashable, int]) -> Array:
    parts = ((shape.inner, shape.power, shape.extra) for shape in shapes)
    return np.array([[p.get(part, -1) for p, part in zip(places, three, strict=True)] for three in parts])


def _further(curve: Curve, extra: Expr | None) -> Array:
    return np.zeros_like(curve.x) if extra is None else curve.root * extra_values(extra, curve.x)


def _basis(offset: Array, further: Array) -> Array:
    """Orthonormal rows that span both; the second is zero where it adds nothing."""
    first = offset / np.linalg.norm(offset)
    size = np.linalg.norm(further)
    if not 0 < size < np.inf:
        return np.stack([first, np.zeros_like(first)])
    second = further / size
    for _ in range(2):  # once more against rounding
        second = second - first * (first @ second)
    left = np.linalg.norm(second)
    return np.stack([first, second / left if left > 1e-12 else np.zeros_like(first)])


@lru_cache(maxsize=64)
def _further_term(extra: Expr) -> Primitive:
    return Primitive("extra", extra)


def extra_values(extra: Expr, x: Array) -> Array:
    """The values of a shape's further term."""
    return _further_term(extra).value.on(x)
