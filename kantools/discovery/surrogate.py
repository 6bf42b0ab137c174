"""A surrogate: whatever network predicts a view best, to take gradients of.

The symmetries of a law show in the gradient of any function that follows it closely. Physical laws are
mostly smooth in the logarithms of positive quantities, so networks of the columns themselves and of their
logarithms compete, for the target and for its logarithm.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import torch

from kantools.discovery.link import Link, links_for
from kantools.discovery.topology import general
from kantools.discovery.trial import Trial, run_trial
from kantools.discovery.view import View

__all__ = ["Surrogate", "train_surrogates"]

Array = np.ndarray
CLOSE = 1e-3  # relative error at which a surrogate is good enough
FEW, MORE = 3, 3  # hidden nodes: so many, and so many beyond the number of inputs


@dataclass(frozen=True)
class Surrogate:
    """A network of a view, its values and its gradient at the view's rows.

    Attributes
    ----------
    error : float
        On rows held out, relative to the table's target.
    value : ndarray, shape (rows,)
        Of the view's target, or 1 where the network is one of the target's logarithm.
    gradient : ndarray, shape (rows, inputs)
        With respect to the view's columns; divided by the target where the network is one of its logarithm.
    """

    error: float
    value: Array
    gradient: Array


def train_surrogates(view: View, split: tuple[Array, Array], seed: int, deadline: float) -> list[Surrogate]:
    """Surrogates in all coordinates that the view allows, the best first."""
    found: list[Surrogate] = []
    for nodes, link, (logs, X) in product(
        (FEW, view.inputs + MORE), _links(view.rows.y), _coordinates(view.rows.X)
    ):
        rows = replace(view.rows, X=X)
        trial = run_trial(general(view.inputs, nodes, link), rows, split, seed, deadline)
        if trial is not None:
            found.append(_surrogate(trial, view, X, logs))
            if trial.error < CLOSE:
                break
    return sorted(found, key=lambda s: s.error)


def _coordinates(X: Array) -> Iterator[tuple[Array, Array]]:
    """The columns as they are, and with the logarithm of every positive one."""
    positive = (X > 0).all(axis=0)
    if positive.any():
        yield positive, np.where(positive, np.log(np.where(positive, X, 1.0)), X)
    yield np.zeros(X.shape[1], dtype=bool), X


def _links(y: Array) -> list[Link]:
    """The logarithm first: it is the better one where there is one."""
    return [link for link in links_for(y) if link.name in {"identity", "log"}][::-1]


def _surrogate(trial: Trial, view: View, X: Array, logs: Array) -> Surrogate:
    inputs = torch.tensor(X, requires_grad=True)
    eta = trial.network(inputs)
    (slope,) = torch.autograd.grad(eta.sum(), inputs)
    gradient = slope.numpy() / np.where(logs, view.rows.X, 1.0)
    value = eta.detach().numpy().ravel() if trial.topology.link.name == "identity" else np.ones(len(X))
    return Surrogate(trial.error, value, gradient)
