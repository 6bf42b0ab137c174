"""A noise model: how the variance of a measurement follows from the value of the law."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

__all__ = ["NoiseModel"]

Array = np.ndarray
TINY = 1e-300  # a variance that a logarithm can take


@dataclass(frozen=True)
class NoiseModel(ABC):
    """``p(y | f) = Π_i N(y_i; f_i, σ²(f_i))``: normal scatter around the values of a law.

    Attributes
    ----------
    name : str
    parameters : int
        How many numbers of the model are estimated with the law.
    follows : bool
        Whether deviations go with the value of the law.
    """

    name: ClassVar[str]
    parameters: ClassVar[int]
    follows: ClassVar[bool] = True

    @abstractmethod
    def fitted(self, y: Array, f: Array) -> Array:
        """The parameters of most likelihood, where a law has the values ``f``."""

    @abstractmethod
    def variance(self, f: Array, parameters: Array) -> Array:
        """The variance of each row, shape (rows,)."""

    def refusal(self, y: Array) -> str:
        """Why a target cannot have this noise, and what to do; empty where it can."""
        return ""

    def bears(self, y: Array, f: Array) -> bool:
        """Whether a law with these values may be said to have this noise."""
        return not self.refusal(y)

    def log_likelihoods(self, y: Array, f: Array, parameters: Array) -> Array:
        """``ln p(y_i | f_i)``, shape (rows,)."""
        variance = np.maximum(self.variance(f, parameters), TINY)
        return -0.5 * (np.log(2 * np.pi * variance) + (y - f) ** 2 / variance)

    def nats(self, y: Array, f: Array) -> float:
        """``-ln p(y | f)`` at its least, with ``½ ln n`` for each parameter that was estimated.

        Parameters
        ----------
        y, f : ndarray, shape (rows,)
            What was measured, and what the law says.
        """
        at_best = self.log_likelihoods(y, f, self.fitted(y, f))
        return float(-at_best.sum() + 0.5 * self.parameters * np.log(len(y)))
