"""What the formulas of a front are worth: their loss on rows held out, where they can be believed, how far
measurements lie from them."""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from kantools.symbolic.examine.held_out import held_out_loss
from kantools.symbolic.examine.new_measurement import scatter_of
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.domain import domain_of

__all__ = ["examined"]

SECONDS = 5.0


def examined(front: Sequence[Formula], data: Data, seconds: float = SECONDS) -> tuple[Formula, ...]:
    """The formulas with their held-out loss, their domain and the scatter around them.

    Parameters
    ----------
    front : sequence of Formula
    data : Data
        The rows that they were fitted to.
    seconds : float
        After which losses on held-out rows stay NaN; domains are quick, and always told.
    """
    deadline = monotonic() + seconds
    return tuple(
        replace(
            f,
            held_out_loss=held_out_loss(f, data, deadline=deadline),
            domain=domain_of(f.expression, f.columns, data.X),
            scatter=scatter_of(f, data),
        )
        for f in front
    )
