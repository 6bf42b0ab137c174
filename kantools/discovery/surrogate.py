"""A surrogate: whatever network predicts a view best, to take gradients of.

The symmetries of a law show in the gradient of any function that follows it closely. Physical laws are
mostly smooth in the logarithms of positive quantities, so networks of the columns themselves and of their
logarithms compete, for the target and for its logarithm.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from time import monotonic

import numpy as np
import torch

from kantools.discovery.link import LINKS, Link, links_for
from kantools.discovery.topology import general
from kantools.discovery.trial import SMOOTHNESS, Trial, run_trial
from kantools.discovery.view import View

__all__ = ["Surrogate", "train_surrogates"]

Array = np.ndarray
Way = tuple[Link, Array, Array]
"""A link, which columns are seen by their logarithm, and the columns as they are seen."""
CLOSE, ROUGH = 1e-3, 1e-2  # relative errors: good enough; so bad that noise may be the reason
TINY = 1e-12
OTHER_LINKS = ("square", "reciprocal")  # where neither the target nor its logarithm is easy
SMOOTHER = (1e-4, 1e-2)  # penalties against noise
IDENTITY = LINKS[0]
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
    smoothness : float
        The penalty it was trained with: the noisier the table, the larger the best one.
    link : Link
    """

    error: float
    value: Array
    gradient: Array
    smoothness: float
    link: Link = IDENTITY


def train_surrogates(view: View, split: tuple[Array, Array], seed: int, deadline: float) -> list[Surrogate]:
    """Surrogates in all coordinates that the view allows, the best first."""
    ways = [(link, *way) for link in _links(view.rows.y) for way in _coordinates(view.rows.X)]
    found: list[tuple[Surrogate, Way]] = []

    def attempt(way: Way, nodes: int, smoothness: float) -> bool:
        """Train one more network; whether it is close enough for all purposes."""
        if monotonic() > deadline:
            return True
        topology = general(view.inputs, nodes, way[0])
        rows = replace(view.rows, X=way[2])
        trial = run_trial(topology, rows, split, seed, deadline, smoothness=smoothness)
        if trial is not None:
            found.append((_surrogate(trial, view, way, smoothness), way))
        return trial is not None and trial.error < CLOSE

    def best() -> list[tuple[Surrogate, Way]]:
        return sorted(found, key=lambda f: f[0].error)

    if not any(attempt(way, FEW, SMOOTHNESS) for way in ways) and found:
        way = best()[0][1]
        if not attempt(way, view.inputs + MORE, SMOOTHNESS) and best()[0][0].error > ROUGH:
            for link in links_for(view.rows.y):
                if link.name in OTHER_LINKS and attempt((link, *way[1:]), view.inputs + MORE, SMOOTHNESS):
                    break
            way = best()[0][1]
            for nodes, smoothness in product((FEW, view.inputs + MORE), SMOOTHER):
                attempt(way, nodes, smoothness)
    return [surrogate for surrogate, _ in best()]


def _coordinates(X: Array) -> Iterator[tuple[Array, Array]]:
    """The columns as they are, and with the logarithm of every positive one."""
    positive: Array = np.all(X > 0, axis=0)
    if positive.any():
        yield positive, np.where(positive, np.log(np.where(positive, X, 1.0)), X)
    yield np.zeros(X.shape[1], dtype=bool), X


def _links(y: Array) -> list[Link]:
    """The logarithm first: it is the better one where there is one."""
    return [link for link in links_for(y) if link.name in {"identity", "log"}][::-1]


def _surrogate(trial: Trial, view: View, way: Way, smoothness: float) -> Surrogate:
    link, logs, X = way
    inputs = torch.tensor(X, requires_grad=True)
    eta = trial.network(inputs)
    (slope,) = torch.autograd.grad(eta.sum(), inputs)
    gradient = slope.numpy() / np.where(logs, view.rows.X, 1.0)
    value = eta.detach().numpy().ravel()
    if link.name == "log":
        return Surrogate(trial.error, np.ones(len(X)), gradient, smoothness, link)
    if link.name != "identity":
        value = link.back(value)
        rate = link.derivative(value)
        gradient = gradient / np.where(np.abs(rate) > TINY, rate, TINY)[:, None]
    return Surrogate(trial.error, value, gradient, smoothness, link)
