"""What the formulas of a front are worth: their loss on rows held out, where they can be believed, how far
measurements lie from them."""

from collections.abc import Sequence
from dataclasses import replace

from kantools.clock import now
from kantools.symbolic.examine.held_out import held_out_loss
from kantools.symbolic.examine.new_measurement import scatter_of
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.domain import domain_of

__all__ = ["examined"]

PATIENCE = 5.0  # on the clock that counts


def examined(front: Sequence[Formula], data: Data, patience: float = PATIENCE) -> tuple[Formula, ...]:
    """The formulas with their held-out loss, their domain and the scatter around them.

    Parameters
    ----------
    front : sequence of Formula
    data : Data
        The rows that they were fitted to.
    patience : float
        Losses on held-out rows stay NaN after so long on the clock that counts (:mod:`kantools.clock`);
        domains are quick, and always told.
    """
    deadline = now() + patience
    return tuple(
        replace(
            f,
            held_out_loss=held_out_loss(f, data, deadline=deadline),
            domain=domain_of(f.expression, f.columns, data.X),
            scatter=scatter_of(f, data),
        )
        for f in front
    )
