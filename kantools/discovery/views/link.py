"""Links: functions of the target under which a law may become a sum.

As in generalised linear models (Nelder & Wedderburn, 1972) a link ``T`` maps the target to where the
network is additive, ``T(y) = Σ f_i(x_i)``; its inverse is the last, fixed edge of the network. A link only
proposes a structure: what is found is refitted and judged in the space of ``y``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from sympy import Expr, acos, asin, exp, log, sqrt

__all__ = ["ARCS", "LINKS", "Link", "links_for"]

Array = np.ndarray
TINY = 1e-15  # a prediction that is not positive is as wrong as this
CLIP = 100.0  # weights in the link's space vary by no more than this factor around their median


@dataclass(frozen=True)
class Link:
    """A transformation of the target and its inverse.

    Attributes
    ----------
    name : str
    forward, slope : callable
        ``T(y)`` and ``T'(y)``.
    inverse : str
        The fixed function of the last edge.
    lift : callable
        ``T⁻¹`` of an expression.
    positive : bool
        Whether ``T`` takes positive values only.
    sign : int
        −1 where the target is negative throughout and ``T`` is applied to ``-y``.
    range : tuple of float
        Where the target must lie, for angles.
    """

    name: str
    forward: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    inverse: str
    undo: Callable[[Array], Array]
    expression: Callable[[Expr], Expr]
    positive: bool = True
    sign: int = 1
    range: tuple[float, float] = (-np.inf, np.inf)

    def admits(self, y: Array) -> bool:
        """Whether the target is where ``T⁻¹(T(y)) = y``."""
        return bool(self.range[0] < y.min() <= y.max() < self.range[1])

    def apply(self, y: Array) -> Array:
        return self.forward(self.sign * y)

    def back(self, eta: Array) -> Array:
        """From the link's space to the target."""
        with np.errstate(all="ignore"):
            return self.sign * self.undo(eta)

    def derivative(self, y: Array) -> Array:
        """``T'(y)``, the sign included; nan where the target cannot be."""
        with np.errstate(all="ignore"):
            return self.sign * self.slope(self.sign * y)

    def lift(self, expr: Expr) -> Expr:
        """An expression for the target from one in the link's space."""
        return self.sign * self.expression(expr)

    def weight(self, y: Array) -> Array:
        """``1/T'(y)²``: what errors of equal size in ``y`` ask for, within reason."""
        w = 1 / np.maximum(np.abs(self.slope(self.sign * y)), 1e-300) ** 2
        middle = np.median(w)
        return np.clip(w, middle / CLIP, middle * CLIP)


LINKS = (
    Link("identity", lambda y: y, np.ones_like, "identity", lambda e: e, lambda e: e, positive=False),
    Link("log", np.log, lambda y: 1 / y, "exp", np.exp, exp),
    Link("reciprocal", np.reciprocal, lambda y: -(y**-2.0), "reciprocal", np.reciprocal, lambda e: 1 / e),
    Link("square", np.square, lambda y: 2 * y, "sqrt", lambda eta: np.sqrt(np.maximum(eta, 0)), sqrt),
    Link("sqrt", np.sqrt, lambda y: 0.5 / np.sqrt(y), "square", np.square, lambda e: e**2),
    Link(
        "reciprocal_square",
        lambda y: y**-2.0,
        lambda y: -2 * y**-3.0,
        "reciprocal_sqrt",
        lambda eta: np.maximum(eta, TINY) ** -0.5,
        lambda e: 1 / sqrt(e),
    ),
    Link("exp", np.exp, np.exp, "log", lambda eta: np.log(np.maximum(eta, TINY)), log, positive=False),
)

ARCS = (
    Link("cos", np.cos, lambda y: -np.sin(y), "acos", np.arccos, acos, positive=False, range=(0, np.pi)),
    Link("sin", np.sin, np.cos, "asin", np.arcsin, asin, positive=False, range=(-np.pi / 2, np.pi / 2)),
)


def links_for(y: Array) -> Iterator[Link]:
    """The links that these target values allow, the plain ones first.

    >>> import numpy as np
    >>> [link.name for link in links_for(np.array([-1.0, 2.0]))]
    ['identity', 'exp']
    """
    low, high = float(y.min()), float(y.max())
    for link in LINKS:
        if link.name == "exp" and max(abs(low), abs(high)) > 30:
            continue
        if not link.positive or low > 0:
            yield link
        elif high < 0:
            yield Link(**{**vars(link), "sign": -1})
