"""The noise that a table seems to have, before any formula is known.

Smooth models stand in for the law: polynomials of the columns or their logarithms, of the target or its
logarithm, each row predicted without itself. Every noise model is held against all of them, and the likeliest
pair says with which weights a search begins. A polynomial that gets better with every degree is still after
the law, so that what it leaves is no noise: constant noise is then taken, and the first formula is asked.

Source: D. M. Allen, "The relationship between variable selection and data augmentation and a method for
prediction", Technometrics 16 (1974) 125-127, for residuals of rows left out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from kantools.catalogue import did_you_mean
from kantools.discovery.noise.weighing import Predict, seen_by_logs
from kantools.discovery.surrogates.polynomial import Polynomial, left_out
from kantools.errors import SettingError
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.noisy import with_noise, with_rounded_inputs
from kantools.symbolic.noise import AUTO, NOISE
from kantools.symbolic.noise.counts import COUNTS
from kantools.symbolic.noise.judgement import CLEAR, RANGE, judged

__all__ = ["as_it_seems", "near", "refuse_noise"]

Array = np.ndarray
MOST_ROWS = 400  # that polynomials are fitted to
MOST_TERMS = 90  # of one of them
ROWS_A_TERM = 3  # at least
FOLLOWS = 0.5  # of the spread, the most that a polynomial leaves which follows the target
STILL_BETTER = 0.03  # nats a row that the last degree gains: the law is not yet followed
FEW_DEGREES = 3  # with fewer, rows are too few to tell whether a higher one would follow better
WORTH = 0.1  # nats a row that mixed noise has to gain: two numbers follow what a polynomial leaves, too
CLEAR_IN_FEW = 10.0  # nats that are asked for then
EXACT = 1e6  # times the mean square that rounding leaves: a table without noise
FARTHEST = 2.0  # times more or less than measured that a stand-in is believed


def refuse_noise(data: Data, name: str) -> None:
    """Raise where a table cannot have the noise that was chosen.

    Raises
    ------
    SettingError

    Examples
    --------
    >>> rows = Data(("x",), np.ones((2, 1)), np.array([-1.0, 2.0]), np.ones(2))
    >>> refuse_noise(rows, "counts")
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: Counts are whole numbers from 0; got -1. Take noise="mixed" for counts \
that were scaled or corrected.
    """
    if name == AUTO:
        return
    if name not in NOISE:
        raise SettingError(f'There is no noise "{name}"; {did_you_mean(str(name), [AUTO, *NOISE])}')
    if data.known:
        raise SettingError(
            f'Noise is chosen where it is not known; this table has standard errors, and noise="{name}". '
            "Leave one of them out."
        )
    if refused := NOISE[name].refusal(data.y):
        raise SettingError(refused)


def as_it_seems(data: Data, noise: str = AUTO) -> Data:
    """The rows weighed as the noise seems to be, or as it was chosen by name.

    Parameters
    ----------
    data : Data
        As the table has them.
    noise : str
        A noise model, or "auto".
    """
    if data.known or noise == "constant" or (noise == AUTO and not _may_differ(data)):
        return data
    pairs = list(_pairs(data.take(_sample(len(data.y)))))
    if data.rounded is not None:
        data = with_rounded_inputs(data, _best(pairs, "constant").predict)
    if noise == AUTO:
        noise, law = (pair := _likeliest(pairs)).name, pair.predict
    else:
        law = _best(pairs, noise).predict
    return with_noise(data, noise, near(law(data.X), data.y, noise))


def _may_differ(data: Data) -> bool:
    """Whether the target varies by enough to tell how noise goes with it, or was rounded."""
    size = np.abs(data.y)
    return data.rounded is not None or float(size.max()) >= RANGE * float(size.min())


def _sample(rows: int) -> Array:
    return np.sort(np.random.default_rng(0).permutation(rows)[:MOST_ROWS])


def near(f: Array, y: Array, name: str) -> Array:
    """What stands in for the law, nowhere far from what was measured."""
    size = np.abs(y)
    believed = np.maximum(np.nan_to_num(np.abs(f), nan=0.0, posinf=0.0), size / FARTHEST)
    if name == "proportional":
        believed = np.minimum(believed, FARTHEST * size)
    return np.where(y < 0, -believed, believed)


@dataclass(frozen=True)
class Pair:
    """A noise model and the polynomial that suits it best, of those in some coordinates.

    Attributes
    ----------
    name : str
        Of the noise model.
    nats : float
        Negative log-likelihood of the rows, each predicted without itself.
    predict : callable
        From columns, shape (rows, columns), to what stands for the law.
    clear : float
        Nats by which constant noise has to be less likely.
    """

    name: str
    nats: float
    predict: Predict
    clear: float


def _best(pairs: Sequence[Pair], name: str) -> Pair:
    """The one that suits a noise model best; where none admits it, constant noise."""
    return min((p for p in pairs if p.name in (name, "constant")), key=lambda p: (p.name != name, p.nats))


def _likeliest(pairs: Sequence[Pair]) -> Pair:
    """Of all noise models; constant noise is given up for a clear reason only."""
    constant = _best(pairs, "constant")
    clearly = [p for p in pairs if constant.nats - p.nats > p.clear]
    return min(clearly, key=lambda p: p.nats, default=constant)


def _pairs(data: Data) -> Iterator[Pair]:
    """Of polynomials of the columns or their logarithms, of the target or its logarithm."""
    y, positive = data.y, np.all(data.X > 0, axis=0)
    for logs in [np.zeros_like(positive), positive] if positive.any() else [positive]:
        yield from _along(data, logs, _as_it_is, _as_it_is)
        if (y > 0).all() or (y < 0).all():
            yield from _along(data, logs, _log_of_size, partial(_exp, float(np.sign(y[0]))))
        if not COUNTS.refusal(y):  # in roots counts scatter alike
            yield from _along(data, logs, np.sqrt, np.square)


def _as_it_is(values: Array) -> Array:
    return values


def _log_of_size(y: Array) -> Array:
    return np.log(np.abs(y))


def _exp(sign: float, eta: Array) -> Array:
    with np.errstate(over="ignore"):
        return sign * np.exp(eta)


def _along(
    data: Data, logs: Array, link: Callable[[Array], Array], back: Callable[[Array], Array]
) -> Iterator[Pair]:
    """The best degree for each noise model."""
    Z, eta = seen_by_logs(data.X, logs), link(data.y)
    tried = list(left_out(Z, eta, min(MOST_TERMS, len(eta) // ROWS_A_TERM)))
    values = [back(eta - left) for _, left in tried]
    judgements = [_nats(data.y, f) for f in values]
    for name in dict.fromkeys(name for judgement in judgements for name in judgement):
        nats = np.array([judgement.get(name, np.inf) for judgement in judgements])
        k = int(nats.argmin())
        share = float(np.std(tried[k][1])) / (float(np.std(eta)) or 1.0)
        exact = float(np.mean((data.y - values[k]) ** 2)) < EXACT * data.rounding
        clear = np.inf if exact or share > FOLLOWS else _clear(name, nats, len(eta))
        yield Pair(name, float(nats[k]), partial(_predict, logs, tried[k][0], back), clear)


def _nats(y: Array, f: Array) -> dict[str, float]:
    return {one.model.name: one.nats for one in judged(y, f)} if np.isfinite(f).all() else {}


def _predict(logs: Array, polynomial: Polynomial, back: Callable[[Array], Array], X: Array) -> Array:
    return back(polynomial.value(seen_by_logs(X, logs)))


def _clear(name: str, nats: Array, rows: int) -> float:
    """Nats that are asked for: infinitely many of polynomials that are still after the law."""
    k, mixed = int(nats.argmin()), name == "mixed"
    if len(nats) <= FEW_DEGREES:
        return np.inf if mixed else CLEAR_IN_FEW
    if k + 1 == len(nats) and nats[k - 1] - nats[k] > STILL_BETTER * rows:
        return np.inf
    return WORTH * rows if mixed else CLEAR
