"""Relaxations: what a linear differential equation of second order does when it is left alone.

Two decays, ``c*exp(s*x) + e*exp(r*x) + d``, and the damped oscillation, ``c*exp(s*x)*cos(a*x + b) + d``, have
two exponents that enter nonlinearly, and are not in the grammar of one function of one line. Their equation
``y'' = p y' + q y + r``, integrated twice,

    y = p ∫y + q ∬y + a + b x + r x²/2,

is linear in all constants, and integrals do not mind noise. Its roots ``s² = p s + q`` are where variable
projection starts; where there are few points a period, the best frequencies of a periodogram are, too.

Sources: J. Jacquelin, "Régressions et équations intégrales" (2009), for the integral equation; N. R. Lomb,
"Least-squares frequency analysis of unequally spaced data", *Astrophysics and Space Science* 39 (1976) 447.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.integrate import cumulative_trapezoid
from scipy.optimize import least_squares
from sympy import Expr, Symbol, cos, exp, sin

from kantools.clock import CALL, worked
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.curve import spread_of
from kantools.symbolic.primitive import ARGUMENT, Primitive

__all__ = ["relaxations"]

Array = np.ndarray
Constants = list[tuple[Symbol, float]]
FEWEST_POINTS = 12
MOST_FREQUENCIES = 2  # of the periodogram that are started from
LONGEST = 60  # evaluations of a fit
STEEPEST = 50.0  # exponent times the range of x
LARGEST = 1e12  # constant relative to the curve
CALLS, PASSES = 30, 20  # of arrays, and over the curve, for one misfit; the least squares around it included
TINY = 1e-10  # keeps a frequency at which cosine and sine cannot be told apart from being singular
a, b, c, d, e, r, s = (Symbol(name) for name in "abcders")


def relaxations(x: Array, y: Array, root: Array, primitives: Sequence[Primitive]) -> Iterator[Candidate]:
    """Two decays and a damped oscillation, with an offset and without, where the primitives allow.

    Parameters
    ----------
    x, y : ndarray, shape (points,)
        Sorted by ``x``.
    root : ndarray, shape (points,)
        Square roots of the weights.
    primitives : sequence of Primitive

    Examples
    --------
    >>> from kantools.symbolic.primitive import select_primitives
    >>> x = np.linspace(0, 8, 60)
    >>> y = 3 * np.exp(-x / 4) * np.cos(2.5 * x)
    >>> best = min(relaxations(x, y, np.ones(60), select_primitives(["exp", "cos"])), key=lambda c: c.error)
    >>> best.name
    'exp * cos'
    """
    names = {p.name for p in primitives}
    unit = float(np.abs(y).max(initial=0.0))
    trigonometric = names & {"cos", "sin"}
    if "exp" not in names or len(np.unique(x)) < FEWEST_POINTS or not 0 < unit < np.inf:
        return
    u, y = (x - x[0]) / np.ptp(x), y / unit
    for offset in (True, False):
        first, second = _roots(u, y, root, offset)
        real = first.imag == 0
        if real:
            yield from _fitted(DECAYS, [(first.real, second.real)], x, y, root, offset, unit)
        if trigonometric:
            starts = [] if real else [(first.real, abs(first.imag))]
            starts += [(-1.0, w) for w in _frequencies(u, y, root)]
            kind = WAVE if "cos" in trigonometric else SINE
            yield from _fitted(kind, starts, x, y, root, offset, unit)


def _roots(u: Array, y: Array, root: Array, offset: bool) -> tuple[complex, complex]:
    """The exponents by the integral equation."""
    once = cumulative_trapezoid(y, u, initial=0.0)
    twice = cumulative_trapezoid(once, u, initial=0.0)
    A = np.stack([once, twice, np.ones_like(u), u, *([u**2] * offset)], axis=1)
    p, q = np.linalg.lstsq(A * root[:, None], y * root, rcond=1e-12)[0][:2]
    half = np.sqrt(complex(p * p / 4 + q))
    return p / 2 + half, p / 2 - half


def _frequencies(u: Array, y: Array, root: Array) -> list[float]:
    """The angular frequencies that explain most by themselves, decaying by e over the curve."""
    tried = np.pi * np.arange(1.0, len(u), 0.5)
    phase, size = np.outer(tried, u), np.exp(-u) * root
    A = np.stack([size * np.cos(phase), size * np.sin(phase), np.broadcast_to(root, phase.shape)], axis=1)
    told = A @ (y * root)
    normal = A @ A.swapaxes(1, 2) + TINY * len(u) * np.eye(3)
    explained = np.sum(told * np.linalg.solve(normal, told[:, :, None])[:, :, 0], axis=1)
    return [float(tried[k]) for k in np.argsort(-explained)[:MOST_FREQUENCIES]]


def _left(terms: Array, y: Array, root: Array, offset: bool) -> tuple[Array, Array]:
    """What the best linear combination of some terms leaves, and its factors."""
    worked(CALLS * CALL + PASSES * len(y))
    A = np.vstack([terms, np.ones((int(offset), len(y)))]).T * root[:, None]
    factors: Array = np.linalg.lstsq(A, y * root, rcond=1e-13)[0]
    return y * root - A @ factors, factors


@dataclass(frozen=True)
class Relaxation:
    """Two terms that relax or oscillate, as one shape.

    Attributes
    ----------
    name : str
    columns : callable
        Its two linear terms at ``u`` with two exponents.
    written : callable
        Template and constants from exponents and factors in ``x - first``.
    damping : int
        How many of the exponents are growth rates, which must not be too steep.
    """

    name: str
    columns: Callable[[Array, float, float], Array]
    written: Callable[[Array, Array, float], tuple[Expr, Constants]]
    damping: int


def _decays_written(exponents: Array, factors: Array, first: float) -> tuple[Expr, Constants]:
    sizes = factors[:2] * np.exp(-exponents * first)
    values = (*exponents.tolist(), *sizes.tolist())
    return c * exp(s * ARGUMENT) + e * exp(r * ARGUMENT), list(zip((s, r, c, e), values, strict=True))


def _wave_written(exponents: Array, factors: Array, first: float) -> tuple[Expr, Constants]:
    size = float(np.hypot(*factors[:2]) * np.exp(-exponents[0] * first))
    phase = float(np.arctan2(-factors[1], factors[0]) - exponents[1] * first)
    values = (*exponents.tolist(), (phase + np.pi) % (2 * np.pi) - np.pi, size)
    return c * exp(s * ARGUMENT) * cos(a * ARGUMENT + b), list(zip((s, a, b, c), values, strict=True))


def _sine_written(exponents: Array, factors: Array, first: float) -> tuple[Expr, Constants]:
    template, constants = _wave_written(exponents, factors, first)
    shifted = [(name, value + np.pi / 2 if name == b else value) for name, value in constants]
    return template.replace(cos, sin), shifted


DECAYS = Relaxation("exp + exp", lambda u, one, other: np.exp(np.outer((one, other), u)), _decays_written, 2)


def _wave(u: Array, rate: float, frequency: float) -> Array:
    return np.exp(rate * u) * np.stack([np.cos(frequency * u), np.sin(frequency * u)])


WAVE, SINE = (
    Relaxation("exp * cos", _wave, _wave_written, 1),
    Relaxation("exp * sin", _wave, _sine_written, 1),
)


def _fitted(
    kind: Relaxation,
    starts: Sequence[tuple[float, float]],
    x: Array,
    y: Array,
    root: Array,
    offset: bool,
    unit: float,
) -> Iterator[Candidate]:
    """The best fit of all starts as a candidate, by variable projection over the range of ``x`` as unit.

    ``y`` is in the given unit; the candidate is not.
    """
    length = np.ptp(x)
    u, steep = (x - x[0]) / length, slice(0, kind.damping)

    def misfit(exponents: Array) -> Array:
        bounded = np.array(exponents)
        bounded[steep] = bounded[steep].clip(-STEEPEST, STEEPEST)
        return _left(kind.columns(u, *bounded), y, root, offset)[0]

    fits = [least_squares(misfit, start, method="lm", max_nfev=LONGEST) for start in starts]
    best = min(fits, key=lambda fit: fit.cost, default=None)
    if best is None or np.abs(best.x[steep]).max() > STEEPEST:
        return
    factors = unit * _left(kind.columns(u, *best.x), y, root, offset)[1]
    with np.errstate(all="ignore"):  # far from 0 the factors overflow, and nothing can be written down
        template, constants = kind.written(best.x / length, factors, float(x[0]))
    if offset:
        template, constants = template + d, [*constants, (d, float(factors[2]))]
    sizes = np.array([value for _, value in constants])
    if np.isfinite(sizes).all() and np.abs(factors).max() < LARGEST * unit:
        error = float(np.sqrt(2 * best.cost / len(x)) / (spread_of(y, root) or 1.0))
        yield Candidate(kind.name, template, tuple(constants), d if offset else None, error)
