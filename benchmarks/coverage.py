"""Whether error bars hold: ``python -m benchmarks.coverage`` writes ``docs/coverage.md``.

The ten laws of :mod:`benchmarks.ten_laws`, 200 rows each. Every row has a noise of its own, drawn between 1
and 10 % of the target's root mean square, and told as sigma. The constants of the law are fitted from their
true values by :func:`kantools.symbolic.refit`, with new rows and noise in each repetition, and it is
counted how often a true constant lies inside its 95 % interval ``value ± 1.96 error``. Of 100 repetitions
95 ± 2.2 are expected.
"""

from argparse import ArgumentParser
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.special import ndtri

from benchmarks.page import ROOT, code, how, prose, table
from benchmarks.ten_laws import LAWS, Law
from kantools.symbolic import refit
from kantools.table import Table

ROWS, NOISE, LEVEL = 200, (0.01, 0.1), 0.95
REACH = float(ndtri((1 + LEVEL) / 2))  # standard errors


@dataclass(frozen=True)
class Coverage:
    """How often each constant of a law lay inside its interval."""

    law: Law
    inside: dict[str, int]
    repetitions: int

    @property
    def share(self) -> float:
        return sum(self.inside.values()) / (len(self.inside) * self.repetitions)


def noisy(law: Law, rng: np.random.Generator) -> Table:
    """Rows with errors of different size, told as sigma."""
    clean = law.clean(ROWS, rng)
    sigma = rng.uniform(*NOISE, ROWS) * float(np.sqrt(np.mean(clean.y**2)))
    return replace(clean, y=clean.y + rng.normal(0, sigma), sigma=sigma)


def cover(law: Law, repetitions: int, seed: int) -> Coverage:
    rng = np.random.default_rng(seed)
    inside = dict.fromkeys(law.constants, 0)
    for _ in range(repetitions):
        formula = refit(law.template, noisy(law, rng), law.constants)
        for constant in formula.constants:
            truth = law.constants[str(constant.symbol)]
            inside[str(constant.symbol)] += abs(constant.value - truth) <= REACH * constant.error
    return Coverage(law, inside, repetitions)


def page(found: list[Coverage], command: str) -> str:
    every = table(
        ["law", "formula", "constants inside", "share"],
        [
            [
                c.law.name,
                code(c.law.formula),
                ", ".join(f"{code(name)} {count}" for name, count in c.inside.items()),
                f"{100 * c.share:.1f} %",
            ]
            for c in found
        ],
    )
    counts = [count for c in found for count in c.inside.values()]
    share = 100 * sum(counts) / (len(counts) * found[0].repetitions)
    summary = (
        f"All {len(counts)} constants together: **{share:.1f} %** of {found[0].repetitions} repetitions; the "
        f"least of one constant {min(counts)}, the most {max(counts)}."
    )
    return "\n\n".join(["# Error bars", prose(__doc__), how(command), summary, every]) + "\n"


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "coverage.md")
    options = parser.parse_args()
    found = [cover(law, options.repetitions, options.seed + i) for i, law in enumerate(LAWS)]
    command = f"python -m benchmarks.coverage --repetitions {options.repetitions} --seed {options.seed}"
    options.out.write_text(page(found, command), encoding="utf-8")


if __name__ == "__main__":
    main()
