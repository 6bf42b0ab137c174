"""What a discovery returns: the front, the chosen formula, its rivals, and where it was read from."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kantools.clock import current, now
from kantools.discovery.hypothesis import Settings
from kantools.discovery.journal import Journal
from kantools.discovery.ledger import Ledger
from kantools.discovery.networks.topology import additive
from kantools.discovery.networks.trial import intervals_for
from kantools.discovery.result import Discovery, Origin, Snapped, Step
from kantools.discovery.verdict import Stop, Verdict
from kantools.discovery.views.link import links_for
from kantools.discovery.views.rows import rows_of, sampled
from kantools.errors import SettingError, TableError
from kantools.network.alive import activations_of
from kantools.symbolic.examine.rivals import rivals
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, select
from kantools.symbolic.units.units import InconsistentUnits
from kantools.training.train import train
from kantools.warn import warn

__all__ = ["conclude"]

ROWS = 2000  # that a picture is trained on


def conclude(
    ledger: Ledger, settings: Settings, selection: str, stopped: Stop, *, picture: bool = True
) -> Discovery:
    """The front, the chosen formula and its rivals.

    Parameters
    ----------
    picture : bool
        Whether a network is trained to look at where the formula was not read from one.

    Raises
    ------
    SettingError
        Where the hypotheses that were chosen have found no formula at all.
    """
    front = _front(ledger)
    chosen = select(front, selection)
    _tell_of_quantities(ledger, chosen)
    data = ledger.data
    origin = ledger.origins.get(id(chosen)) or (_picture(data, settings, chosen) if picture else None)
    return Discovery(
        front,
        chosen,
        None if origin is None else origin.network,
        None if origin is None else origin.activations,
        _with_formulas(ledger.journal, front),
        now() - ledger.journal.begin,
        stopped,
        data.scatter,
        {} if origin is None else origin.snapped,
        unit=current().unit,
        rivals=rivals(chosen, _within(ledger), data),
    )


def _front(ledger: Ledger) -> tuple[Formula, ...]:
    """The Pareto front and the shortest description; of inconsistent formulas where there are no others."""
    if not (ledger.formulas or ledger.inconsistent):
        raise SettingError(
            "A search ends with a formula; none of the hypotheses that were asked has found one. Give it "
            'more time or effort, and "plain formulas" among the hypotheses if they were left out.'
        )
    if not ledger.formulas and ledger.inconsistent:
        warn(
            "No formula was found that is consistent with the units; the answer is not either. "
            "Check the units, or leave them out.",
            InconsistentUnits,
        )
        ledger.formulas = ledger.inconsistent
    front, best = pareto_front(_within(ledger)), ledger.best
    if best is not None and all(best is not f for f in front):
        others = [f for f in front if f.complexity != best.complexity]
        front = tuple(sorted((*others, best), key=lambda f: f.complexity))
    return front


def _within(ledger: Ledger) -> list[Formula]:
    """Those that are not too long, or all where every one is."""
    return [f for f in ledger.formulas if f.complexity <= ledger.max_complexity] or ledger.formulas


def _with_formulas(journal: Journal, front: Sequence[Formula]) -> tuple[Step, ...]:
    """The steps, each with the formulas of the front that came of it."""
    came: dict[str, tuple[str, ...]] = {}
    for formula in map(str, front):
        giver = journal.givers.get(formula, "")
        came[giver] = (*came.get(giver, ()), formula)
    return tuple(replace(s, formulas=came.pop(s.hypothesis, ())) for s in journal.steps)


def _tell_of_quantities(ledger: Ledger, chosen: Formula) -> None:
    """Say that the formula needs a quantity that no column holds: one is missing, or a unit is wrong."""
    quantities = [f"{c.symbol} in {c.unit}" for c in chosen.free if c.unit not in (None, "1")]
    if quantities:
        verdict, error = Verdict.NEEDS_CONSTANTS, float(np.sqrt(chosen.loss / ledger.data.variance))
        message = f"{verdict}: {', '.join(quantities)}"
        ledger.journal.note(f"units: {chosen}", error, verdict, message=message)


def _picture(data: Data, settings: Settings, chosen: Formula) -> Origin | None:
    """An additive network of the table, where the chosen formula was not read from a network.

    With a single input its one curve is the law, and the formula is what it was taken for. Several curves
    leave most laws unexplained, which is noise to them: they are as smooth as cross-validation says. None
    where the numbers are beyond a network.
    """
    rows = rows_of(data.X, data.y, data.weight).take(sampled(len(data.y), settings.seed))
    rows, inputs = rows.take(np.arange(0, len(rows.y), 1 + len(rows.y) // ROWS)), rows.X.shape[1]
    topology = additive(inputs, next(iter(links_for(rows.y))))
    network = topology.build(intervals_for(len(rows.y), inputs), settings.seed, settings.basis)
    try:
        train(network, rows.X, rows.y, weight=rows.weight, smoothness=1e-9 if inputs == 1 else "gcv")
    except TableError:
        return None
    activations = activations_of(network, rows.X, data.columns)
    snapped: Snapped = {}
    if len(activations.edges) == inputs == 1:
        curve = activations.edges[0]
        snapped[curve.edge] = (chosen.predict(curve.x[:, None]), "")
    return Origin(network, activations, snapped)
