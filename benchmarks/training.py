"""How long training takes to reach an error, against pykan.

``python -m benchmarks.training`` fits ``exp(sin(pi x) + y^2)`` with ``[2, 5, 1]`` on 1,000 points, on one
thread, with several seeds, kantools and pykan in turn, and writes its section of ``docs/benchmarks.md``.
Errors are root mean squares on fresh points over the target's standard deviation. pykan stops at its limit.
"""

import argparse
import time
from collections.abc import Callable, Iterator

import numpy as np
import torch

from benchmarks.page import how, table
from benchmarks.peers import installed
from benchmarks.section import put
from kantools.network import KAN, predict, refine
from kantools.training import train

GOALS = (1e-2, 1e-3, 1e-4, 1e-5)


def truth(X: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2))


def points(rows: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, 2))


Stage = tuple[Callable[[], None], Callable[[np.ndarray], np.ndarray]]
"""A stretch of training, and the network as a function."""


def kantools_stages(X: np.ndarray, y: np.ndarray, seed: int) -> Iterator[Stage]:
    """Splines of degree 5: a coarse grid with a few starts, then finer ones under less smoothing."""
    network = KAN([2, 5, 1], degree=5, intervals=5, seed=seed)

    def after(intervals: int, smoothness: float, **options: float) -> Callable[[], None]:
        def stage() -> None:
            if network.bases[0].intervals < intervals:
                refine(network, X, intervals)
            train(network, X, y, solver="lm", seed=seed, smoothness=smoothness, **options)

        return stage

    for stage in (
        after(5, 1e-8, restarts=2, max_iterations=12),
        *(after(5, 1e-8, max_iterations=10) for _ in range(3)),
        *(after(10, 1e-10, max_iterations=15) for _ in range(4)),
        *(after(20, 1e-12, max_iterations=20) for _ in range(4)),
    ):
        yield stage, lambda fresh: predict(network, fresh)


def pykan_stages(X: np.ndarray, y: np.ndarray, seed: int) -> Iterator[Stage]:
    """L-BFGS on 10 intervals, which suffice for 1e-3; refining further fails in some of its versions."""
    from kan import KAN as Pykan

    to = torch.from_numpy
    data = {"train_input": to(X), "train_label": to(y)[:, None]}
    data |= {"test_input": data["train_input"][:10], "test_label": data["train_label"][:10]}
    model = Pykan(width=[2, 5, 1], grid=10, k=3, seed=seed, auto_save=False).double().speed()
    while True:
        yield (
            lambda: model.fit(data, opt="LBFGS", steps=10),
            lambda fresh: model(to(fresh)).detach().numpy()[:, 0],
        )


def run(stages: Iterator[Stage], limit: float) -> tuple[list[float], float]:
    """Seconds until each goal is reached, infinity if it is not, and the best error."""
    fresh = points(5000, 10**6)
    want, reached, best, spent = truth(fresh), [np.inf] * len(GOALS), np.inf, 0.0
    for stage, function in stages:
        begin = time.perf_counter()
        stage()
        spent += time.perf_counter() - begin
        best = min(best, float(np.sqrt(np.mean((function(fresh) - want) ** 2)) / want.std()))
        reached = [min(r, spent) if best <= goal else r for r, goal in zip(reached, GOALS, strict=True)]
        if best <= GOALS[-1] or spent > limit:
            break
    return reached, best


TEXT = """## Training

`exp(sin(pi x) + y²)`, `[2, 5, 1]`, 1,000 points, no noise, one thread: median seconds over {seeds} seeds
until the error on fresh points, relative to the target's standard deviation, is below a goal.
kantools uses splines of degree 5 on grids of 5, 10 and 20 intervals; degree and smoothing were chosen on this
very function. pykan uses cubic splines on a fixed grid of 10.

{table}

{ratio} {how}
"""


def section(found: dict[str, list[tuple[list[float], float]]], limit: float) -> str:
    rows, medians = [], {}
    for name, runs in found.items():
        medians[name] = np.median([reached for reached, _ in runs], axis=0)
        best = np.median([b for _, b in runs])
        rows.append([name, *(f"{t:.2f}" if np.isfinite(t) else "—" for t in medians[name]), f"{best:.1e}"])
    ratio = ""
    if len(medians) > 1:
        own, other = medians["kantools"][1], list(medians.values())[1][1]
        times = (other if np.isfinite(other) else limit) / own
        least = "" if np.isfinite(other) else f"at least (pykan did not reach it in {limit:.0f} s) "
        ratio = f"To 1e-3, kantools is {least}{times:.0f} times as fast."
    seeds = len(found["kantools"])
    head = ["", *(f"{g:.0e}" for g in GOALS), "best error"]
    return TEXT.format(
        seeds=seeds, table=table(head, rows), ratio=ratio, how=how("python -m benchmarks.training")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Time training against pykan.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each of pykan's trainings")
    options = parser.parse_args()
    torch.set_num_threads(1)
    X = points(1000, 0)
    y = truth(X)
    contestants = {"kantools": kantools_stages}
    if installed("pykan"):
        contestants[f"pykan {installed('pykan')}"] = pykan_stages
    next(kantools_stages(X, y, 0))[0]()
    found: dict[str, list[tuple[list[float], float]]] = {name: [] for name in contestants}
    for seed in range(options.seeds):
        for name, stages in contestants.items():
            found[name].append(run(stages(X, y, seed), options.limit))
            print(name, seed, found[name][-1], flush=True)
    put("training", section(found, options.limit))


if __name__ == "__main__":
    main()
