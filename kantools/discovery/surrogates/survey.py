"""A survey: the best surrogates of a view, and what they tell of its noise.

Physical laws are mostly smooth in the logarithms of positive quantities, so polynomials and networks of the
columns themselves and of their logarithms compete, for the target and for its logarithm.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from kantools.clock import now
from kantools.discovery.networks.topology import general
from kantools.discovery.networks.trial import SMOOTHNESS, run_trial
from kantools.discovery.surrogates.order import has_order
from kantools.discovery.surrogates.parts import sums_of_parts
from kantools.discovery.surrogates.surrogate import (
    Surrogate,
    Way,
    best_degree,
    coordinates,
    network_surrogate,
    polynomial_surrogate,
)
from kantools.discovery.threshold import judgement, size
from kantools.discovery.views.link import links_for
from kantools.discovery.views.rows import Split
from kantools.discovery.views.view import View

__all__ = ["SURVEY", "Survey", "train_surrogates"]

PLAIN_LINKS = ("identity", "log")
#: Where neither the target nor its logarithm is easy.
OTHER_LINKS = ("square", "reciprocal", "reciprocal_square")
#: Columns: two of them are a part or two, and a polynomial of both has all the degrees it needs.
FEWEST_IN_PARTS = 3
Found = tuple[Surrogate, Way]


@dataclass(frozen=True)
class Survey:
    """When a surrogate is good enough, and when what it leaves is noise; errors are on held-out rows."""

    exact: float = judgement(1e-4, "error of a polynomial that needs no network beside it; a guess")
    close: float = judgement(1e-3, "error of a network that needs no further one; a guess")
    rough: float = judgement(1e-2, "error so large that noise, or another link, may be the reason; a guess")
    no_better: float = judgement(
        0.9, "times a polynomial's error: the networks follow no more than it; a guess"
    )
    noise: float = judgement(3e-3, "error of a polynomial below which it is not noise that is left; a guess")
    parts_help: float = judgement(
        0.5, "times a polynomial's error: parts must help, for they are chosen among many; a guess"
    )
    much: float = judgement(
        0.03, "error of a table with much noise, whose networks are kept smoother; a guess"
    )
    smoother: tuple[float, float] = judgement(
        (1e-4, 1e-2), "penalties against noise, and against much; a guess"
    )
    most_ways: int = size(2, "coordinates in which networks are trained first, those of the best polynomials")
    few: int = size(3, "hidden nodes of the first networks")
    more: int = size(3, "hidden nodes of further ones, beyond the number of inputs")

    def is_noise(self, networks: float, polynomials: float) -> bool:
        """Whether networks are no better than polynomials, though these are not exact."""
        return networks > self.no_better * polynomials > self.no_better * self.noise

    def smoothness(self, error: float) -> float:
        """What networks of a table with so much noise are best trained with, roughly."""
        return self.smoother[int(error > self.much)]


SURVEY = Survey()


def train_surrogates(
    view: View, split: Split, seed: int, deadline: float, *, noisy: bool = False, survey: Survey = SURVEY
) -> list[Surrogate]:
    """Surrogates in all coordinates that the view allows, the best first.

    Polynomials come first, those of parts where no other follows the view. Networks follow, which are far
    better where there is no noise; where they are no better, noise is what both leave. Of a table that is
    known to be noisy, or that falls into parts, there are polynomials only.
    """
    plain = _polynomials(view, split, survey.rough)
    parted = _of_parts(view, split, survey, plain)
    if noisy or parted or (plain and plain[0][0].error < survey.exact):
        return [surrogate for surrogate, _ in (*parted, *plain)]
    contest = Contest(view, split, seed, deadline, survey)
    ways = [way for _, way in plain[: survey.most_ways]]
    if any(contest.attempt(way, survey.few) for way in ways) or not contest.found:
        return contest.ranked(plain)
    way = contest.best[1]
    if contest.attempt(way, view.inputs + survey.more):
        return contest.ranked(plain)
    if survey.is_noise(contest.best[0].error, plain[0][0].error):
        return [replace(s, smoothness=survey.smoothness(s.error)) for s in contest.ranked(plain)]
    if contest.best[0].error > survey.rough:
        contest.go_on(way)
    return contest.ranked(plain)


def _polynomials(view: View, split: Split, rough: float) -> list[Found]:
    """In all coordinates, under further links where identity and logarithm are not enough."""
    found: list[Found] = []
    for links in (PLAIN_LINKS, OTHER_LINKS):
        found += [(polynomial_surrogate(way, view, split), way) for way in _ways(view, links)]
        if min((f[0].error for f in found), default=np.inf) < rough:
            break
    return _ranked(found)


def _of_parts(view: View, split: Split, survey: Survey, plain: list[Found]) -> list[Found]:
    """Sums of parts, where no polynomial of all columns follows the view, and these do far better."""
    least = min((f[0].error for f in plain), default=np.inf)
    if view.inputs < FEWEST_IN_PARTS or least < survey.rough:
        return []
    ways = _ways(view, PLAIN_LINKS + OTHER_LINKS)
    found = [(polynomial_surrogate(way, view, split, sums_of_parts), way) for way in ways]
    told = [f for f in _ranked(found) if f[0].error < survey.parts_help * least]
    if told and told[0][0].error > survey.noise and not _order_is_left(told[0][1], view, split):
        return [(replace(s, smoothness=survey.smoothness(s.error)), way) for s, way in told]
    return told


def _order_is_left(way: Way, view: View, split: Split) -> bool:
    """Whether what the polynomials of parts leave has an order along any part; noise has none."""
    link, _, X = way
    polynomial, _ = best_degree(way, view, split, sums_of_parts)
    assert polynomial is not None
    residual = view.rows.y - link.back(polynomial.value(X))
    return any(has_order(residual, X[:, list(part)]) for part in polynomial.parts)


def _ways(view: View, names: tuple[str, ...]) -> Iterator[Way]:
    """Coordinates of the view under the links that have one of these names."""
    chosen = [link for link in links_for(view.rows.y) if link.name in names]
    return ((link, *way) for link in chosen for way in coordinates(view.rows.X))


def _ranked(found: list[Found]) -> list[Found]:
    return sorted((f for f in found if f[0].error < np.inf), key=lambda f: f[0].error)


@dataclass
class Contest:
    """Networks of one view that compete."""

    view: View
    split: Split
    seed: int
    deadline: float
    survey: Survey
    found: list[Found] = field(default_factory=list)

    @property
    def best(self) -> Found:
        return min(self.found, key=lambda f: f[0].error)

    def attempt(self, way: Way, nodes: int, smoothness: float = SMOOTHNESS) -> bool:
        """Train one more network; whether no further one is needed."""
        if now() > self.deadline:
            return True
        topology, rows = general(self.view.inputs, nodes, way[0]), replace(self.view.rows, X=way[2])
        trial = run_trial(topology, rows, self.split, self.seed, self.deadline, smoothness=smoothness)
        if trial is not None:
            self.found.append((network_surrogate(trial, self.view, way, smoothness), way))
        return trial is not None and trial.error < self.survey.close

    def go_on(self, way: Way) -> None:
        """Other links, then smoother curves: the law is hard to learn, or there is some noise after all."""
        many = self.view.inputs + self.survey.more
        for link in links_for(self.view.rows.y):
            if link.name in OTHER_LINKS and self.attempt((link, *way[1:]), many):
                return
        for nodes, smoothness in product((self.survey.few, many), self.survey.smoother):
            self.attempt(self.best[1], nodes, smoothness)

    def ranked(self, plain: list[Found]) -> list[Surrogate]:
        return sorted((s for s, _ in (*plain, *self.found)), key=lambda s: s.error)
