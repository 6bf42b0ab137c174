"""Seven systems of two differential equations from Strogatz's textbook, two laws each.

The columns are the state ``x`` and ``y`` along four trajectories of a hundred points, the target is the time
derivative of one of them, evaluated on the trajectory. A trajectory crowds where the system is slow, so the
columns are neither uniform nor independent. Noise powers that the source gives in decibels are variances
here; where it gives none, the spread of the initial states is 1.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from kantools.datasets.problem import Problem
from kantools.datasets.trajectory import State, System

__all__ = ["PROBLEMS", "SOURCE"]

SOURCE = (
    "S. H. Strogatz, Nonlinear Dynamics and Chaos (Westview Press, 1994); trajectories: W. La Cava, "
    "K. Danai, L. Spector, Inference of compact nonlinear dynamic models by epigenetic local search, "
    "Engineering Applications of Artificial Intelligence 55 (2016), as in SRBench, La Cava et al. (2021)."
)


@dataclass(frozen=True)
class Entry:
    """A system, and the box that the trajectories of the source fill."""

    name: str
    title: str
    system: System
    lows: State
    highs: State


def around(x: float, y: float, sd_x: float = 1.0, sd_y: float = 1.0) -> Callable:
    """Initial states normally distributed around a point."""
    return lambda rng, run: (x + sd_x * rng.normal(), y + sd_y * rng.normal())


def within(lows: State, highs: State) -> Callable:
    """Initial states uniform in a box."""
    return lambda rng, run: tuple(rng.uniform(lows, highs))


def given(*states: State) -> Callable:
    """These initial states, one a run."""
    return lambda rng, run: states[run]


SYSTEMS = (
    Entry(
        "bacres",
        "Bacterial respiration",
        System(
            "20 - x - x*y/(1 + 0.5*x**2)",
            "10 - x*y/(1 + 0.5*x**2)",
            around(5, 10, sd_x=10 ** (1 / 20), sd_y=10 ** (0.1 / 20)),
        ),
        (3.4854, 9.79266),
        (16.3302, 54.4452),
    ),
    Entry(
        "barmag",
        "Bar magnets",
        System("0.5*sin(x - y) - sin(x)", "0.5*sin(y - x) - sin(y)", within((0, 0), (2 * np.pi, 2 * np.pi))),
        (4.11849, 0.200012),
        (5.98626, 6.64978),
    ),
    Entry(
        "glider",
        "Glider",
        System("-0.05*x**2 - sin(y)", "x - cos(y)/x", around(5, 0)),
        (0.162555, -1.32283),
        (5.60327, 28.7652),
    ),
    Entry(
        "lv",
        "Lotka-Volterra competition",
        System("3*x - 2*x*y - x**2", "2*y - x*y - y**2", given((1, 3), (4, 1), (8, 2), (3, 3))),
        (1.51029e-05, 0.000164748),
        (8, 3),
    ),
    Entry(
        "predprey",
        "Predator and prey",
        System("x*(4 - x - y/(1 + x))", "y*(x/(1 + x) - 0.075*y)", around(5, 10)),
        (0.00525005, 2.23001),
        (6.58096, 11.6491),
    ),
    Entry(
        "shearflow",
        "Shear flow",
        System(
            "cot(y)*cos(x)",
            "(cos(y)**2 + 0.1*sin(y)**2)*sin(x)",
            within((-np.pi, -np.pi / 2), (np.pi, np.pi / 2)),
        ),
        (-4.3501, -2.74699),
        (3.59983, 2.14721),
    ),
    Entry(
        "vdp",
        "Van der Pol oscillator",
        System("10*(y - (x**3 - x)/3)", "-x/10", within((0, 0), (1, 1))),
        (-1.19935, -0.197026),
        (1.93737, 0.927609),
    ),
)


def both(entry: Entry) -> Iterator[Problem]:
    """The two laws of a system."""
    for number, (state, formula) in enumerate((("x", entry.system.dx), ("y", entry.system.dy)), start=1):
        yield Problem(
            name=f"strogatz_{entry.name}{number}",
            title=f"{entry.title}: rate of {state}",
            target=f"d{state}",
            formula=formula,
            columns=("x", "y"),
            lows=entry.lows,
            highs=entry.highs,
            source=SOURCE,
            draw=entry.system,
        )


PROBLEMS: tuple[Problem, ...] = tuple(problem for entry in SYSTEMS for problem in both(entry))
