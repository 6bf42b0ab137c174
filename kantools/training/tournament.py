"""Train several starts a little, the promising ones on, and the best to the end.

Source: K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization",
AISTATS 2016, for successive halving.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from kantools.clock import now
from kantools.training.history import Stop
from kantools.training.least_squares import LeastSquares
from kantools.training.levenberg_marquardt import Options, Outcome, levenberg_marquardt
from kantools.training.model import State

__all__ = ["tournament"]

ROUNDS = (6, 12)
"""Iterations of each start in the first rounds; a third of them goes on."""

SAMPLE = 2000
"""The first rounds of a long table are held on so many rows, …"""

PER_COEFFICIENT = 4
"""… or on so many for each coefficient, if these are more: with fewer, noise would be learned."""

OVER = (Stop.SOLVED, Stop.TARGET, Stop.DEADLINE)


Watch: TypeAlias = Callable[[State, float], Stop | None]


def tournament(
    problem: LeastSquares,
    candidates: Iterable[State],
    options: Options,
    watch: Watch | None = None,
    early: Watch | None = None,
) -> Outcome:
    """The best outcome over all starts.

    Parameters
    ----------
    problem : LeastSquares
    candidates : iterable of State
        Drawn one by one, as long as there is time.
    options : Options
        Of the final; earlier rounds are shorter.
    watch : callable, optional
        See `levenberg_marquardt`; it is told of the final.
    early : callable, optional
        The same of the rounds before.
    """
    sample = _sample(problem)
    field = _first_round(sample, candidates, options, early)
    for length in ROUNDS[1:]:
        if len(field) == 1:
            break
        field = field[: max(1, len(field) // 3)]
        field = sorted((_on(sample, o, options, length, early) for o in field), key=_loss)
    best = field[0]
    if sample is not problem:
        final = _from(best, options, options.max_iterations)
        return levenberg_marquardt(problem, best.at.state, final, watch)
    stop = watch(best.at.state, best.at.loss) if watch else None
    if best.reason in OVER:
        return best
    if stop:
        return replace(best, reason=stop)
    return _on(problem, best, options, options.max_iterations, watch)


def _loss(outcome: Outcome) -> float:
    return outcome.at.loss if outcome.at.loss == outcome.at.loss else float("inf")


def _first_round(
    problem: LeastSquares, candidates: Iterable[State], options: Options, watch: Watch | None
) -> list[Outcome]:
    field: list[Outcome] = []
    short = replace(options, max_iterations=min(ROUNDS[0], options.max_iterations))
    for state in candidates:
        if field and options.deadline is not None and now() > options.deadline:
            break
        field.append(levenberg_marquardt(problem, state, short, watch))
        if field[-1].reason in OVER:
            break
    return sorted(field, key=_loss)


def _on(
    problem: LeastSquares, outcome: Outcome, options: Options, most: int, watch: Watch | None = None
) -> Outcome:
    """Train on from an outcome, up to so many iterations in all."""
    left = min(most, options.max_iterations) - (len(outcome.losses) - 1)
    if outcome.reason is not Stop.ITERATIONS or left <= 0:
        return outcome
    more = levenberg_marquardt(problem, outcome.at.state, _from(outcome, options, left), watch)
    effective = more.effective if more.effective == more.effective else outcome.effective
    return replace(more, losses=outcome.losses + more.losses[1:], effective=effective)


def _from(outcome: Outcome, options: Options, most: int) -> Options:
    return replace(options, max_iterations=most, damping=outcome.damping, first=outcome.smoothness)


def _sample(problem: LeastSquares) -> LeastSquares:
    """So many rows, evenly spread over the table, as suffice to tell a good start from a bad one."""
    number = max(SAMPLE, PER_COEFFICIENT * int(problem.plan.offsets[-1]))
    rows = np.linspace(0, len(problem.X) - 1, number).astype(int)
    weight = problem.weight[rows]
    if len(problem.X) <= 2 * number or not weight.sum() > 0:
        return problem
    emphasis = None if problem.emphasis is None else problem.emphasis[rows]
    part = {"X": problem.X[rows], "Y": problem.Y[rows], "emphasis": emphasis}
    return replace(problem, **part, weight=weight / weight.sum())
