"""Read a trained network: prune it, snap its curves, and put them together to formulas."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr

from kantools.activation import Activations, Edge
from kantools.clock import now
from kantools.discovery.networks.trial import Trial, sparsify, with_link
from kantools.discovery.views.upright import upright
from kantools.discovery.views.view import View
from kantools.network import KAN
from kantools.network.alive import activations_of
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.resolution import CAUTION, resolution
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.whole.choose import Chosen, choose

__all__ = ["Read", "least_error", "read", "read_network"]

KEEP = 8  # curves an edge may be read as


@dataclass(frozen=True)
class Read:
    """Formulas of a network, the shortest description first, what is left of it, and its curves."""

    chosen: list[Chosen]
    network: KAN
    activations: Activations


def read_network(
    trial: Trial,
    view: View,
    data: Data,
    primitives: Sequence[Primitive],
    *,
    keep: int = KEEP,
    caution: float = CAUTION,
    longest: float = np.inf,
    deadline: float = np.inf,
) -> Read:
    """Prune a network of a view and read what is left of it.

    Parameters
    ----------
    trial : Trial
    view : View
    data : Data
        All rows of the table.
    primitives : sequence of Primitive
    keep : int
        How many candidates each edge gets.
    caution : float
        How many times worse a curve may be known than the network predicts.
    longest, deadline : float
        How long the reading may take, and when it must end, on the clock that counts; an unfinished reading
        is no reading.
    """
    trial = sparsify(trial, view.seen, deadline)
    network = with_link(trial)
    activations = view.unseen(activations_of(network, view.seen.X, view.names))
    sources, activations = upright(view, activations)
    chosen = read(
        activations,
        data,
        primitives,
        error=trial.error,
        sources=sources,
        lift=view.lift,
        keep=keep,
        caution=caution,
        deadline=min(deadline, now() + longest),
    )
    return Read(chosen, network, activations)


def least_error(chosen: Sequence[Chosen], data: Data) -> float:
    """Relative root mean square error of the best draft."""
    losses = [c.draft.loss for c in chosen if np.isfinite(c.draft.loss)]
    return float(np.sqrt(min(losses) / data.variance)) if losses else float("inf")


def read(
    activations: Activations,
    data: Data,
    primitives: Sequence[Primitive],
    *,
    error: float,
    sources: Sequence[Expr],
    lift: Callable[[Expr], Expr],
    keep: int = KEEP,
    caution: float = CAUTION,
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
    sources, lift
        What the network's inputs and its output are in terms of the table.
    keep : int
        How many candidates each edge gets.
    deadline : float
        On the clock that counts (:mod:`kantools.clock`): the reading is given up after it, and an unfinished
        one is none.
    """
    candidates: dict[Edge, list[Candidate]] = {}
    for activation in activations.edges:
        if activation.fixed is None:
            if now() > deadline:
                return []
            candidates[activation.edge] = snap(
                activation.x,
                activation.y,
                primitives,
                resolution=resolution(activation, error, caution),
                keep=keep,
            )
    return choose(activations, candidates, data, sources=sources, lift=lift, deadline=deadline)
