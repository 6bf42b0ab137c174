"""Whether snapping puts the true form of a curve first, and how long it takes.

``python -m benchmarks.snapping`` draws forms that laws are made of in affine dress, bends them by a smooth
error as a trained spline would, snaps them, and writes its section of ``docs/benchmarks.md``. A candidate has
the true form if its own constants can be set so that it agrees with the undisturbed curve on a wider range.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.interpolate import LSQUnivariateSpline
from sympy import lambdify, sympify

from benchmarks.page import code, how, table
from benchmarks.section import put
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.least_squares import least_squares
from kantools.symbolic.primitive import ARGUMENT, select_primitives

ERRORS = (0.0, 1e-5, 1e-3)
FINEST = 1e-6  # resolution for a curve without error
SAME = 1e-7  # of the spread on the wider range: equal but for rounding
POINTS = 160


@dataclass(frozen=True)
class Form:
    """``f(x)`` between ``low`` and ``high``; it exists on the wider range between ``far``.

    ``dress`` says what may happen to the argument without leaving the family that laws use: nothing (``x``),
    another unit (``a x``), or a hidden sum (``a x + b``).
    """

    text: str
    low: float
    high: float
    far: tuple[float, float]
    dress: str = "a x"

    @cached_property
    def values(self):  # type: ignore[no-untyped-def]
        return lambdify(ARGUMENT, sympify(self.text), "numpy")


FORMS = (
    Form("1/sqrt(1 - x**2)", 0.1, 0.9, (0.02, 0.97)),
    Form("sqrt(1 - x**2)", 0.1, 0.9, (0.02, 0.97)),
    Form("1/(1 - x**2)", 0.1, 0.8, (0.02, 0.95)),
    Form("x**3/(exp(x) - 1)", 0.3, 6, (0.1, 8)),
    Form("x/(exp(x) - 1)", 0.3, 5, (0.1, 7)),
    Form("1/(exp(x) - 1)", 0.3, 3, (0.2, 5)),
    Form("sin(x)/x", 0.5, 6, (0.2, 8)),
    Form("sin(x)**2", 0.2, 3, (-1, 5)),
    Form("sin(x)**2/x**2", 0.5, 5, (0.2, 7)),
    Form("x**2/(x**2 - 4)**2", 3, 5, (2.6, 8)),
    Form("1/(x**2 - 4)", 2.5, 5, (2.2, 8)),
    Form("1/(1 + exp(-x))", -2, 4, (-4, 6), "a x + b"),
    Form("tanh(x)", -1, 2.5, (-3, 4), "a x + b"),
    Form("asin(x)", -0.3, 0.9, (-0.8, 0.97), "a x + b"),
    Form("acos(x)", -0.8, 0.5, (-0.95, 0.9), "a x + b"),
    Form("atan(x)", -1, 3, (-3, 5), "a x + b"),
    Form("log(x)", 0.5, 4, (0.2, 8), "a x + b"),
    Form("log(1 + x**2)", -2, 2, (-4, 4)),
    Form("x**1.5", 0.3, 5, (0.1, 8)),
    Form("x**(2/3)", 0.3, 5, (0.1, 8)),
    Form("sqrt(x)", 0.3, 5, (0.1, 8), "a x + b"),
    Form("1/x**2", 0.5, 3, (0.3, 5), "a x + b"),
    Form("exp(-x**2/2)", -1.5, 3, (-3, 4), "a x + b"),
    Form("x*exp(-x**2/2)", 0.2, 3, (-3, 4)),
    Form("exp(-x)", 0, 3, (-2, 5)),
    Form("x*exp(-x)", 0.1, 4, (-1, 6)),
    Form("x**2*exp(-x)", 0.1, 6, (-1, 9)),
    Form("exp(-2/x)", 0.4, 4, (0.2, 8)),
    Form("1/(1 + x)", 0.2, 4, (0, 8), "a x + b"),
    Form("x/(1 + x)", 0.2, 4, (0, 8)),
    Form("(1 + x)/(1 - x)", -0.6, 0.7, (-2, 0.85), "a x + b"),
    Form("x**2/(1 + x**2)", 0.2, 4, (-6, 6)),
    Form("cos(x) + 0.5*cos(x)**2", 0.2, 4, (-1, 6), "x"),
    Form("sqrt(1 + x**2)", 0.2, 3, (-4, 5)),
    Form("1/(1 + x**2)**1.5", 0.2, 3, (-4, 5)),
    Form("sin(3*x + 1)", -1, 1.5, (-2, 3), "a x + b"),
    Form("x*sin(2*x)", 0.2, 4, (-1, 6)),
    Form("exp(-x) + 0.3*x", 0, 4, (-1, 6)),
    Form("x + 1/x", 0.4, 3, (0.2, 5), "x"),
    Form("x**3 - 2*x", -2, 2, (-3, 3), "a x + b"),
    Form("cosh(x)", -1, 2, (-2, 3), "a x + b"),
    Form("exp(sin(x))", 0, 5, (-1, 7), "x"),
)


@dataclass(frozen=True)
class Sample:
    """A form in its dress: the curve to be snapped, and the clean one on the wider range."""

    x: np.ndarray
    y: np.ndarray
    wide: np.ndarray
    clean: np.ndarray


def draw(form: Form, error: float, seed: int) -> Sample:
    """``c f(a x + b) + d`` with constants drawn at random, off by a smooth curve of that error."""
    rng = np.random.default_rng([seed, *form.text.encode()])
    a = 1.0 if form.dress == "x" else float(np.exp(rng.uniform(-1.5, 1.5)))
    b = float(rng.normal()) if form.dress == "a x + b" else 0.0
    c, d = float(rng.choice([-1, 1]) * np.exp(rng.normal())), float(rng.normal())
    u = np.sort(rng.uniform(form.low, form.high, POINTS))
    wide = np.linspace(*form.far, 150)
    y = c * form.values(u) + d
    noise = error * y.std() * bend((u - u[0]) / np.ptp(u), rng)
    return Sample((u - b) / a, y + noise, (wide - b) / a, c * form.values(wide) + d)


def bend(t: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A cubic spline through noise, of unit size: the way in which trained curves are wrong."""
    values = LSQUnivariateSpline(t, rng.normal(size=len(t)), np.linspace(0, 1, 13)[1:-1])(t)
    return np.asarray(values / np.sqrt(np.mean(values**2)))


