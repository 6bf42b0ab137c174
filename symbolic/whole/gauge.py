"""Take away constants that the data cannot determine because the formula has them twice.

``c0*exp(c1 + c2*x)`` has one constant too many: scaling ``c0`` and shifting ``c1`` leaves the function as
it is. Such directions are where the scaled information matrix ``JᵀJ`` is singular. One of the constants
that take part is led along the direction to 0 or ±1, whichever shortens the formula, while the others are
refitted.
"""

from collections.abc import Iterator

import numpy as np
from sympy import Integer, Symbol

from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import fit_constants
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["fix_gauge", "undetermined"]

SINGULAR = 1e-12  # of an eigenvalue of the information matrix scaled to a unit diagonal
STEPS = 4


def fix_gauge(draft: Draft, data: Data) -> Draft:
    """The same function with no constant too many."""
    for _ in range(len(draft.constants)):
        direction = _free_direction(draft)
        if direction is None:
            return draft
        fixed = next(_without_one(draft, data, direction), None)
        if fixed is None:
            return draft
        draft = fixed
    return draft


def undetermined(draft: Draft) -> bool:
    """Whether the data leave a direction of the constants open."""
    return _free_direction(draft) is not None


def _free_direction(draft: Draft) -> np.ndarray | None:
    """Relative changes of the constants that leave the function as it is, if there are any."""
    information = draft.fit.information
    if not len(information) or not np.isfinite(information).all():
        return None
    scaled, scale = draft.fit.scaled_information
    values, vectors = np.linalg.eigh(scaled)
    if values[0] > SINGULAR * values[-1]:
        return None
    return vectors[:, 0] / scale


def _without_one(draft: Draft, data: Data, direction: np.ndarray) -> Iterator[Draft]:
    """Drafts in which one of the constants concerned is a plain number and nothing is lost."""
    share = np.abs(direction) / (np.abs(draft.fit.values) + 1e-12)
    order = [int(j) for j in np.argsort(-share) if share[j] > 1e-6 * share.max()]
    accept = max(draft.loss * (1 + 1e-6), 1e-22 * data.power)
    for target in (0, 1, -1):
        for j in order:
            if target and np.sign(draft.fit.values[j]) != target:
                continue
            fixed = _lead(draft, data, draft.constants[j], target)
            if fixed is not None and fixed.loss <= accept:
                yield fixed


def _lead(draft: Draft, data: Data, symbol: Symbol, target: int) -> Draft | None:
    """Lead one constant to its target in steps, the others following; only the last rewrites the template."""
    j = draft.constants.index(symbol)
    program, values = draft.program(data), draft.fit.values.copy()
    begin, others = float(values[j]), np.arange(len(values)) != j
    for k in range(1, STEPS):
        values[j] = _between(begin, target, k / STEPS)
        fit = fit_constants(program, values, data, max_iterations=8, free=others)
        if not np.isfinite(fit.loss):
            return None
        values = fit.values
    start = dict(zip(draft.constants, values.tolist(), strict=True))
    del start[symbol]
    step = fit_draft(draft.template.subs(symbol, Integer(target)), start, data, max_iterations=60)
    return step if np.isfinite(step.loss) else None


def _between(begin: float, target: int, share: float) -> float:
    if target == 0:
        return begin * (1 - share)
    return float(np.sign(begin) * np.abs(begin) ** (1 - share))
