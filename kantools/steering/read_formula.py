"""From a steered network to its formula: fixed edges as they were named, the others read."""

from collections.abc import Sequence

import numpy as np

from kantools.activation import Activation, Activations, Edge
from kantools.clock import now
from kantools.errors import UserError
from kantools.network import KAN
from kantools.network.alive import activations_of
from kantools.steering.edge import told
from kantools.steering.fixing import fixed_name
from kantools.symbolic.curves.affine import affine_fits
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.resolution import resolution
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.examine.examined import examined
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.formula import Formula
from kantools.symbolic.primitive import PRIMITIVES, Primitive
from kantools.symbolic.whole.choose import Chosen, choose
from kantools.symbolic.whole.polish import polish
from kantools.table import Table

__all__ = ["read_formula"]

KEEP = 8  # readings of a curve that nobody has named
POLISHED = 3  # formulas that are worked out to the end
EXACT = 1e-9  # resolution at which a named edge is read: its function is known


def read_formula(
    network: KAN, table: Table, error: float, primitives: Sequence[Primitive], deadline: float
) -> Formula:
    """The formula of a network.

    Parameters
    ----------
    network : KAN
        Of one output, as a table has one target.
    table : Table
        All rows: constants are fitted to them.
    error : float
        The network's relative error: no curve is known better than that.
    primitives : sequence of Primitive
        What curves that are not fixed may be.
    deadline : float
        On the clock that counts (:mod:`kantools.clock`): no reading is tried after it.

    Raises
    ------
    UserError
        Where a curve cannot be read, or no reading gives a formula that holds on every row.
    """
    seen = activations_of(network, table.X, table.columns)
    data = data_of(table)
    candidates = {a.edge: _readings(network, a, error, primitives) for a in seen.edges if a.fixed is None}
    chosen = choose(seen, candidates, data, deadline=deadline)
    found = _worked_out(chosen, data, table.target, deadline)
    if found is None:
        raise UserError(
            "A formula is real and finite on every row, and the rows determine its constants; no reading of "
            f"these curves is such: {_named(seen, network)}. Fix other functions, or refit() first."
        )
    return examined([found], data)[0]


def _readings(
    network: KAN, activation: Activation, error: float, primitives: Sequence[Primitive]
) -> list[Candidate]:
    """A curve's candidates: of a fixed edge its own function, of a learned one whatever fits."""
    name = fixed_name(network, activation.edge)
    if name is None:
        known = resolution(activation, error)
        found = snap(activation.x, activation.y, primitives, resolution=known, keep=KEEP)
    else:
        fits = affine_fits(activation.x, activation.y, [PRIMITIVES[name]], resolution=EXACT)
        found = [candidate for fit in fits for candidate in fit.candidates]
    if not found:
        raise UserError(
            f"Every curve of a formula is read as a function; that of edge {told(activation.edge)} cannot, "
            "for none of the primitives is real and finite on it. Allow more of them, or prune() the edge."
        )
    return found


def _worked_out(chosen: Sequence[Chosen], data: Data, target: str, deadline: float) -> Formula | None:
    """The shortest description of the first few, each with its constants fitted to all rows."""
    found: list[Formula] = []
    for choice in chosen:
        if len(found) >= POLISHED or (found and now() > deadline):
            break
        formula = polish(choice.draft, data, target, deadline=deadline)
        if formula is not None and np.isfinite(formula.loss):
            found.append(formula)
    return min(found, key=lambda f: f.description_length, default=None)


def _named(seen: Activations, network: KAN) -> str:
    """``(0, 0, 0) sin, (0, 1, 0) learned``."""

    def name(edge: Edge) -> str:
        return fixed_name(network, edge) or "learned"

    return ", ".join(f"{told(a.edge)} {name(a.edge)}" for a in seen.edges)
