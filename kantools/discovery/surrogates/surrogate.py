"""A surrogate: whatever predicts a view best, to take gradients of.

The symmetries of a law show in the gradient of any function that follows it closely. Physical laws are
mostly smooth in the logarithms of positive quantities, so polynomials and networks of the columns themselves
and of their logarithms compete, for the target and for its logarithm.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch

from kantools.discovery.networks.trial import SMOOTHNESS, Trial
from kantools.discovery.surrogates.polynomial import Polynomial, polynomials
from kantools.discovery.views.link import LINKS, Link
from kantools.discovery.views.rows import Split
from kantools.discovery.views.view import View

__all__ = [
    "IDENTITY",
    "Surrogate",
    "Way",
    "best_degree",
    "coordinates",
    "network_surrogate",
    "polynomial_surrogate",
]

Array = np.ndarray
Way = tuple[Link, Array, Array]
"""A link, which columns are seen by their logarithm, and the columns as they are seen."""
Kind = Callable[[Array, Array, Array], Iterator[Polynomial]]
"""Polynomials of rising degree of columns, target and weights."""
TINY = 1e-12
IDENTITY = LINKS[0]


@dataclass(frozen=True)
class Surrogate:
    """A polynomial or network of a view, its values and its gradient at the view's rows.

    Attributes
    ----------
    error : float
        On rows held out, relative to the table's target.
    value : ndarray, shape (rows,)
        Of the view's target, or 1 where it is one of the target's logarithm.
    gradient : ndarray, shape (rows, inputs)
        With respect to the view's columns; divided by the target where it is one of its logarithm.
    smoothness : float
        The penalty that networks of the table are best trained with: the noisier, the larger.
    link : Link
    """

    error: float
    value: Array
    gradient: Array
    smoothness: float
    link: Link = IDENTITY


def polynomial_surrogate(way: Way, view: View, split: Split, kind: Kind = polynomials) -> Surrogate:
    """The polynomial of the degree that predicts held-out rows best, with its gradient."""
    link, _, X = way
    best, error = best_degree(way, view, split, kind)
    if best is None:
        return Surrogate(np.inf, np.ones(len(X)), np.zeros(X.shape), SMOOTHNESS, link)
    return _surrogate(error, best.value(X), best.gradient(X), view, way, SMOOTHNESS)


def best_degree(
    way: Way, view: View, split: Split, kind: Kind = polynomials
) -> tuple[Polynomial | None, float]:
    """That polynomial, and its error."""
    link, _, X = way
    eta, weight = link.apply(view.rows.y), view.rows.weight * link.weight(view.rows.y)
    fit, held = split
    best, error = None, np.inf
    for polynomial in kind(X[fit], eta[fit], weight[fit]):
        residual = view.rows.y[held] - link.back(polynomial.value(X[held]))
        here = float(np.sqrt(np.average(residual**2, weights=view.rows.weight[held]) / view.rows.variance))
        if here < error:
            best, error = polynomial, here
    return best, error


def coordinates(X: Array) -> Iterator[tuple[Array, Array]]:
    """The columns as they are, and with the logarithm of every positive one."""
    positive: Array = np.all(X > 0, axis=0)
    if positive.any():
        yield positive, np.where(positive, np.log(np.where(positive, X, 1.0)), X)
    yield np.zeros(X.shape[1], dtype=bool), X


def network_surrogate(trial: Trial, view: View, way: Way, smoothness: float) -> Surrogate:
    inputs = torch.tensor(way[2], requires_grad=True)
    eta = trial.network(inputs)
    (slope,) = torch.autograd.grad(eta.sum(), inputs)
    return _surrogate(trial.error, eta.detach().numpy().ravel(), slope.numpy(), view, way, smoothness)


def _surrogate(error: float, eta: Array, slope: Array, view: View, way: Way, smoothness: float) -> Surrogate:
    """From the link's space and the coordinates that columns are seen in to the view's."""
    link, logs, _ = way
    gradient = slope / np.where(logs, view.rows.X, 1.0)
    if link.name == "log":
        return Surrogate(error, np.ones(len(eta)), gradient, smoothness, link)
    if link.name != "identity":
        eta = link.back(eta)
        rate = link.derivative(eta)
        gradient = gradient / np.where(np.abs(rate) > TINY, rate, TINY)[:, None]
    return Surrogate(error, eta, gradient, smoothness, link)
