"""How the columns of a random law are drawn."""

import numpy as np

from kantools.datasets import Problem

__all__ = ["decades_evenly"]

#: A range of more than this factor is drawn evenly in the logarithm.
WIDE = 10.0


def decades_evenly(problem: Problem, rows: int, rng: np.random.Generator) -> np.ndarray:
    """Inputs uniformly within the ranges, in the logarithm where a range spans more than a decade.

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> decades_evenly(problem("I.12.1"), 5, np.random.default_rng(0)).shape
    (5, 2)
    """
    lows, highs = np.asarray(problem.lows), np.asarray(problem.highs)
    share = rng.uniform(size=(rows, len(lows)))
    return np.where(highs > WIDE * lows, lows * (highs / lows) ** share, lows + (highs - lows) * share)