def agrees(candidate: Candidate, sample: Sample) -> bool:
    """Whether the candidate with constants of its own choice is the clean curve on the wider range."""
    symbols, start = zip(*candidate.constants, strict=True)
    program = compile_expression(candidate.template, [ARGUMENT], symbols)
    spread = sample.clean.std()
    fit = least_squares(program, start, sample.wide[:, None], sample.clean, max_iterations=100)
    return bool(np.sqrt(fit.loss) < SAME * spread)


@dataclass(frozen=True)
class Result:
    """Rank of the true form among the candidates, infinite where it is not one, and seconds of snapping."""

    form: Form
    error: float
    rank: float
    seconds: float


def run(form: Form, error: float, seed: int) -> Result:
    sample = draw(form, error, seed)
    begin = time.process_time()
    found = snap(sample.x, sample.y, select_primitives(None), resolution=max(3 * error, FINEST))
    seconds = time.process_time() - begin
    ranks = (float(k) for k, candidate in enumerate(found, 1) if agrees(candidate, sample))
    return Result(form, error, next(ranks, np.inf), seconds)


TEXT = """## Snapping

{forms} forms that laws are made of, in affine dress drawn at random ({seeds} draws each), {points} points,
all primitives. A learned curve is wrong by a smooth error, given relative to its spread. Counted is where
among the candidates the first stands that has the true form: set its constants freely, and it is the
undisturbed curve on a wider range.

{table}

Not among the candidates: {missed}.

{how}
"""


def summary(results: list[Result]) -> Iterator[list[str]]:
    for error in ERRORS:
        part = [r for r in results if r.error == error]
        ranks = np.array([r.rank for r in part])
        shares = [f"{(ranks <= k).sum()} of {len(part)}" for k in (1, 4, 8, 1e9)]
        seconds = np.array([r.seconds for r in part])
        yield [f"{error:g}", *shares, f"{np.median(seconds):.3f}", f"{seconds.max():.3f}"]


def section(results: list[Result], seeds: int) -> str:
    head = ["error", "first", "among 4", "among 8", "found", "median seconds", "longest"]
    missed = dict.fromkeys(f"{code(r.form.text)} ({r.error:g})" for r in results if np.isinf(r.rank))
    return TEXT.format(
        forms=len(FORMS),
        seeds=seeds,
        points=POINTS,
        table=table(head, summary(results)),
        missed=", ".join(missed) or "none",
        how=how("python -m benchmarks.snapping"),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Ranks of true forms, and the time that snapping takes.")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--dry", action="store_true", help="print, but leave the page as it is")
    options = parser.parse_args()
    run(FORMS[0], 0.0, 0)  # the first call compiles
    results = []
    for seed in range(options.seeds):
        for form in FORMS:
            for error in ERRORS:
                results.append(run(form, error, seed))
                print(
                    seed, form.text, f"{error:g}", results[-1].rank, f"{results[-1].seconds:.3f}", flush=True
                )
    text = section(results, options.seeds)
    print(text)
    if not options.dry:
        put("snapping", text)


if __name__ == "__main__":
    main()
