"""Read a trained network, or a table that is a curve already, and keep what the whole data prefer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

import numpy as np
from sympy import Expr

from kantools.activation import Activation, Activations, Edge
from kantools.discovery.averages import averaged
from kantools.discovery.link import Link, links_for
from kantools.discovery.result import Origin, Snapped
from kantools.discovery.state import Search
from kantools.discovery.trial import Rows, Trial, activations_of, sparsify, with_link
from kantools.discovery.upright import smoother_turned, upright
from kantools.discovery.view import View
from kantools.network import KAN
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.whole.choose import Chosen, choose
from kantools.symbolic.whole.draft import Draft

__all__ = ["Reading", "keep_read", "read", "read_curve", "read_trial", "reading_of"]

FINEST = 1e-9
CAUTION = 3.0  # a curve is worse than the network on average, at its ends above all
KEEP, KEEP_IN_NOISE = 8, 12  # curves an edge may be read as
MOST_POLISHED, MOST_POLISHED_IN_NOISE = 3, 8  # formulas of one topology that are worked out to the end
FRONT_DRAFTS = 10
MOST_TRIED = 16
LONGEST_READING = 10.0  # seconds
POINTS = 300  # of a table that is a curve
FAILED = 30.0  # times the network's error that a formula may have which reads the network


@dataclass(frozen=True)
class Reading:
    """What a network was read as.

    Attributes
    ----------
    giver : str
        The hypothesis.
    chosen : list of Chosen
        The shortest description first.
    network, activations
        What is left of the network, and its curves.
    failed : bool
        Whether all are far worse than the network, without noise: its curves are not what they were read as.
    """

    giver: str
    chosen: list[Chosen]
    network: KAN
    activations: Activations
    failed: bool


def read_trial(search: Search, view: View, trial: Trial) -> None:
    """Prune the network, snap its curves, keep the formulas that the whole data prefer."""
    keep_read(search, reading_of(search, view, trial))


def reading_of(search: Search, view: View, trial: Trial) -> Reading:
    """Prune a network and snap its curves; nothing is worked out to the end yet."""
    search.readings += 1
    search.tell("reading " + trial.topology.name)
    noisy = search.noisy
    name = f"{view}: {trial.topology.name}"
    chosen, network, activations = search.once(
        "reading",
        *(str(view), trial.topology.name, trial.error, noisy),
        work=lambda: _reading(search, view, trial, noisy=noisy),
    )
    search.verdict(name, "read")
    failed = not noisy and _error(search, chosen) > FAILED * trial.error
    return Reading(name, chosen, network, activations, failed)


def keep_read(search: Search, reading: Reading) -> None:
    """Work out what was read, as far as it is worth it."""
    _keep_best(search, reading.chosen, reading.giver, reading)


def _reading(
    search: Search, view: View, trial: Trial, *, noisy: bool
) -> tuple[list[Chosen], KAN, Activations]:
    """Formulas of a network, the shortest description first, what is left of it, and its curves."""
    trial = sparsify(trial, view.seen, search.deadline)
    network = with_link(trial)
    activations = view.unseen(activations_of(network, view.seen, view.names))
    sources, activations = upright(view, activations)
    chosen = read(
        activations,
        search.data,
        search.primitives,
        error=trial.error,
        sources=sources,
        lift=view.lift,
        keep=KEEP_IN_NOISE if noisy else KEEP,
        deadline=min(search.deadline, monotonic() + LONGEST_READING),
    )
    return chosen, network, activations


def read_curve(search: Search, view: View) -> None:
    """A view with one input is a curve already: snap it, under every link, without a network between."""
    rows = averaged(view.rows, POINTS) if search.averages else view.rows
    x, column = rows.X[:, 0], view.columns[0]
    if smoother_turned(view.rows.X[:, 0], view.rows.y, view.rows.weight):
        x, column = 1 / x, 1 / column
    for link in links_for(rows.y):
        if search.late:
            return
        asked = (str(view), str(column), link.name, search.averages)
        chosen = search.once("curve", *asked, work=partial(_curve, search, view, link, rows, x, column))
        name = f"{view}: {link.name} link, one curve, read directly"
        _keep_best(search, chosen, name)
        search.note(name, _error(search, chosen), "read", view)
        search.tell(f"one curve, {link.name} link")
        if search.done:
            return


def _curve(search: Search, view: View, link: Link, rows: Rows, x: np.ndarray, column: Expr) -> list[Chosen]:
    """Formulas of a curve under one link."""
    eta = link.apply(rows.y)
    weight = rows.weight * link.weight(rows.y)
    found = snap(x, eta, search.primitives, weight=weight, keep=16, points=POINTS, homogeneous=True)
    edge = Edge(0, 0, 0)
    return choose(
        Activations(view.names, (((0,),),), (Activation(edge, x, eta),)),
        {edge: found},
        search.data,
        sources=[column],
        lift=_lifted(view, link),
        most=16,
        rows=2000,
        deadline=search.deadline,
    )


def _lifted(view: View, link: Link) -> Callable[[Expr], Expr]:
    return lambda e: view.lift(link.lift(e))


def _error(search: Search, chosen: list[Chosen]) -> float:
    losses = [c.draft.loss for c in chosen if np.isfinite(c.draft.loss)]
    return float(np.sqrt(min(losses) / search.data.variance)) if losses else float("inf")


def _keep_best(
    search: Search,
    chosen: list[Chosen],
    giver: str,
    reading: Reading | None = None,
) -> None:
    """Polish the shortest descriptions and those that are not dominated, until enough hold."""
    kept: list[Draft] = []
    noisy = search.noisy  # then several drafts fit alike, and exact numbers decide between them
    most = MOST_POLISHED_IN_NOISE if noisy else MOST_POLISHED
    tried = MOST_POLISHED if reading is not None and reading.failed else MOST_TRIED
    for c in _worth_polishing(search, chosen)[:tried]:
        if len(kept) >= FRONT_DRAFTS or (search.late and search.formulas):
            return
        if len(kept) >= most and not _undominated(c.draft, kept):
            continue
        if not (search.may_win(c.draft) if noisy else _undominated(c.draft, search.formulas)):
            continue
        best = search.best
        if search.done and best is not None and c.draft.complexity >= best.complexity:
            continue
        origin = None
        if reading is not None:
            snapped = _snapped(reading.activations, c)
            origin = Origin(reading.network, reading.activations, snapped)
        if search.keep(c.draft, origin, giver) is not None:
            kept.append(c.draft)


def _worth_polishing(search: Search, chosen: list[Chosen]) -> list[Chosen]:
    """Without what is not finite, hopelessly long, or has more constants than the rows can carry."""
    most = len(search.data.y) // 2
    return [
        c
        for c in chosen
        if np.isfinite(c.draft.loss)
        and c.draft.complexity <= 2 * search.max_complexity
        and len(c.draft.constants) <= max(most, 1) + 3  # some of them will turn out to be exact
    ]


def _snapped(activations: Activations, chosen: Chosen) -> Snapped:
    """The curves of the chosen candidates where the data reach the edges."""
    choice = chosen.choice
    return {
        a.edge: (choice[a.edge].evaluate(a.x), choice[a.edge].name)
        for a in activations.edges
        if a.edge in choice
    }


def _undominated(draft: Draft, others: Sequence[Draft | Formula]) -> bool:
    """Whether none of the others is at least as short and as good."""
    return not any(o.complexity <= draft.complexity and o.loss <= draft.loss for o in others)


def read(
    activations: Activations,
    data: Data,
    primitives: Sequence[Primitive],
    *,
    error: float,
    sources: Sequence[Expr],
    lift: Callable[[Expr], Expr],
    keep: int = KEEP,
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
        When to give up; an unfinished reading is no reading.
    """
    candidates: dict[Edge, list[Candidate]] = {}
    for activation in activations.edges:
        if activation.fixed is None:
            if monotonic() > deadline:
                return []
            candidates[activation.edge] = snap(
                activation.x, activation.y, primitives, resolution=resolution(activation, error), keep=keep
            )
    return choose(activations, candidates, data, sources=sources, lift=lift, deadline=deadline)


def resolution(activation: Activation, error: float) -> float:
    """How well a curve is known relative to its own spread: the less it matters, the less well."""
    return float(np.clip(CAUTION * error / np.sqrt(max(activation.importance, 1e-4)), FINEST, 0.3))
