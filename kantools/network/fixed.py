"""Functions that an edge can be given instead of learning one.

A topology often knows the function of an edge: the identity of a skip, the exponential behind a sum of
logarithms. Such an edge has no parameters, unless it is given four of its own, ``c f(a x + b) + d``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from kantools.catalogue import did_you_mean

__all__ = ["FIXED", "NUMBERS", "Fixed", "affine_key", "fixed", "mapped"]

NUMBERS = 4
"""Of an affine primitive: ``a, b, c, d``."""


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


def power(p: float) -> Fixed:
    """``x^p``.

    >>> power(1.5).slope(torch.tensor(4.0))
    tensor(3.)
    """
    return Fixed(lambda x: x**p, lambda x: p * x ** (p - 1))


FIXED: dict[str, Fixed] = {
    "identity": Fixed(lambda x: x, torch.ones_like, 1.0, lambda y: y),
    "negative": Fixed(torch.neg, lambda x: -torch.ones_like(x), -1.0, torch.neg),
    "square": Fixed(torch.square, lambda x: 2 * x, inverse=torch.sqrt),
    "cube": power(3),
    "power4": power(4),
    "power5": power(5),
    "power3_2": power(1.5),
    "sqrt": Fixed(torch.sqrt, lambda x: 0.5 / torch.sqrt(x), inverse=torch.square),
    "reciprocal": Fixed(torch.reciprocal, lambda x: -1 / x**2, inverse=torch.reciprocal),
    "reciprocal_sqrt": Fixed(torch.rsqrt, lambda x: -0.5 * x**-1.5, inverse=lambda y: y**-2.0),
    "reciprocal_square": power(-2),
    "reciprocal_cube": power(-3),
    "reciprocal_power4": power(-4),
    "reciprocal_power5": power(-5),
    "reciprocal_power3_2": power(-1.5),
    "exp": Fixed(torch.exp, torch.exp, inverse=torch.log),
    "log": Fixed(torch.log, torch.reciprocal, inverse=torch.exp),
    "gaussian": Fixed(lambda x: torch.exp(-(x**2)), lambda x: -2 * x * torch.exp(-(x**2))),
    "logistic": Fixed(torch.sigmoid, lambda x: torch.sigmoid(x) * torch.sigmoid(-x), inverse=torch.logit),
    "softplus": Fixed(lambda x: -torch.nn.functional.logsigmoid(-x), torch.sigmoid),
    "bose": Fixed(lambda x: 1 / torch.expm1(x), lambda x: -torch.exp(x) / torch.expm1(x) ** 2),
    "x_log_x": Fixed(lambda x: x * torch.log(x), lambda x: torch.log(x) + 1),
    "absolute": Fixed(torch.abs, torch.sign),
    "abs": Fixed(torch.abs, torch.sign),
    "sin": Fixed(torch.sin, torch.cos, inverse=torch.arcsin),
    "cos": Fixed(torch.cos, lambda x: -torch.sin(x), inverse=torch.arccos),
    "tan": Fixed(torch.tan, lambda x: 1 + torch.tan(x) ** 2, inverse=torch.arctan),
    "sin_square": Fixed(lambda x: torch.sin(x) ** 2, lambda x: torch.sin(2 * x)),
    "sinc": Fixed(lambda x: torch.sin(x) / x, lambda x: (torch.cos(x) - torch.sin(x) / x) / x),
    "sinh": Fixed(torch.sinh, torch.cosh, inverse=torch.arcsinh),
    "cosh": Fixed(torch.cosh, torch.sinh),
    "tanh": Fixed(torch.tanh, lambda x: 1 - torch.tanh(x) ** 2, inverse=torch.arctanh),
    "arcsin": Fixed(torch.arcsin, lambda x: 1 / torch.sqrt(1 - x**2), inverse=torch.sin),
    "arccos": Fixed(torch.arccos, lambda x: -1 / torch.sqrt(1 - x**2), inverse=torch.cos),
    "arsinh": Fixed(torch.arcsinh, lambda x: 1 / torch.sqrt(1 + x**2), inverse=torch.sinh),
    "arcosh": Fixed(torch.arccosh, lambda x: 1 / torch.sqrt(x**2 - 1), inverse=torch.cosh),
    "artanh": Fixed(torch.arctanh, lambda x: 1 / (1 - x**2), inverse=torch.tanh),
    "arctan": Fixed(torch.arctan, lambda x: 1 / (1 + x**2), inverse=torch.tan),
}
"""The known functions by name; those that formulas know too are called as in
``kantools.symbolic.primitive.PRIMITIVES``."""


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
