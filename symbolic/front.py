"""The Pareto front: formulas of rising length and falling loss, and which one to believe."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kantools.symbolic.formula import Formula

__all__ = ["SELECTIONS", "pareto_front", "scores", "select", "shortest"]

#: Losses are told apart between these.
SMALLEST, LARGEST = 1e-300, 1e300


def pareto_front(formulas: "Iterable[Formula]", tolerance: float = 1e-6) -> "tuple[Formula, ...]":
    """Those that no shorter formula fits as well, by rising complexity.

    A longer formula must lower the loss by more than the share ``tolerance`` to stay.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> from kantools.table import Table
    >>> x = np.linspace(1, 2, 9)
    >>> table = Table(("x",), x[:, None], "y", 3 * x**2)
    >>> found = [refit(form, table) for form in ("a*x", "a*x**2", "a*x + b*x**3 + c")]
    >>> [f.complexity for f in found], [f.complexity for f in pareto_front(found)]
    ([3, 5, 11], [3, 5])
    """
    front: list[Formula] = []
    for formula in sorted(formulas, key=lambda f: (f.complexity, f.loss, f.description_length)):
        if not front or formula.loss < front[-1].loss * (1 - tolerance):
            front.append(formula)
    return tuple(front)


def scores(front: "Sequence[Formula]") -> list[float]:
    """What each step along the front gains: ``-Δ ln(loss) / Δ complexity``; 0 for the first.

    >>> import sympy
    >>> from kantools.symbolic.formula import Formula
    >>> x, told = sympy.Symbol("x"), ((1, 1.0), (3, 0.1), (5, 0.09))
    >>> front = [Formula(("x",), "y", x, loss=loss, complexity=n) for n, loss in told]
    >>> [round(gain, 3) for gain in scores(front)]
    [0.0, 1.151, 0.053]
    """
    gains = [0.0]
    for before, after in pairwise(front):
        gain = _log(before.loss) - _log(after.loss)
        gains.append(gain / max(after.complexity - before.complexity, 1))
    return gains


def _log(loss: float) -> float:
    """Finite also where the loss is nothing, or more than a float tells."""
    return float(np.log(np.clip(loss, SMALLEST, LARGEST)))


def by_description_length(front: "Sequence[Formula]") -> "Formula":
    """The formula that tells the data in the fewest nats.

    >>> import sympy
    >>> from kantools.symbolic.formula import Formula
    >>> x, told = sympy.Symbol("x"), ((1, 9.0), (2, 4.0), (3, 6.0))
    >>> print(by_description_length([Formula(("x",), "y", x**k, description_length=n) for k, n in told]))
    y = x**2
    """
    return min(front, key=lambda f: f.description_length)


def shortest(formulas: "Iterable[Formula]", most: int) -> "list[Formula]":
    """So many that tell the data in the fewest nats, the fewest first."""
    return sorted(formulas, key=lambda f: f.description_length)[:most]


def by_loss(front: "Sequence[Formula]") -> "Formula":
    """The formula that fits best, whatever its length.

    >>> import sympy
    >>> from kantools.symbolic.formula import Formula
    >>> x = sympy.Symbol("x")
    >>> print(by_loss([Formula(("x",), "y", x**k, loss=1 / k) for k in (1, 2, 3)]))
    y = x**3
    """
    return min(front, key=lambda f: f.loss)


def by_knee(front: "Sequence[Formula]") -> "Formula":
    """The formula after which longer ones gain least: the highest score among the better half.

    >>> import sympy
    >>> from kantools.symbolic.formula import Formula
    >>> x, told = sympy.Symbol("x"), ((1, 1.0), (3, 0.1), (5, 0.09))
    >>> by_knee([Formula(("x",), "y", x, loss=loss, complexity=n) for n, loss in told]).complexity
    3
    """
    gains = scores(front)
    losses = np.array([_log(f.loss) for f in front])
    good = losses <= (losses.max() + losses.min()) / 2
    return front[int(np.argmax(np.where(good, gains, -np.inf)))]


#: Rules to choose one formula of the front.
SELECTIONS = {"description_length": by_description_length, "loss": by_loss, "knee": by_knee}


def select(front: "Sequence[Formula]", rule: str) -> "Formula":
    """The formula that a rule chooses.

    Raises
    ------
    ValueError
        For a rule that there is not.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> from kantools.table import Table
    >>> x = np.linspace(1, 2, 9)
    >>> table = Table(("x",), x[:, None], "y", 3 * x**2)
    >>> found = [refit(form, table) for form in ("a*x", "a*x**2", "a*x + b*x**3 + c")]
    >>> print(select(found, "description_length"))
    y = 3.0*x**2
    """
    if rule not in SELECTIONS:
        raise ValueError(f"selection is one of {', '.join(SELECTIONS)}; got {rule!r}.")
    return SELECTIONS[rule](front)
