"""How often noise is taken for a law: ``python -m benchmarks.pure_noise`` writes ``docs/pure-noise.md``.

The target of these tables has nothing to do with their columns, so that the only right answer is a constant.
Rows and columns are few and many; the columns lie about 0, about the noise's mean, far from 0, or over
decades, for a column that happens to lie where the target lies can be taken for it without any constant; and
the noise, with mean 2 and standard deviation about 1, is normal, heavy tailed, of counts, of factors, or as
large as a column says. Every number of rows has as many tables, spread evenly over all of these at random.
At most 5 % of them should get another answer. The searches are limited in effort (:mod:`kantools.clock`), so
that the answers do not depend on the machine.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

import numpy as np

from benchmarks.kept import Row
from benchmarks.page import code, table
from benchmarks.searched import searched
from benchmarks.study import Study
from kantools.bench.summary import interval
from kantools.table import Table

__all__ = ["STUDY", "Question", "noise_table", "questions", "sections"]

#: Rows of a table, and how many columns it may have.
SHAPES = ((10, (1, 2, 3, 4, 5)), (30, (1, 2, 3, 4, 5)), (30, (12,)), (200, (1, 2, 3, 4, 5)))
MEAN = 2.0
#: Degrees of freedom of Student's t; the standard deviation of the logarithm of a factor.
TAILS, FACTOR = 3, 0.5
#: Of what the mean leaves: beyond rounding of a constant that is written with few digits.
WORSE = 1.001
LISTED = 20

Array = np.ndarray
Draw = Callable[[np.random.Generator, int], Array]

PLACES: dict[str, Draw] = {
    "about 0": lambda rng, rows: rng.normal(size=rows),
    "about the mean": lambda rng, rows: rng.uniform(MEAN - 1, MEAN + 1, rows),
    "far from 0": lambda rng, rows: rng.uniform(1990.0, 2020.0, rows),
    "over decades": lambda rng, rows: 10 ** rng.uniform(-2, 2, rows),
}


def _growing(rng: np.random.Generator, first: Array) -> Array:
    """Scatter that grows tenfold along the first column, while the mean stays where it is."""
    share = np.argsort(np.argsort(first)) / (len(first) - 1)
    return MEAN + (0.2 + 1.8 * share) * rng.normal(size=len(first))


#: Name of a noise → what makes it of a stream and the table's first column.
NOISES: dict[str, Callable[[np.random.Generator, Array], Array]] = {
    "normal": lambda rng, first: MEAN + rng.normal(size=len(first)),
    "heavy tails": lambda rng, first: MEAN + rng.standard_t(TAILS, len(first)),
    "counts": lambda rng, first: rng.poisson(MEAN, len(first)).astype(float),
    "factors": lambda rng, first: MEAN * np.exp(FACTOR * rng.normal(size=len(first))),
    "growing": _growing,
}


@dataclass(frozen=True)
class Question:
    """A table of noise to be searched.

    Attributes
    ----------
    rows, columns : int
    place : str
        Where the columns lie, a name of :data:`PLACES`.
    noise : str
        A name of :data:`NOISES`.
    seed : int
        Of all tables.
    index : int
        Which of the tables of these rows it is.
    effort : float
        Of the search.
    """

    rows: int
    columns: int
    place: str
    noise: str
    seed: int
    index: int
    effort: float


def questions(tables: int, seed: int, effort: float) -> list[Question]:
    """So many tables of each shape."""
    return [
        Question(rows, *kind, seed, index, effort)
        for rows, columns in SHAPES
        for index, kind in enumerate(islice(_kinds(columns), tables))
    ]


def _kinds(columns: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    """All kinds in an order drawn by lot, again and again."""
    every = list(product(columns, PLACES, NOISES))
    rng = np.random.default_rng(len(every))
    while True:
        yield from (every[k] for k in rng.permutation(len(every)))


def noise_table(asked: Question) -> Table:
    """The table of a question.

    >>> table = noise_table(Question(10, 2, "about the mean", "counts", 0, 3, 1.0))
    >>> table.X.shape, table.y.tolist()
    ((10, 2), [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 2.0, 1.0, 4.0, 5.0])
    """
    rng = np.random.default_rng([asked.seed, asked.rows, asked.columns, asked.index])
    X = np.column_stack([PLACES[asked.place](rng, asked.rows) for _ in range(asked.columns)])
    names = tuple(f"x{k + 1}" for k in range(asked.columns))
    return Table(names, X, "y", NOISES[asked.noise](rng, X[:, 0]))


def answer(asked: Question) -> Row:
    """Whether the answer is a constant, and what it leaves beside the mean."""
    data = noise_table(asked)
    found = searched(data, asked.effort)
    left = np.mean((data.y - found.formula.predict(data.X)) ** 2)
    return {
        "constant": found.constant,
        "ratio": float(f"{left / np.var(data.y):.4g}"),
        "formula": str(found.formula),
        "effort spent": round(found.effort, 3),
    }


def sections(rows: Sequence[Row]) -> Iterator[str]:
    """Shares by what the tables differ in, and the answers that are farthest from a law."""
    by: dict[str, Callable[[Row], tuple[Any, ...]]] = {
        "Rows and columns": lambda r: (r["rows"], "1–5" if r["columns"] <= 5 else "12"),
        "Columns": lambda r: (r["columns"],),
        "Where the columns lie": lambda r: (r["place"],),
        "Kind of noise": lambda r: (r["noise"],),
    }
    yield from (f"## {name}\n\n{_shares(rows, label)}" for name, label in by.items())
    yield from _wrong(rows)


HEAD = ("", "tables", "not a constant", "%", "95 %", "worse than the mean", "median effort")


def _shares(rows: Sequence[Row], label: Callable[[Row], tuple[Any, ...]]) -> str:
    """A line for each label, and one for all of them."""
    labels = sorted(set(map(label, rows)))
    parts = [(" × ".join(map(str, own)), [r for r in rows if label(r) == own]) for own in labels]
    return table(HEAD, [_share(name, part) for name, part in [*parts, ("all", rows)]])


def _share(name: str, part: Sequence[Row]) -> list[object]:
    wrong = sum(not r["constant"] for r in part)
    low, high = (100 * end for end in interval(wrong, len(part)))
    worse = sum(r["ratio"] > WORSE for r in part)
    share = f"{100 * wrong / len(part):.1f}", f"{low:.0f}–{high:.0f}"
    return [name, len(part), wrong, *share, worse, f"{np.median([r['effort spent'] for r in part]):.1f}"]


def _wrong(rows: Sequence[Row]) -> Iterator[str]:
    """The answers that leave most of the target's variance, the farthest from a law."""
    yield "## Answers that are no constant"
    wrong = sorted((r for r in rows if not r["constant"]), key=lambda r: -r["ratio"])[:LISTED]
    if not wrong:
        yield "None."
        return
    yield f"The {len(wrong)} that leave most, as a share of what the mean leaves."
    names = ("rows", "columns", "place", "noise", "ratio")
    lines = ([*(r[name] for name in names), code(r["formula"])] for r in wrong)
    yield table((*names[:-1], "left", "answer"), lines)


STUDY = Study(
    "pure_noise",
    "Pure noise",
    __doc__,
    questions,
    answer,
    sections,
    tables=200,
    effort=3.0,
)

if __name__ == "__main__":
    STUDY.main()
