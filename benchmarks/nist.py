"""NIST's certified nonlinear regressions, fitted by :func:`kantools.symbolic.refit`.

``python -m benchmarks.nist`` writes ``docs/nist.md``: how many digits of the certified constants and of their
standard errors are reached from either set of first values, and from none.

Digits are ``-log10(|found - certified| / |certified|)``, the fewest of all constants; eleven are certified.
"""

import argparse
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import process_time

import numpy as np

from benchmarks.page import ROOT, code, how, table
from kantools.datasets.nist import NIST, Certified
from kantools.symbolic import ConstantsLeftOpen, NotConverged, refit
from kantools.symbolic.formula import Formula

CERTIFIED = 11  # digits
ENOUGH = 6
STARTS: dict[str, Callable[[Certified], Mapping[str, float] | None]] = {
    "start 1": lambda problem: problem.starts[0],
    "start 2": lambda problem: problem.starts[1],
    "no start": lambda problem: None,
}


@dataclass(frozen=True)
class Result:
    """What came of one problem from one start.

    Attributes
    ----------
    problem : Certified
    values, errors : float
        Digits.
    lower : bool
        Whether the loss is the certified one, whatever the constants are called.
    certain : bool
        Whether no warning was given.
    seconds : float
    """

    problem: Certified
    values: float
    errors: float
    lower: bool
    certain: bool
    seconds: float

    @property
    def reached(self) -> bool:
        return min(self.values, self.errors) >= ENOUGH


def digits(found: Mapping[str, float], certified: Mapping[str, float]) -> float:
    """Of the constant that agrees least.

    >>> round(digits({"b1": 2.0001}, {"b1": 2.0}), 1), digits({"b1": 2.0}, {"b1": 2.0})
    (4.3, 11.0)
    """
    relative = [abs(found[k] - v) / abs(v) for k, v in certified.items()]
    worst = float(np.clip(np.nan_to_num(max(relative), nan=1.0), 10.0**-CERTIFIED, 1.0))
    return abs(float(np.log10(worst)))


def run(problem: Certified, start: Mapping[str, float] | None) -> Result:
    begin = process_time()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        formula = refit(problem.form, problem.table(), start)
    seconds = process_time() - begin
    certain = not any(issubclass(w.category, ConstantsLeftOpen | NotConverged) for w in told)
    return compare(problem, formula, certain, seconds)


def compare(problem: Certified, formula: Formula, certain: bool, seconds: float) -> Result:
    values = {c.symbol.name: c.value for c in formula.constants}
    errors = {c.symbol.name: c.error for c in formula.constants}
    lower = formula.loss * len(problem.rows) <= problem.rss * (1 + 10.0**-ENOUGH)
    return Result(
        problem, digits(values, problem.values), digits(errors, problem.errors), lower, certain, seconds
    )


def run_all(names: Iterable[str] = tuple(NIST)) -> dict[str, list[Result]]:
    """Results by start."""
    problems = [NIST[name] for name in names]
    return {name: [run(p, start(p)) for p in problems] for name, start in STARTS.items()}


def counts(results: Mapping[str, list[Result]]) -> str:
    """How many problems were solved, from each start."""
    head = ("from", "constants and errors to 6 digits", "constants to 6 digits", "certified loss", "seconds")
    rows = [
        (
            name,
            f"{sum(r.reached for r in of)} of {len(of)}",
            sum(r.values >= ENOUGH for r in of),
            sum(r.lower for r in of),
            f"{sum(r.seconds for r in of):.1f}",
        )
        for name, of in results.items()
    ]
    return table(head, rows)


def in_digits(result: Result) -> tuple[str, str]:
    mark = "" if result.certain else " (warned)"
    return f"{result.values:.1f}", f"{result.errors:.1f}{mark}"


def detail(results: Mapping[str, list[Result]]) -> str:
    """One row a problem."""
    head = ["problem", "difficulty", "model", "rows"]
    for name in results:
        head += [f"{name}: constants", "errors"]
    rows = []
    for same in zip(*results.values(), strict=True):
        problem = same[0].problem
        cells: list[object] = [problem.name, problem.level, code(problem.model), len(problem.rows)]
        for result in same:
            cells += in_digits(result)
        rows.append(cells)
    return table(head, rows)


def page(results: Mapping[str, list[Result]]) -> str:
    return "\n\n".join(
        [
            "# Certified regressions",
            "The 27 nonlinear problems of NIST's "
            "[Statistical Reference Datasets](https://www.itl.nist.gov/div898/strd/), fitted with "
            "`kantools.symbolic.refit`. NIST gives two sets of first values, the first far from the "
            "solution and the second near it, and certifies eleven digits of constants and standard errors. "
            "With no first values at all the fit tries its own; it may end in another minimum, or in the "
            "same with two terms exchanged or two signs changed, which is no digit here but has the loss.",
            how("python -m benchmarks.nist"),
            counts(results),
            "Digits are `-log10(|found - certified| / |certified|)`, the fewest of all constants. They are "
            "cut at 11.",
            detail(results),
            lanczos(),
        ]
    )


def lanczos() -> str:
    """Why the errors of one problem have few digits."""
    problem = NIST["Lanczos1"]
    deviation = np.sqrt(problem.rss / (len(problem.rows) - len(problem.values)))
    spacing = np.spacing(problem.table().y).max()
    return (
        "Lanczos1 is a sum of exponentials written down to 14 digits: the certified residuals are "
        f"{deviation:.1g}, and numbers of double precision of that size are {spacing:.1g} apart. Standard "
        "errors are in proportion to the residuals and have no more digits than these."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.parse_args()
    path = ROOT / "docs" / "nist.md"
    path.write_text(page(run_all()) + "\n", encoding="utf-8")
    print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
