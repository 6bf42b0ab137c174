"""A surrogate: whatever predicts a view best, to take gradients of.

The symmetries of a law show in the gradient of any function that follows it closely. Physical laws are
mostly smooth in the logarithms of positive quantities, so polynomials and networks of the columns themselves
and of their logarithms compete, for the target and for its logarithm.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import torch

from kantools.clock import now
from kantools.discovery.networks.topology import general
from kantools.discovery.networks.trial import SMOOTHNESS, Trial, run_trial
from kantools.discovery.surrogates.polynomial import Polynomial, polynomials
from kantools.discovery.views.link import LINKS, Link, links_for
from kantools.discovery.views.rows import Split
from kantools.discovery.views.view import View

__all__ = ["IDENTITY", "Surrogate", "best_degree", "coordinates", "train_surrogates"]

Array = np.ndarray
Way = tuple[Link, Array, Array]
"""A link, which columns are seen by their logarithm, and the columns as they are seen."""
EXACT, CLOSE = 1e-4, 1e-3  # relative errors of a polynomial, of a network, that are good enough
ROUGH = 1e-2  # so bad that noise may be the reason
TINY = 1e-12
PLAIN_LINKS = ("identity", "log")
OTHER_LINKS = (
    "square",
    "reciprocal",
    "reciprocal_square",
)  # where neither the target nor its logarithm is easy
SMOOTHER = (1e-4, 1e-2)  # penalties of networks against noise, and against much of it
MUCH = 0.03  # error of a table with much noise
NO_BETTER = 0.9  # times the error of a polynomial …
NOISE = 3e-3  # … that is larger than this
MOST_WAYS = 2  # in which networks are trained first, those of the best polynomials
IDENTITY = LINKS[0]
FEW, MORE = 3, 3  # hidden nodes: so many, and so many beyond the number of inputs


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


def train_surrogates(
    view: View, split: Split, seed: int, deadline: float, *, noisy: bool = False
) -> list[Surrogate]:
    """Surrogates in all coordinates that the view allows, the best first.

    Polynomials come first. Networks follow, which are far better where there is no noise; where they are no
    better, noise is what both leave. Of a table that is known to be noisy there are polynomials only.
    """
    plain = _polynomials(view, split)
    if noisy or (plain and plain[0][0].error < EXACT):
        return [surrogate for surrogate, _ in plain]
    contest = Contest(view, split, seed, deadline)
    ways = [way for _, way in plain[:MOST_WAYS]]
    if any(contest.attempt(way, FEW) for way in ways) or not contest.found:
        return contest.ranked(plain)
    way = contest.best[1]
    if contest.attempt(way, view.inputs + MORE):
        return contest.ranked(plain)
    if _noise(contest.best[0].error, plain[0][0].error):
        return [replace(s, smoothness=_smoothness(s.error)) for s in contest.ranked(plain)]
    if contest.best[0].error > ROUGH:
        contest.go_on(way)
    return contest.ranked(plain)


def _polynomials(view: View, split: Split) -> list[tuple[Surrogate, Way]]:
    """In all coordinates, under further links where identity and logarithm are not enough."""
    found: list[tuple[Surrogate, Way]] = []
    for links in (PLAIN_LINKS, OTHER_LINKS):
        chosen = [link for link in links_for(view.rows.y) if link.name in links]
        for way in ((link, *way) for link in chosen for way in coordinates(view.rows.X)):
            found.append((_polynomial(way, view, split), way))
        if min((f[0].error for f in found), default=np.inf) < ROUGH:
            break
    return sorted((f for f in found if f[0].error < np.inf), key=lambda f: f[0].error)


def _noise(networks: float, polynomials: float) -> bool:
    """Whether networks are no better than polynomials, though these are not exact."""
    return networks > NO_BETTER * polynomials > NO_BETTER * NOISE


@dataclass
class Contest:
    """Networks of one view that compete."""

    view: View
    split: Split
    seed: int
    deadline: float
    found: list[tuple[Surrogate, Way]] = field(default_factory=list)

    @property
    def best(self) -> tuple[Surrogate, Way]:
        return min(self.found, key=lambda f: f[0].error)

    def attempt(self, way: Way, nodes: int, smoothness: float = SMOOTHNESS) -> bool:
        """Train one more network; whether no further one is needed."""
        if now() > self.deadline:
            return True
        topology, rows = general(self.view.inputs, nodes, way[0]), replace(self.view.rows, X=way[2])
        trial = run_trial(topology, rows, self.split, self.seed, self.deadline, smoothness=smoothness)
        if trial is not None:
            self.found.append((_network(trial, self.view, way, smoothness), way))
        return trial is not None and trial.error < CLOSE

    def go_on(self, way: Way) -> None:
        """Other links, then smoother curves: the law is hard to learn, or there is some noise after all."""
        many = self.view.inputs + MORE
        for link in links_for(self.view.rows.y):
            if link.name in OTHER_LINKS and self.attempt((link, *way[1:]), many):
                return
        for nodes, smoothness in product((FEW, many), SMOOTHER):
            self.attempt(self.best[1], nodes, smoothness)

    def ranked(self, plain: list[tuple[Surrogate, Way]]) -> list[Surrogate]:
        return sorted((s for s, _ in (*plain, *self.found)), key=lambda s: s.error)


def _polynomial(way: Way, view: View, split: Split) -> Surrogate:
    """The polynomial of the degree that predicts held-out rows best, with its gradient."""
    link, _, X = way
    best, error = best_degree(way, view, split)
    if best is None:
        return Surrogate(np.inf, np.ones(len(X)), np.zeros(X.shape), SMOOTHNESS, link)
    return _surrogate(error, best.value(X), best.gradient(X), view, way, SMOOTHNESS)


def best_degree(way: Way, view: View, split: Split) -> tuple[Polynomial | None, float]:
    """That polynomial, and its error."""
    link, _, X = way
    eta, weight = link.apply(view.rows.y), view.rows.weight * link.weight(view.rows.y)
    fit, held = split
    best, error = None, np.inf
    for polynomial in polynomials(X[fit], eta[fit], weight[fit]):
        residual = view.rows.y[held] - link.back(polynomial.value(X[held]))
        here = float(np.sqrt(np.average(residual**2, weights=view.rows.weight[held]) / view.rows.variance))
        if here < error:
            best, error = polynomial, here
    return best, error


def _smoothness(error: float) -> float:
    """What networks of a table with so much noise are best trained with, roughly."""
    return SMOOTHER[int(error > MUCH)]


def coordinates(X: Array) -> Iterator[tuple[Array, Array]]:
    """The columns as they are, and with the logarithm of every positive one."""
    positive: Array = np.all(X > 0, axis=0)
    if positive.any():
        yield positive, np.where(positive, np.log(np.where(positive, X, 1.0)), X)
    yield np.zeros(X.shape[1], dtype=bool), X


def _network(trial: Trial, view: View, way: Way, smoothness: float) -> Surrogate:
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
