"""How fast layers of every basis are, in torch operations alone, and what the papers say of them.

``python -m benchmarks.bases`` times networks that differ in nothing but their basis, all with as many
functions for each edge, one thread, all in turn, and writes its section of ``docs/benchmarks.md``. pykan, the
original, stands beside them where it is installed, and so does the B-spline kernel.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import torch
from torch import nn

from benchmarks.layers import INTERVALS, Case, medians, step_of
from benchmarks.page import code, how, table
from benchmarks.peers import installed, pykan
from benchmarks.section import put
from kantools.bases import BASES, Basis
from kantools.bases.bspline import BSpline
from kantools.network import KAN

CASES = (
    Case((4, 16, 1), 2000, torch.float32),
    Case((64, 64, 64), 2048, torch.float32),
    Case((784, 64, 10), 256, torch.float32),
    Case((4, 16, 16, 16, 1), 1000, torch.float32),
)

SPLINE = BSpline(3, INTERVALS)

DEGREES = {"rbf": (1,), "relu": (2, 4)}
"""Degrees of the papers where they differ from the default: FastKAN, ReLU-KAN and one of higher order."""


@dataclass(frozen=True)
class Claim:
    """How much faster than which KAN a paper says that its basis is, and by which of our tables to judge."""

    paper: str
    says: str
    times: float
    basis: str
    forward: bool


CLAIMS = (
    Claim(
        "FastKAN, arXiv:2405.06721",
        "forward 3.33 times as fast as efficient_kan (its repository, one layer on a V100)",
        3.33,
        "rbf 1",
        True,
    ),
    Claim(
        "ReLU-KAN, arXiv:2406.02075",
        "20 times as fast as the original KAN, four layers (version 2: in backpropagation)",
        20,
        "relu 2",
        False,
    ),
)


def bases() -> Iterator[tuple[str, Basis]]:
    """Every basis with as many functions as the spline, or the next number above that it can have."""
    for name in sorted(BASES):
        for degree in DEGREES.get(name, (SPLINE.degree,)):
            sizes = (replace(BASES[name](), degree=degree, intervals=n) for n in range(1, 4 * INTERVALS))
            yield f"{name} {degree}", next(b for b in sizes if b.functions >= SPLINE.functions)


def networks(case: Case) -> Iterator[tuple[str, nn.Module]]:
    """The contestants; ours in torch operations, but for the last one."""
    for name, basis in [*bases(), ("bspline 3, kernel", SPLINE)]:
        network = KAN(list(case.width), basis=basis, dtype=case.dtype)
        for layer in network.layers:
            layer.backend = "auto" if "kernel" in name else "torch"
        yield name, network
    if installed("pykan"):
        yield f"pykan {installed('pykan')}", pykan(case.width, INTERVALS, case.dtype)


def forward_of(network: nn.Module, x: torch.Tensor) -> Callable[[], None]:
    """One pass without gradients."""

    def forward() -> None:
        with torch.no_grad():
            network(x)

    return forward


Times = dict[str, float]
"""Median seconds by the name of the contestant."""


def measure(case: Case, seconds: float) -> tuple[Times, Times]:
    """Of a step of training, and of a forward pass alone."""
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(case.rows, case.width[0], generator=generator).to(case.dtype) * 2 - 1
    y = torch.randn(case.rows, case.width[-1], generator=generator).to(case.dtype)
    contestants = dict(networks(case))
    steps = {name: step_of(network, x, y) for name, network in contestants.items()}
    forwards = {name: forward_of(network, x) for name, network in contestants.items()}
    for step in [*steps.values(), *forwards.values()]:
        step()
    return medians(steps, seconds), medians(forwards, seconds / 2)


TEXT = """## Bases

Networks that differ only in their basis, each with {functions} functions an edge or the next number above
that the basis can have; float32, one thread, all in turn in one run, medians of processor time. A number
says how many times as fast as cubic B-splines in torch operations ("bspline 3"); the digit behind a name is
its degree or order. ReLU bumps train their ends as well, which costs the first layer one matrix product more.

Forward and backward:

{steps}

Forward alone, without gradients:

{forwards}

What the papers say, and where it holds here, on this processor without a GPU. efficient_kan is not among the
contestants; B-splines in torch operations stand for it. The time of all these layers is for the most part
that of the same matrix products: no basis is many times as fast as a spline that is not slow itself.

{claims}

{how}
"""


def speeds(results: dict[Case, Times]) -> str:
    """A row for each contestant, a column for each network."""
    names = list(next(iter(results.values())))
    rows = [[n, *(f"{found['bspline 3'] / found[n]:.2f}" for found in results.values())] for n in names]
    return table(["", *(code(c) for c in results)], rows)


def verdicts(results: dict[Case, tuple[Times, Times]]) -> str:
    """The claims of the papers beside what was measured."""
    rows = []
    for claim in CLAIMS:
        found = {c: t[claim.forward] for c, t in results.items()}
        for other in [n for n in next(iter(found.values())) if n == "bspline 3" or n.startswith("pykan")]:
            ratios = {c: t[other] / t[claim.basis] for c, t in found.items()}
            holds = [code(c) for c, ratio in ratios.items() if ratio >= claim.times]
            where = "everywhere" if len(holds) == len(ratios) else ", ".join(holds) or "nowhere"
            span = f"{min(ratios.values()):.1f}–{max(ratios.values()):.1f}"
            rows.append([claim.paper, claim.says, f"{claim.basis} against {other}", span, where])
    return table(["paper", "says", "here", "times as fast", "holds for"], rows)


def section(results: dict[Case, tuple[Times, Times]]) -> str:
    return TEXT.format(
        functions=SPLINE.functions,
        steps=speeds({c: t[0] for c, t in results.items()}),
        forwards=speeds({c: t[1] for c, t in results.items()}),
        claims=verdicts(results),
        how=how("python -m benchmarks.bases"),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Time layers of every basis.")
    parser.add_argument("--seconds", type=float, default=30.0, help="for each case")
    parser.add_argument("--dry", action="store_true", help="print instead of writing the page")
    options = parser.parse_args()
    torch.set_num_threads(1)
    text = section({case: measure(case, options.seconds) for case in CASES})
    print(text)
    if not options.dry:
        put("bases", text)


if __name__ == "__main__":
    main()
