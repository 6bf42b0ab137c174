"""A candidate: one reading of a curve as a formula in ``x``, with its constants still free."""

from dataclasses import dataclass

import numpy as np
from sympy import Expr, Symbol

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.primitive import ARGUMENT

__all__ = ["Candidate"]


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
