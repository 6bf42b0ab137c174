"""Functions that an edge can be given instead of learning one.

A topology often knows the function of an edge: the identity of a skip, the exponential behind a sum of
logarithms. Such an edge has no parameters, unless it is given four of its own, ``c f(a x + b) + d``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from kantools.catalogue import did_you_mean

__all__ = ["FIXED", "Fixed", "affine_key", "fixed", "mapped"]


@dataclass(frozen=True)
class Fixed:
    """A function without parameters, with its derivative.

    Attributes
    ----------
    value, slope : callable
        ``f`` and ``f'`` on tensors of any shape.
    linear : float or None
        ``f'`` where it is a constant and ``f(0) = 0``.
    inverse : callable or None
        An ``x`` with ``f(x) = y``, where there is one: a first guess for what must come before.
    """

    value: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor], Tensor]
    linear: float | None = None
    inverse: Callable[[Tensor], Tensor] | None = None


FIXED: dict[str, Fixed] = {
    "identity": Fixed(lambda x: x, torch.ones_like, 1.0, lambda y: y),
    "negative": Fixed(torch.neg, lambda x: -torch.ones_like(x), -1.0, torch.neg),
    "square": Fixed(torch.square, lambda x: 2 * x, inverse=torch.sqrt),
    "cube": Fixed(lambda x: x**3, lambda x: 3 * x**2),
    "sqrt": Fixed(torch.sqrt, lambda x: 0.5 / torch.sqrt(x), inverse=torch.square),
    "reciprocal": Fixed(torch.reciprocal, lambda x: -1 / x**2, inverse=torch.reciprocal),
    "reciprocal_sqrt": Fixed(torch.rsqrt, lambda x: -0.5 * x**-1.5, inverse=lambda y: y**-2.0),
    "exp": Fixed(torch.exp, torch.exp, inverse=torch.log),
    "log": Fixed(torch.log, torch.reciprocal, inverse=torch.exp),
    "absolute": Fixed(torch.abs, torch.sign),
    "sin": Fixed(torch.sin, torch.cos, inverse=torch.arcsin),
    "cos": Fixed(torch.cos, lambda x: -torch.sin(x), inverse=torch.arccos),
    "tanh": Fixed(torch.tanh, lambda x: 1 - torch.tanh(x) ** 2, inverse=torch.arctanh),
    "arcsin": Fixed(torch.arcsin, lambda x: 1 / torch.sqrt(1 - x**2), inverse=torch.sin),
    "arctan": Fixed(torch.arctan, lambda x: 1 / (1 + x**2), inverse=torch.tan),
}
"""The known functions by name."""


def mapped(function: Fixed, affine: Tensor) -> Fixed:
    """``c f(a x + b) + d`` for the four numbers ``a, b, c, d``.

    >>> mapped(FIXED["square"], torch.tensor([2.0, 1.0, 10.0, 3.0])).value(torch.tensor(1.0))
    tensor(93.)
    """
    a, b, c, d = affine

    def value(x: Tensor) -> Tensor:
        return c * function.value(a * x + b) + d

    def slope(x: Tensor) -> Tensor:
        return c * a * function.slope(a * x + b)

    return Fixed(value, slope)


def affine_key(source: int, target: int) -> str:
    """The name of an edge's four numbers in its layer."""
    return f"{source}_{target}"


def fixed(name: str) -> Fixed:
    """The fixed function of this name.

    >>> fixed("square").slope(torch.tensor(3.0))
    tensor(6.)
    """
    if name not in FIXED:
        raise KeyError(f'There is no fixed function "{name}"; {did_you_mean(name, FIXED)}')
    return FIXED[name]
