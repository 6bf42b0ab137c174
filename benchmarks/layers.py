"""How fast a layer of splines is: forward and backward against other packages and perceptrons.

``python -m benchmarks.layers`` times all of them in turn, one thread, and writes its section of
``docs/benchmarks.md``. Peers that are not installed are left out: ``pip install pykan inkan flashkan``, in an
environment of their own.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from benchmarks.page import code, how, table
from benchmarks.peers import equal_parameters, installed, kantools_network, perceptron, spline_peers
from benchmarks.section import put

INTERVALS = 8


@dataclass(frozen=True)
class Case:
    """A network's widths, how many rows go through it, and in what type."""

    width: tuple[int, ...]
    rows: int
    dtype: torch.dtype

    def __str__(self) -> str:
        return f"{list(self.width)} × {self.rows}, {str(self.dtype)[6:]}"


CASES = (
    Case((4, 16, 1), 2000, torch.float32),
    Case((64, 64, 64), 2048, torch.float32),
    Case((784, 64, 10), 256, torch.float32),
    Case((4, 16, 1), 2000, torch.float64),
)


def contestants(case: Case) -> Iterator[tuple[str, nn.Module]]:
    """The networks of a case."""
    ours = kantools_network(case.width, INTERVALS, case.dtype)
    yield "kantools", ours
    for name, make in spline_peers().items():
        if installed(name):
            yield f"{name} {installed(name)}", make(case.width, INTERVALS, case.dtype)
    yield "MLP, equal width", perceptron(case.width, case.dtype)
    weights = sum(layer.weight.numel() for layer in ours.layers)
    yield "MLP, equal parameters", perceptron(equal_parameters(case.width, weights), case.dtype)


def step_of(network: nn.Module, x: torch.Tensor, y: torch.Tensor) -> Callable[[], None]:
    """One forward and backward pass."""

    def step() -> None:
        network.zero_grad(set_to_none=True)
        (network(x) - y).square().mean().backward()

    return step


def prepared(case: Case) -> dict[str, Callable[[], None]]:
    """The steps of all contestants, each run a few times; one that fails is left out."""
    generator, steps = torch.Generator().manual_seed(0), {}
    x = torch.rand(case.rows, case.width[0], generator=generator).to(case.dtype) * 2 - 1
    y = torch.randn(case.rows, case.width[-1], generator=generator).to(case.dtype)
    for name, network in contestants(case):
        step = step_of(network, x, y)
        try:
            for _ in range(3):
                step()
        except Exception as error:
            print(f"  {name}: {type(error).__name__}: {str(error)[:200]}", flush=True)
            continue
        steps[name] = step
    return steps


def medians(steps: dict[str, Callable[[], None]], seconds: float) -> dict[str, float]:
    """The median time that the processor spent on each step, all in turn for so many seconds."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, step in steps.items():
            for _ in range(3):
                begin = time.process_time()
                step()
                times[name].append(time.process_time() - begin)
    return {name: float(np.median(t)) for name, t in times.items()}


def measure(case: Case, seconds: float) -> dict[str, float]:
    """Median seconds of a case, printed and returned."""
    found = medians(prepared(case), seconds)
    ratios = ", ".join(f"{n} {t / found['kantools']:.2f}" for n, t in found.items())
    print(f"{case}: {found['kantools'] * 1e3:.3f} ms; times relative: {ratios}", flush=True)
    return found


TEXT = """## Layers

Median processor time of forward and backward, cubic splines on {intervals} intervals, one thread, all in turn
in one run. A number says how many times as long as kantools; a ratio above 1 means that kantools is faster.
MLPs have SiLU; "equal parameters" has one hidden layer, so wide that the number of weights is the same.

{table}

{missing}

{how}
"""


def section(results: dict[Case, dict[str, float]]) -> str:
    names = list(dict.fromkeys(n for found in results.values() for n in found))
    rows = [[code(c), f"{t['kantools'] * 1e3:.2f} ms", *_ratios(t, names[1:])] for c, t in results.items()]
    absent = [name for name in spline_peers() if not installed(name)]
    return TEXT.format(
        intervals=INTERVALS,
        table=table(["network × rows", "kantools", *names[1:]], rows),
        missing=f"Not installed: {', '.join(absent)}." if absent else "",
        how=how("python -m benchmarks.layers"),
    )


def _ratios(found: dict[str, float], names: list[str]) -> list[str]:
    return [f"{found[n] / found['kantools']:.1f}" if n in found else "failed" for n in names]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time layers against other packages.")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each case")
    parser.add_argument("--dry", action="store_true", help="do not write the page")
    parser.add_argument("--case", type=int, action="append", help="only these cases, counted from 0")
    options = parser.parse_args()
    torch.set_num_threads(1)
    chosen = [CASES[k] for k in options.case or range(len(CASES))]
    results = {case: measure(case, options.seconds) for case in chosen}
    if not options.dry:
        put("layers", section(results))


if __name__ == "__main__":
    main()
