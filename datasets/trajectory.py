"""Inputs along the trajectories of a system of two differential equations.

The Strogatz problems ask for the right-hand side of a system from states that the system really visits, so
their inputs are not uniform: a few initial states are drawn, each is followed for ten units of time, and the
states on the way are the rows.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kantools.datasets.expression import compiled, parse
from kantools.datasets.problem import Problem

__all__ = ["DURATION", "POINTS", "RUNS", "System"]

RUNS = 4  # initial states
POINTS = 100  # a trajectory, one every 0.1
DURATION = 10.0
ATTEMPTS = 100

State = tuple[float, float]


@dataclass(frozen=True)
class System:
    """``dx/dt`` and ``dy/dt`` as formulas in ``x`` and ``y``, and how the initial states are drawn.

    Attributes
    ----------
    dx, dy : str
    start : callable
        ``start(rng, run)`` gives the initial state of one of the runs.
    """

    dx: str
    dy: str
    start: Callable[[np.random.Generator, int], State]

    def __call__(self, problem: Problem, rows: int, rng: np.random.Generator) -> np.ndarray:
        """States on the way, in random order; more than 400 rows are had by a shorter step of time."""
        points = max(POINTS, -(-rows // RUNS))
        states = np.concatenate([self.run(k, points, rng) for k in range(RUNS)])
        return states[rng.permutation(len(states))[:rows]]

    def run(self, run: int, points: int, rng: np.random.Generator) -> np.ndarray:
        """One trajectory; an initial state from which it runs to infinity is drawn again."""
        for _ in range(ATTEMPTS):
            path = self.follow(self.start(rng, run), points)
            if path.shape == (points, 2) and np.isfinite(path).all():
                return path
        raise ValueError(f"A trajectory has to stay finite for {DURATION} units of time; {ATTEMPTS} did not.")

    def follow(self, start: State, points: int) -> np.ndarray:
        """The states that follow an initial one, at equal steps of time."""
        from scipy.integrate import solve_ivp

        right = [compiled(parse(d, ("x", "y")), ("x", "y")) for d in (self.dx, self.dy)]
        times = np.arange(points) * (DURATION / points)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a path that runs to infinity is met by the caller
            path = solve_ivp(
                lambda t, s: [f(*s) for f in right],
                (0.0, DURATION),
                start,
                method="LSODA",
                t_eval=times,
                rtol=1e-8,
                atol=1e-10,
            )
        return path.y.T
