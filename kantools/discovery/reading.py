"""Read a trained network: snap its curves and let the whole formula decide."""

from collections.abc import Sequence
from time import monotonic

import numpy as np

from kantools.activation import Activation, Activations, Edge
from kantools.symbolic.candidate import Candidate
from kantools.symbolic.choose import Chosen, choose
from kantools.symbolic.data import Data
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.snap import snap

__all__ = ["read"]

FINEST = 1e-9
CAUTION = 3.0  # a curve is worse than the network on average, at its ends above all


def read(
    activations: Activations,
    data: Data,
    primitives: Sequence[Primitive],
    *,
    error: float,
    deadline: float = np.inf,
) -> list[Chosen]:
    """Formulas for what a network has learned, the shortest description first.

    Parameters
    ----------
    activations : Activations
    data : Data
    primitives : sequence of Primitive
    error : float
        The network's relative error: no curve is known better than that.
    deadline : float
        When to give up; an unfinished reading is no reading.
    """
    candidates: dict[Edge, list[Candidate]] = {}
    for activation in activations.edges:
        if activation.fixed is None:
            if monotonic() > deadline:
                return []
            candidates[activation.edge] = snap(
                activation.x, activation.y, primitives, resolution=resolution(activation, error)
            )
    return choose(activations, candidates, data, deadline=deadline)


def resolution(activation: Activation, error: float) -> float:
    """How well a curve is known relative to its own spread: the less it matters, the less well."""
    return float(np.clip(CAUTION * error / np.sqrt(max(activation.importance, 1e-4)), FINEST, 0.3))
