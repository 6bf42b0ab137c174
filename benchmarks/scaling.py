"""How the error falls with the number of parameters, on the five toy functions of the KAN paper.

``python -m benchmarks.scaling`` trains on grids that double, draws ``docs/images/scaling.png`` and writes its
section of ``docs/benchmarks.md``. Parameters are the coefficients of the splines, ``G + 3`` an edge; there
are no others, as edges have no residual function beside the spline here.

The error of a cubic spline is of fourth order in the interval, so that the slope of -4 is one against ``G``;
against ``G + 3`` it is steeper on coarse grids: ``d log G / d log (G + 3) = 1 + 3/G``. Slopes are therefore
fitted from `FINE` intervals on, for all functions alike.

Source: Z. Liu et al., "KAN: Kolmogorov-Arnold Networks", arXiv:2404.19756 (2024), section 3.1: the functions,
and the exponents drawn beside: 4, of its theory, and 4/d, of U. Sharma, J. Kaplan, arXiv:2004.10802 (2020).
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from scipy.special import j0

from benchmarks.page import ROOT, code, how, table
from benchmarks.section import put
from kantools.network import KAN, fit_grid, predict, refine
from kantools.training import train

FLOOR, BEGUN, FINE = 1e-9, 0.1, 16
"""A slope is fitted to errors between the first two, relative to the standard deviation, on grids of at least
so many intervals."""


@dataclass(frozen=True)
class Toy:
    """A function, the network that can represent it, and how it is trained.

    ``anew`` places the grids by the rows after each refinement, instead of dividing the intervals there are.
    """

    name: str
    function: Callable[[np.ndarray], np.ndarray]
    width: tuple[int, ...]
    grids: tuple[int, ...]
    rows: int
    restarts: int = 4
    anew: bool = False


def four(X: np.ndarray) -> np.ndarray:
    a, b = X[:, 0] ** 2 + X[:, 1] ** 2, X[:, 2] ** 2 + X[:, 3] ** 2
    return np.asarray(np.exp((np.sin(np.pi * a) + np.sin(np.pi * b)) / 2))


TOYS = (
    Toy("J0(20 x)", lambda X: j0(20 * X[:, 0]), (1, 1), (8, 16, 32, 64, 128, 256), 3000),
    Toy(
        "exp(sin(pi x) + y²)",
        lambda X: np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2),
        (2, 1, 1),
        (4, 8, 16, 32, 64, 128),
        4000,
    ),
    Toy("x y", lambda X: X[:, 0] * X[:, 1], (2, 2, 1), (4, 8, 16, 32), 2000),
    Toy(
        "exp(mean sin²(pi x_i/2)), 100 inputs",
        lambda X: np.exp(np.mean(np.sin(np.pi * X / 2) ** 2, axis=1)),
        (100, 1, 1),
        (4, 8, 16, 32, 64),
        20_000,
        0,
        anew=True,
    ),
    Toy("exp((sin(pi(x1²+x2²)) + sin(pi(x3²+x4²)))/2)", four, (4, 2, 1, 1), (4, 8, 16, 32, 64), 20_000, 30),
)


@dataclass(frozen=True)
class Curve:
    """What came of one function: an entry for each grid."""

    toy: Toy
    parameters: list[int]
    errors: list[float]
    seconds: float

    @property
    def kept(self) -> list[int]:
        """The grids that the slope is fitted to."""
        pairs = enumerate(zip(self.toy.grids, self.errors, strict=True))
        return [k for k, (g, e) in pairs if g >= FINE and FLOOR < e < BEGUN]

    def slope(self, counted: Sequence[int]) -> float:
        """Of log error against the logarithm of what is counted; NaN with fewer than three grids."""
        if len(self.kept) < 3:
            return float("nan")
        x, y = (np.log([values[k] for k in self.kept]) for values in (counted, self.errors))
        return float(np.polyfit(x, y, 1)[0])


def climb(toy: Toy, limit: float) -> Curve:
    """Train on the coarsest grid from several starts, then refine and train on."""
    X, fresh = (
        np.random.default_rng(s).uniform(-1, 1, (n, toy.width[0])) for s, n in ((0, toy.rows), (1, 5000))
    )
    y, want = toy.function(X), toy.function(fresh)
    network = KAN(list(toy.width), intervals=toy.grids[0], residual="none")
    begin, parameters, errors = time.process_time(), [], []
    for intervals in toy.grids:
        if intervals != toy.grids[0]:
            refine(network, X, intervals)
            if toy.anew:
                fit_grid(network, X)
        first = toy.restarts if intervals == toy.grids[0] else 0
        options = {"solver": "lm", "smoothness": 1e-15, "tolerance": 1e-2, "restarts": first}
        history = train(network, X, y, max_iterations=100, time_limit=limit, **options)
        edges = sum(a * b for a, b in zip(toy.width, toy.width[1:], strict=False))
        parameters.append(edges * network.bases[0].functions)
        errors.append(float(np.sqrt(np.mean((predict(network, fresh) - want) ** 2)) / want.std()))
        facts = f"{errors[-1]:.2e} on {history.loss**0.5:.2e}, {history.seconds:.0f} s, {history.reason.name}"
        print(toy.name, intervals, parameters[-1], facts, flush=True)
    return Curve(toy, parameters, errors, time.process_time() - begin)


def draw(curves: list[Curve]) -> None:
    """Errors against parameters, with the exponents of the paper."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(
        1, len(curves), figsize=(3 * len(curves), 3), sharey=True, layout="constrained"
    )
    for axis, curve in zip(np.atleast_1d(axes), curves, strict=True):
        n, e = np.array(curve.parameters), np.array(curve.errors)
        at = curve.kept[0] if curve.kept else 0
        axis.loglog(n, e, "o", fillstyle="none", color="C0")
        axis.loglog(n[curve.kept], e[curve.kept], "o-", color="C0", label="kantools, the fit's grids filled")
        if curve.kept:
            axis.loglog(n, e[at] * (n / n[at]) ** -4.0, "--", color="C3", label="−4, the paper's theory")
            slow = -4 / curve.toy.width[0]
            axis.loglog(n, e[at] * (n / n[at]) ** slow, ":", color="0.3", label="−4/d, the paper's for MLPs")
        axis.set_xticks(n, [str(k) for k in n], fontsize=7)
        axis.minorticks_off()
        axis.set_title(curve.toy.name, fontsize=7)
        axis.set_xlabel("parameters")
    np.atleast_1d(axes)[0].set_ylabel("test RMSE / std")
    np.atleast_1d(axes)[0].legend(fontsize=6)
    figure.savefig(ROOT / "docs" / "images" / "scaling.png", dpi=110)


