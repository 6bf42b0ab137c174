"""Which noise model measurements speak for, held against the values of a law or of what stands for it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kantools.symbolic.noise.constant import CONSTANT
from kantools.symbolic.noise.counts import COUNTS
from kantools.symbolic.noise.mixed import MIXED
from kantools.symbolic.noise.model import Array, NoiseModel
from kantools.symbolic.noise.proportional import PROPORTIONAL
from kantools.symbolic.noise.rounding import Rounding

__all__ = ["Judged", "judged", "likeliest"]

CLEAR = 3.0  # nats that speak against constant noise: 20 to 1
RANGE = 3.0  # a law that varies by less tells too badly how noise goes with it
FEWEST = 6  # rows that tell anything of it
FINE = 0.5  # a law worse than this (relative residuals) says nothing of noise in proportion to it


@dataclass(frozen=True)
class Judged:
    """A noise model at its best beside a law.

    Attributes
    ----------
    model : NoiseModel
    nats : float
        Negative log-likelihood, with the price of the model's parameters.
    """

    model: NoiseModel
    nats: float


def judged(y: Array, f: Array, rounded: Array | None = None) -> list[Judged]:
    """The models that a law admits, the likeliest first; constant noise is always among them.

    Parameters
    ----------
    y, f : ndarray, shape (rows,)
        What was measured, and what the law says.
    rounded : ndarray, shape (rows,), optional
        The variance of each row from rounding, where the table shows it.

    Examples
    --------
    >>> f = np.geomspace(1, 1000, 60)
    >>> noise = np.random.default_rng(0).normal(size=60)
    >>> judged(f * (1 + 0.05 * noise), f)[0].model.name, judged(f + noise, f)[0].model.name
    ('proportional', 'constant')
    """
    seen = _telling(y)
    with np.errstate(all="ignore"):  # what stands in for a law may be far off a row
        models = _admitted(y, f, rounded)
        found = [Judged(m, _of_rows(m, seen).nats(y[seen], f[seen])) for m in models]
    return sorted(found, key=lambda j: j.nats if np.isfinite(j.nats) else np.inf)


def likeliest(y: Array, f: Array, rounded: Array | None = None) -> NoiseModel:
    """The model that the data speak for.

    Constant noise is given up for a clear reason only, or for a model that explains them without a number.
    """
    found = judged(y, f, rounded)
    constant = next(j for j in found if j.model is CONSTANT)
    clear = CLEAR if found[0].model.parameters else 0.0
    return found[0].model if constant.nats - found[0].nats > clear else CONSTANT


def _of_rows(model: NoiseModel, rows: Array) -> NoiseModel:
    return (
        Rounding(model.squares[rows]) if isinstance(model, Rounding) and model.squares is not None else model
    )


def _telling(y: Array) -> Array:
    """The rows that tell of noise: a zero among other values was set, or was too small to be seen."""
    there = y != 0
    return there if there.sum() >= FEWEST and (y != np.round(y)).any() else np.ones(len(y), dtype=bool)


def _admitted(y: Array, f: Array, rounded: Array | None) -> Sequence[NoiseModel]:
    if len(y) < FEWEST:
        return [CONSTANT]
    size, off = np.abs(f), float(np.sqrt(np.mean((y - f) ** 2)))
    others: list[NoiseModel] = [] if rounded is None else [Rounding(rounded)]
    if size.max() >= RANGE * size.min() and off > 0:
        others.append(COUNTS)
        relative = np.median(np.abs(y - f) / np.maximum(size, np.finfo(float).tiny))
        others += [PROPORTIONAL, MIXED] if relative < FINE else []
    return [CONSTANT, *(m for m in others if m.bears(y, f))]
