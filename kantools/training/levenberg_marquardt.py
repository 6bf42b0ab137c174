"""Levenberg-Marquardt with variable projection: the solver of choice for networks of this size.

The residuals are made linear around the present coefficients and the damped normal equations

``(J'J + Q + lambda diag(J'J + Q)) step = J'r - Q c``

are solved by Cholesky; ``Q`` are quadratic penalties. ``lambda`` falls after a good step and grows after a
bad one. The coefficients in which the output is linear, those of the last layer as a rule, are not damped,
and are solved for exactly at every trial point: the step is that of variable projection in Kaufman's form.
A trial that is not finite is a bad step.

Sources: D. Marquardt, J. SIAM 11 (1963) 431-441; G. Golub, V. Pereyra, SIAM J. Numer. Anal. 10 (1973)
413-432; L. Kaufman, BIT 15 (1975) 49-57; A. Ruhe, P.-Å. Wedin, SIAM Review 22 (1980) 318-337.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from kantools.clock import CALL, now, worked
from kantools.training.follow import follow, regrid
from kantools.training.history import Stop
from kantools.training.jacobian import forward
from kantools.training.least_squares import Evaluation, LeastSquares, evaluate
from kantools.training.model import State
from kantools.training.normal import Normal, linear_normal, normal
from kantools.training.quadratic import (
    Blocks,
    add_blocks,
    cost_of,
    roughness,
    smoothness_blocks,
    sparsity_blocks,
    times,
)
from kantools.training.smoothing import choose_smoothness

__all__ = ["Options", "Outcome", "levenberg_marquardt", "solve_with"]

RIDGE = 1e-12
"""Relative to the diagonal: what keeps directions apart that the data do not tell apart."""

SOLVE_CALLS, SOLVE_PASSES, SOLVED = 50, 5, 0.1
"""Array calls, passes over the matrix and operations for each number of a cube, to solve the equations:
measured by ``python -m benchmarks.effort --parts``, with the bookkeeping of a step around them."""

BEGUN_CALLS, ITERATION_CALLS = 800, 250
"""Array and tensor calls for each layer, before the first iteration and around each: measured likewise."""

BAD_STEPS = 12
"""So many bad steps in a row and there is no better point."""


@dataclass(frozen=True)
class Options:
    """When to stop, what to penalise.

    Attributes
    ----------
    smoothness : float or None
        Weight of the smoothness penalty; None lets cross-validation choose it.
    sparsity : float
        Weight of the sparsity penalty.
    max_iterations : int
    tolerance : float
        Stop when five iterations lower the loss by less than this share.
    target : float
        Stop at this loss.
    deadline : float or None
        On the clock that counts (:mod:`kantools.clock`): no iteration begins after it.
    damping : float
        The first lambda.
    first : float
        The first weight of the smoothness penalty if it is to be chosen.
    """

    smoothness: float | None = 1e-8
    sparsity: float = 0.0
    max_iterations: int = 100
    tolerance: float = 1e-3
    target: float = 1e-26
    deadline: float | None = None
    damping: float = 1e-2
    first: float = 1e-6


@dataclass(frozen=True)
class Outcome:
    """Where the solver came to rest."""

    at: Evaluation
    losses: tuple[float, ...]
    reason: Stop
    smoothness: float
    effective: float
    damping: float


class _Penalty:
    """The penalties around the present point: how much they weigh is a matter of the iteration."""

    def __init__(self, problem: LeastSquares, state: State, options: Options) -> None:
        self.problem, self.options = problem, options
        self.rough = roughness(problem.plan, state)
        self.weight = options.first if options.smoothness is None else options.smoothness
        self.effective = float("nan")
        self.blocks: Blocks = [0 * r for r in self.rough]

    def update(self, at: Evaluation, normal: Normal, choose: bool) -> None:
        smooth = smoothness_blocks(self.problem.plan, self.rough, normal.reach)
        if choose and self.options.smoothness is None and self.problem.plan.offsets[-1]:
            self._choose(at, normal, smooth)
        self.blocks = [self.weight * s for s in smooth]
        if self.options.sparsity > 0:
            sparse = sparsity_blocks(self.problem, at, normal.reach, self.options.sparsity)
            self.blocks = [b + s for b, s in zip(self.blocks, sparse, strict=True)]

    def _choose(self, at: Evaluation, normal: Normal, smooth: Blocks) -> None:
        penalty = np.zeros_like(normal.matrix)
        add_blocks(penalty, smooth)
        weight = self.problem.weight
        rows = round(1 / float(weight @ weight)) * self.problem.plan.outputs
        pull = times(smooth, at.state)
        matrix, vector, floor = normal.matrix, normal.vector, 1e-15 * self.problem.plan.outputs
        choice = choose_smoothness(matrix, vector, at.loss, penalty, rows, pull=pull, floor=floor)
        self.weight, self.effective = choice.smoothness, choice.effective

    def cost(self, at: Evaluation) -> float:
        return at.loss + cost_of(self.blocks, at.state)


def solve(matrix: np.ndarray, vector: np.ndarray, damping: np.ndarray | float) -> np.ndarray | None:
    """``(M + damping diag M)^-1 v`` by Cholesky with a unit diagonal; None if it is not finite."""
    worked(SOLVE_CALLS * CALL + SOLVED * len(matrix) ** 3 + SOLVE_PASSES * matrix.size)
    diagonal = np.diag(matrix)
    scale = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
    scaled = matrix * scale
    scaled *= scale[:, None]
    for ridge in (RIDGE, 1e3 * RIDGE, 1e6 * RIDGE):
        scaled[np.diag_indices_from(scaled)] = 1.0 + ridge + damping
        try:
            factor = cho_factor(scaled, lower=True, check_finite=False)
        except LinAlgError:
            continue
        found = scale * cho_solve(factor, scale * vector, check_finite=False)
        return found if np.isfinite(found).all() else None
    return None


def solve_linear(problem: LeastSquares, at: Evaluation, penalty: _Penalty) -> Evaluation:
    """Solve for the linear coefficients exactly, all others given."""
    return solve_with(problem, at, penalty.blocks)


def solve_with(problem: LeastSquares, at: Evaluation, blocks: Blocks) -> Evaluation:
    """The same with the penalties as quadratic forms."""
    linear = problem.plan.linear
    if not linear.any() or not np.isfinite(at.loss):
        return at
    matrix, vector = linear_normal(problem, at)
    full = _linear_blocks(problem, blocks)
    add_blocks(matrix, full)
    step = solve(matrix, vector - times(blocks, at.state)[linear], 0.0)
    if step is None:
        return at
    flat = at.state.flat
    flat[linear] += step
    return _again(problem, at, at.state.with_flat(flat))


def _linear_blocks(problem: LeastSquares, blocks: Blocks) -> Blocks:
    return [b[chosen] for b, chosen in zip(blocks, problem.plan.linear_edges, strict=True)]


def _again(problem: LeastSquares, at: Evaluation, state: State) -> Evaluation:
    """Evaluate where only linear coefficients have changed: all features are known."""
    if at.traces is None:
        return evaluate(problem, state)
    features = {k: t.features for k, t in enumerate(at.traces)}
    traces = forward(problem.plan, state, problem.X, features)
    residuals = (problem.Y - traces[-1].nodes) * problem.root
    return Evaluation(state, residuals, float(np.einsum("no,no->", residuals, residuals)), traces)


def levenberg_marquardt(
    problem: LeastSquares,
    state: State,
    options: Options,
    watch: Callable[[State, float], Stop | None] | None = None,
) -> Outcome:
    """Minimise the loss plus penalties from this state on.

    Parameters
    ----------
    problem : LeastSquares
    state : State
        Where to begin.
    options : Options
    watch : callable, optional
        ``watch(state, loss)`` after every iteration; what it returns, if anything, is why to stop.
    """
    worked(BEGUN_CALLS * len(problem.plan.layers) * CALL)
    penalty = _Penalty(problem, state, options)
    at = follow(problem, _sane(problem, state))
    if problem.plan.linear.any():
        penalty.update(at, normal(problem, at), False)
        at = solve_linear(problem, at, penalty)
    losses, damping, reason = [at.loss], options.damping, Stop.ITERATIONS
    for iteration in range(options.max_iterations):
        worked(ITERATION_CALLS * len(problem.plan.layers) * CALL)
        equations = normal(problem, at)
        linear = bool(problem.plan.linear.all())
        penalty.update(at, equations, linear or _time_to_choose(iteration))
        if linear:
            at, reason = _polish(problem, at, penalty), Stop.SOLVED
            losses.append(at.loss)
            break
        better, damping = _step(problem, at, equations, penalty, damping, options)
        if better is None:
            reason = Stop.STALLED
            break
        at = _tidy(problem, better, penalty)
        losses.append(at.loss)
        watched = watch(at.state, at.loss) if watch else None
        stop = _finished(losses, options) or watched
        if stop:
            reason = stop
            break
    return Outcome(at, tuple(losses), reason, penalty.weight, penalty.effective, damping)


def _sane(problem: LeastSquares, state: State) -> State:
    """Linear coefficients that fit worse than a constant are in the way of rounding: begin from zero."""
    loss = evaluate(problem, state).loss
    if loss <= 1:
        return state
    return state.with_flat(np.where(problem.plan.linear, 0.0, state.flat))


def _time_to_choose(iteration: int) -> bool:
    """Not at once: what a network has not learned yet would be taken for noise and smoothed away."""
    return iteration % 4 == 3


def _polish(problem: LeastSquares, at: Evaluation, penalty: _Penalty) -> Evaluation:
    """Solve a linear problem again from its solution: what rounding has left is removed."""
    for _ in range(3):
        again = solve_linear(problem, at, penalty)
        if not penalty.cost(again) < penalty.cost(at) * (1 - 1e-9):
            break
        at = again
    return at


def _step(
    problem: LeastSquares,
    at: Evaluation,
    equations: Normal,
    penalty: _Penalty,
    damping: float,
    options: Options,
) -> tuple[Evaluation | None, float]:
    """The next point and damping; None if no step helps."""
    matrix = equations.matrix
    add_blocks(matrix, penalty.blocks)
    vector = equations.vector - times(penalty.blocks, at.state)
    cost, nonlinear = penalty.cost(at), ~problem.plan.linear
    for _ in range(BAD_STEPS):
        step = solve(matrix, vector, damping * nonlinear)
        if step is not None:
            trial = follow(problem, at.state.with_flat(at.state.flat + step))
            trial = solve_linear(problem, trial, penalty)
            gain = cost - penalty.cost(trial)
            if np.isfinite(gain) and gain > 0:
                expected = float(2 * step @ vector - step @ (matrix @ step))
                return trial, _relax(damping, gain / max(expected, 1e-300))
        damping *= 6.0
        if options.deadline is not None and now() > options.deadline:
            break
    return None, damping


def _relax(damping: float, ratio: float) -> float:
    """Less damping where the linear model foretold the gain, more where it did not."""
    if ratio > 0.7:
        return max(damping / 5, 1e-12)
    return damping * 2 if ratio < 0.2 else damping


def _tidy(problem: LeastSquares, at: Evaluation, penalty: _Penalty) -> Evaluation:
    """Bring deep grids back to their nodes."""
    state = regrid(problem, at)
    if state is None:
        return at
    moved = follow(problem, state)
    penalty.rough = roughness(problem.plan, state)
    return solve_linear(problem, moved, penalty) if np.isfinite(moved.loss) else at


def _finished(losses: list[float], options: Options) -> Stop | None:
    if losses[-1] <= options.target:
        return Stop.TARGET
    if options.deadline is not None and now() > options.deadline:
        return Stop.DEADLINE
    if len(losses) > 6 and losses[-1] > losses[-6] * (1 - options.tolerance):
        return Stop.CONVERGED
    return None
