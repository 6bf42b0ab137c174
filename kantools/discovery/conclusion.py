"""What a discovery returns: the front, the chosen formula, and where it was read from."""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

import numpy as np

from kantools.discovery.link import links_for
from kantools.discovery.result import Discovery, Origin, Snapped, Step
from kantools.discovery.state import Search
from kantools.discovery.topology import additive
from kantools.discovery.trial import activations_of, intervals_for
from kantools.errors import TableError
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, select
from kantools.symbolic.units.units import InconsistentUnits
from kantools.training.train import train
from kantools.warn import warn

__all__ = ["conclude"]

ROWS = 2000  # that a picture is trained on


def conclude(search: Search, selection: str, stopped: str, *, picture: bool = True) -> Discovery:
    """The front and the chosen formula.

    Parameters
    ----------
    picture : bool
        Whether a network is trained to look at where the formula was not read from one.
    """
    if not search.formulas and search.inconsistent:
        _take_the_inconsistent(search)
    within = [f for f in search.formulas if f.complexity <= search.max_complexity] or search.formulas
    front = pareto_front(within)
    best = search.best
    if best is not None and all(best is not f for f in front):
        others = [f for f in front if f.complexity != best.complexity]
        front = tuple(sorted((*others, best), key=lambda f: f.complexity))
    chosen = select(front, selection)
    _tell_of_quantities(search, chosen)
    origin = search.origin.get(id(chosen)) or (_picture(search, chosen) if picture else None)
    return Discovery(
        front,
        chosen,
        None if origin is None else origin.network,
        None if origin is None else origin.activations,
        _with_formulas(search, front),
        monotonic() - search.begin,
        stopped,
        "given" if search.data.known else search.data.scatter,
        {} if origin is None else origin.snapped,
    )


def _with_formulas(search: Search, front: Sequence[Formula]) -> tuple[Step, ...]:
    """The steps, each with the formulas of the front that came of it."""
    came: dict[str, tuple[str, ...]] = {}
    for formula in map(str, front):
        giver = search.givers.get(formula, "")
        came[giver] = (*came.get(giver, ()), formula)
    return tuple(replace(s, formulas=came.pop(s.hypothesis, ())) for s in search.steps)


def _tell_of_quantities(search: Search, chosen: Formula) -> None:
    """Say that the formula needs a quantity that no column holds: one is missing, or a unit is wrong."""
    quantities = [f"{c.symbol} in {c.unit}" for c in chosen.free if c.unit not in (None, "1")]
    if quantities:
        verdict = f"needs constants with a dimension: {', '.join(quantities)}"
        search.note(f"units: {chosen}", float(np.sqrt(chosen.loss / search.data.variance)), verdict)


def _take_the_inconsistent(search: Search) -> None:
    warn(
        "No formula was found that is consistent with the units; the answer is not either. "
        "Check the units, or leave them out.",
        InconsistentUnits,
    )
    search.formulas = search.inconsistent


def _picture(search: Search, chosen: Formula) -> Origin | None:
    """An additive network of the table, where the chosen formula was not read from a network.

    With a single input its one curve is the law, and the formula is what it was taken for. Several curves
    leave most laws unexplained, which is noise to them: they are as smooth as cross-validation says. None
    where the numbers are beyond a network.
    """
    rows, one = search.rows, search.rows.X.shape[1] == 1
    rows = rows.take(np.arange(0, len(rows.y), 1 + len(rows.y) // ROWS))
    link = next(iter(links_for(rows.y)))
    topology = additive(rows.X.shape[1], link)
    network = topology.build(intervals_for(len(rows.y), rows.X.shape[1]), search.seed, search.basis)
    try:
        train(network, rows.X, rows.y, weight=rows.weight, smoothness=1e-9 if one else "gcv")
    except TableError:
        return None
    activations = activations_of(network, rows, search.table.columns)
    snapped: Snapped = {}
    if len(activations.edges) == rows.X.shape[1] == 1:
        curve = activations.edges[0]
        snapped[curve.edge] = (chosen.predict(curve.x[:, None]), "")
    return Origin(network, activations, snapped)
