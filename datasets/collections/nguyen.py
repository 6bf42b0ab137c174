"""Nguyen's thirteen functions, the oldest common benchmark of symbolic regression.

Pure mathematics: no units, one or two columns ``x1`` and ``x2``. Nguyen-12a is Nguyen-12 on a wider range.
Twenty uniform points are the custom.
"""

from kantools.datasets.law import law
from kantools.datasets.problem import Problem

__all__ = ["PROBLEMS", "SOURCE"]

SOURCE = (
    "N. Q. Uy, N. X. Hoai, M. O'Neill, R. I. McKay, E. Galvan-Lopez, Semantically-based crossover in genetic "
    "programming, Genetic Programming and Evolvable Machines 12 (2011)."
)

LAWS = (
    ("Nguyen-1", "x1**3 + x1**2 + x1", "x1 -1:1"),
    ("Nguyen-2", "x1**4 + x1**3 + x1**2 + x1", "x1 -1:1"),
    ("Nguyen-3", "x1**5 + x1**4 + x1**3 + x1**2 + x1", "x1 -1:1"),
    ("Nguyen-4", "x1**6 + x1**5 + x1**4 + x1**3 + x1**2 + x1", "x1 -1:1"),
    ("Nguyen-5", "sin(x1**2)*cos(x1) - 1", "x1 -1:1"),
    ("Nguyen-6", "sin(x1) + sin(x1 + x1**2)", "x1 -1:1"),
    ("Nguyen-7", "log(x1 + 1) + log(x1**2 + 1)", "x1 0:2"),
    ("Nguyen-8", "sqrt(x1)", "x1 0:4"),
    ("Nguyen-9", "sin(x1) + sin(x2**2)", "x1 x2 0:1"),
    ("Nguyen-10", "2*sin(x1)*cos(x2)", "x1 x2 0:1"),
    ("Nguyen-11", "x1**x2", "x1 x2 0:1"),
    ("Nguyen-12", "x1**4 - x1**3 + x2**2/2 - x2", "x1 x2 0:1"),
    ("Nguyen-12a", "x1**4 - x1**3 + x2**2/2 - x2", "x1 x2 0:10"),
)

PROBLEMS: tuple[Problem, ...] = tuple(
    law(name, name, "y", formula, columns, source=SOURCE, units={}) for name, formula, columns in LAWS
)
