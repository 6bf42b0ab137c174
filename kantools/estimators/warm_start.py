"""A fit that goes on where the last one ended.

A search with the same seed on the same data takes the same steps. So what it works out is remembered
(:mod:`kantools.discovery.memory`): a second fit retraces the way in no time and spends its own time on what
the first did not reach. On other data nothing of this holds; there the formulas of the old front are fitted
anew and compete with what is found.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kantools.estimators.fit_arguments import seed_of

if TYPE_CHECKING:
    from kantools.estimators.symbolic import SymbolicRegressor
    from kantools.symbolic.formula import Formula

__all__ = ["continued", "seed_for"]


def seed_for(model: "SymbolicRegressor") -> int:
    """The seed of a fit; one that was drawn is kept by a model that is to go on."""
    fixed = isinstance(model.random_state, int | np.integer)
    if fixed or not (model.warm_start and hasattr(model, "_seed")):
        model._seed = seed_of(model.random_state)
    return model._seed


def continued(model: "SymbolicRegressor", known: "Sequence[Formula]" = ()) -> dict[str, Any]:
    """What a search is told of those before it; nothing where there is nothing to tell."""
    if not model.warm_start:
        return {"known": tuple(known)} if known else {}
    from kantools.discovery.memory import Memory

    if not hasattr(model, "_memory"):
        model._memory = Memory()
    before = model.discovery_.front if hasattr(model, "discovery_") else ()
    return {"known": (*before, *known), "memory": model._memory}
