"""Bring a network into order between gradient steps.

Grids follow the nodes that have left them or shrunk in them, and the coefficients in which the output is
linear are solved for, as the solver of second order does at every step.
"""

import math

import numpy as np

from kantools.training.follow import follow, regrid
from kantools.training.gradient import Objective, restore, snapshot
from kantools.training.least_squares import LeastSquares
from kantools.training.levenberg_marquardt import solve_with
from kantools.training.model import State, plan, state_of, write
from kantools.training.quadratic import roughness, smoothness_blocks

__all__ = ["problem_of", "put_in_order"]

MANY = 3000
"""With more linear coefficients than this they are left to the gradients."""


def problem_of(objective: Objective, block: int = 4096) -> LeastSquares:
    """The objective's rows and network, as they are now, as a least-squares problem."""
    arrays = (objective.x, objective.y, objective.weight, objective.scale)
    X, Y, weight, scale = (a.double().cpu().numpy() for a in arrays)
    network = objective.network
    knots = network.kan_layers()[0].knots.double().cpu().numpy()
    shared = objective.emphasis
    emphasis = None if shared is None else shared.double().cpu().numpy()
    return LeastSquares(plan(network), X, Y, weight, scale, knots, block, emphasis)


def put_in_order(objective: Objective) -> bool:
    """Settle the network, in place, unless that makes it worse; whether it has changed."""
    before, kept = float(objective().detach()), snapshot(objective.network)
    problem = problem_of(objective)
    state = _settled(problem, state_of(objective.network, problem.plan), objective.options.smoothness or 0.0)
    write(objective.network, problem.plan, state)
    after = float(objective().detach())
    if after < before or not math.isfinite(before):
        return True
    restore(objective.network, kept)
    return False


def _settled(problem: LeastSquares, state: State, smoothness: float) -> State:
    at = follow(problem, state)
    moved = regrid(problem, at)
    at = at if moved is None else follow(problem, moved)
    if not 0 < problem.plan.linear.sum() <= MANY:
        return at.state
    reach = tuple(np.ones(layer.nodes.subnodes) for layer in problem.plan.layers)
    smooth = smoothness_blocks(problem.plan, roughness(problem.plan, at.state), reach)
    return solve_with(problem, at, [smoothness * s for s in smooth]).state
