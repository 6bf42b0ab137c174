"""How the error falls with the number of coefficients, on the five toy functions of the KAN paper.

``python -m benchmarks.scaling`` trains on grids that double, draws ``docs/images/scaling.png`` and writes its
section of ``docs/benchmarks.md``. Cubic splines should reach a slope of -4: the error of a spline of degree 3
is of fourth order in the interval.

Source: Z. Liu et al., "KAN: Kolmogorov-Arnold Networks", arXiv:2404.19756 (2024), section 3.1.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from scipy.special import j0

from benchmarks.page import ROOT, code, how, table
from benchmarks.section import put
from kantools.network import KAN, predict, refine
from kantools.training import train

FLOOR, BEGUN = 1e-7, 0.1
"""A slope is fitted to errors between these, relative to the standard deviation."""


@dataclass(frozen=True)
class Toy:
    """A function, the network that can represent it, and how it is trained."""

    name: str
    function: Callable[[np.ndarray], np.ndarray]
    width: tuple[int, ...]
    grids: tuple[int, ...]
    rows: int
    restarts: int = 4


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
        (4, 8, 16),
        10_000,
        0,
    ),
    Toy("exp((sin(pi(x1²+x2²)) + sin(pi(x3²+x4²)))/2)", four, (4, 2, 1, 1), (5, 10, 20, 40), 5000, 30),
)


@dataclass(frozen=True)
class Curve:
    """What came of one function: an entry for each grid."""

    toy: Toy
    coefficients: list[int]
    counted: list[int]
    errors: list[float]
    seconds: float

    @property
    def slope(self) -> float:
        """Of log error against log (edges times intervals), between the bounds; NaN with fewer than two."""
        kept = [k for k, e in enumerate(self.errors) if FLOOR < e < BEGUN]
        if len(kept) < 2:
            return float("nan")
        x, y = (np.log([values[k] for k in kept]) for values in (self.counted, self.errors))
        return float(np.polyfit(x, y, 1)[0])


def climb(toy: Toy, limit: float) -> Curve:
    """Train on the coarsest grid from several starts, then refine and train on."""
    X, fresh = (
        np.random.default_rng(s).uniform(-1, 1, (n, toy.width[0])) for s, n in ((0, toy.rows), (1, 5000))
    )
    y, want = toy.function(X), toy.function(fresh)
    network, begin = KAN(list(toy.width), intervals=toy.grids[0]), time.perf_counter()
    coefficients, counted, errors = [], [], []
    for intervals in toy.grids:
        if intervals != toy.grids[0]:
            refine(network, X, intervals)
        first = toy.restarts if intervals == toy.grids[0] else 0
        options = {"solver": "lm", "smoothness": 1e-13, "tolerance": 1e-3, "restarts": first}
        train(network, X, y, max_iterations=300, time_limit=limit, **options)
        edges = sum(a * b for a, b in zip(toy.width, toy.width[1:], strict=False))
        coefficients.append(edges * (network.bases[0].functions + 1))
        counted.append(edges * intervals)
        errors.append(float(np.sqrt(np.mean((predict(network, fresh) - want) ** 2)) / want.std()))
        print(toy.name, intervals, coefficients[-1], f"{errors[-1]:.2e}", flush=True)
    return Curve(toy, coefficients, counted, errors, time.perf_counter() - begin)


def draw(curves: list[Curve]) -> None:
    """Errors against coefficients, with the exponents of the paper."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(
        1, len(curves), figsize=(3 * len(curves), 3), sharey=True, layout="constrained"
    )
    for axis, curve in zip(np.atleast_1d(axes), curves, strict=True):
        n, e = np.array(curve.counted), np.array(curve.errors)
        axis.loglog(n, e, "o-", label="kantools")
        axis.loglog(n, e[0] * (n / n[0]) ** -4.0, "--", color="0.4", label="−4, the paper's theory for KANs")
        slow = -4 / curve.toy.width[0]
        axis.loglog(n, e[0] * (n / n[0]) ** slow, ":", color="0.6", label="−4/d, a spline in d dimensions")
        axis.set_title(curve.toy.name, fontsize=7)
        axis.set_xlabel("edges × intervals")
    np.atleast_1d(axes)[0].set_ylabel("test RMSE / std")
    np.atleast_1d(axes)[0].legend(fontsize=6)
    figure.savefig(ROOT / "docs" / "images" / "scaling.png", dpi=110)


TEXT = """## Scaling

Test RMSE over the standard deviation, degree 3, on grids that double, function by function; each grid is the
last one refined and trained on. The slope is that of the logarithms against edges × intervals, over errors
between {floor:.0e} and {begun:.0e}. The paper's theory says −4 for a network of cubic splines whatever the
number of inputs. `x y` is a polynomial of degree 2 in `[2, 2, 1]`: there is nothing to refine.

{table}

![Errors against coefficients](images/scaling.png)

{how}
"""


def section(curves: list[Curve]) -> str:
    rows = []
    for c in curves:
        steps = ", ".join(f"{g}: {e:.1e}" for g, e in zip(c.toy.grids, c.errors, strict=True))
        slope = f"{c.slope:.2f}" if np.isfinite(c.slope) else "—"
        span = f"{c.coefficients[0]}–{c.coefficients[-1]}"
        rows.append([code(c.toy.name), code(list(c.toy.width)), span, steps, slope, f"{c.seconds:.0f}"])
    head = ["function", "width", "coefficients", "intervals: error", "slope", "seconds"]
    command = how("python -m benchmarks.scaling")
    return TEXT.format(table=table(head, rows), how=command, floor=FLOOR, begun=BEGUN)


def main() -> None:
    parser = argparse.ArgumentParser(description="Errors against coefficients on five functions.")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each grid")
    parser.add_argument("--only", type=int, action="append", help="only these functions; the page stays")
    options = parser.parse_args()
    torch.set_num_threads(1)
    curves = [climb(TOYS[k], options.limit) for k in options.only or range(len(TOYS))]
    for curve in curves:
        print(curve.toy.name, f"slope {curve.slope:.2f}, {curve.seconds:.0f} s", flush=True)
    if not options.only:
        draw(curves)
        put("scaling", section(curves))


if __name__ == "__main__":
    main()
