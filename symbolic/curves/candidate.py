"""A candidate: one reading of a curve as a formula in ``x``, with its constants still free."""

from dataclasses import dataclass

import numpy as np
from sympy import Expr, Symbol

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.primitive import ARGUMENT

__all__ = ["Candidate", "spread_of"]


def spread_of(y: np.ndarray, root: np.ndarray) -> float:
    """What a candidate's error is relative to: the weighted standard deviation of the curve, in its weights.

    ``sqrt(mean(root² (y - m)²))`` with the weighted mean ``m``.
    """
    unit = float(np.abs(y).max(initial=0.0)) or 1.0  # squares of large numbers leave floating point
    weight, y = root**2, y / unit
    mean = weight @ y / (weight.sum() or 1.0)
    return unit * float(np.sqrt(np.mean((root * (y - mean)) ** 2)))


@dataclass(frozen=True)
class Candidate:
    """``y ≈ template(x)`` with starting values for the constants.

    Attributes
    ----------
    name : str
        What a person would call it: ``"sin"``, ``"x * exp(square)"``.
    template : sympy.Expr
        In the symbol ``x`` and the symbols of ``constants``.
    constants : tuple of (Symbol, float)
    offset : Symbol or None
        The constant that is merely added; neighbouring offsets are merged into one.
    error : float
        Root mean square misfit relative to the curve's own spread.
    score : float
        Misfit and length in nats; smaller is better.
    """

    name: str
    template: Expr
    constants: tuple[tuple[Symbol, float], ...]
    offset: Symbol | None = None
    error: float = 0.0
    score: float = 0.0

    def evaluate(self, x: np.ndarray) -> np.ndarray:
        """The candidate's curve with its starting values."""
        symbols = [s for s, _ in self.constants]
        program = compile_expression(self.template, [ARGUMENT], symbols)
        return program.value(np.asarray(x, dtype=float)[:, None], [v for _, v in self.constants])