TEXT = """## Scaling

Test RMSE over the standard deviation, degree 3, on grids that double, function by function; each grid is the
last one refined and trained on. Parameters are all coefficients, G + 3 on each edge for G intervals. The
slope is that of log error against log parameters on grids of {fine} intervals and more, errors between
{floor:.0e} and {begun:.0e}; the next column counts edges × G, as pykan's notebook on scaling does. On coarser
grids the 3 in G + 3 alone makes any slope steeper.

The [paper](https://arxiv.org/abs/2404.19756) (section 3.1) gives no fitted exponents in its text: it draws
−4, which is its theory for cubic splines whatever the number of inputs, says that its networks almost reach
it, and draws −4/d for MLPs, which it says they hardly reach. The first is dashed and the second dotted. For
the last function it names `[4, 4, 2, 1]`; `[4, 2, 1, 1]` is the smallest that holds it. `x y` is a polynomial
of degree 2, which `[2, 2, 1]` holds on any grid: its error is what training has left and becomes smaller the
longer it trains, whatever the grid. No slope is claimed for it.

Refining divides the intervals there are. The hidden node of the function of 100 inputs is a mean, so that
hardly a row falls into the last intervals of an even grid, and what is learned there is left to chance: its
grids are placed anew by the rows after each refinement. The last function does better without: its training
is slow to settle after such a move. On 5,000 rows instead of 20,000 it is a matter of luck whether one of its
starts finds the function at all.

{table}

![Errors against parameters](images/scaling.png)

{how}
"""


def section(curves: list[Curve]) -> str:
    rows = []
    for c in curves:
        steps = ", ".join(f"{g}: {e:.1e}" for g, e in zip(c.toy.grids, c.errors, strict=True))
        slopes = [c.slope(c.parameters), c.slope(c.toy.grids)]
        shown = [f"{s:.2f}" if np.isfinite(s) else "—" for s in slopes]
        span = f"{c.parameters[0]}–{c.parameters[-1]}"
        rows.append([code(c.toy.name), code(list(c.toy.width)), span, steps, *shown, f"{c.seconds:.0f}"])
    head = ["function", "width", "parameters", "intervals: error", "slope", "against edges × G"]
    head.append("CPU seconds")
    command = how("python -m benchmarks.scaling")
    return TEXT.format(table=table(head, rows), how=command, floor=FLOOR, begun=BEGUN, fine=FINE)


def main() -> None:
    parser = argparse.ArgumentParser(description="Errors against parameters on five functions.")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds for each grid")
    parser.add_argument("--only", type=int, action="append", help="only these functions; the page stays")
    options = parser.parse_args()
    torch.set_num_threads(1)
    curves = [climb(TOYS[k], options.limit) for k in options.only or range(len(TOYS))]
    for curve in curves:
        print(curve.toy.name, f"slope {curve.slope(curve.parameters):.2f}, {curve.seconds:.0f} s", flush=True)
    if not options.only:
        draw(curves)
        put("scaling", section(curves))


if __name__ == "__main__":
    main()
