"""How weak a law may be to be found: ``python -m benchmarks.power`` writes ``docs/power.md``.

Laws of few constants, drawn anew for each table, in few rows with noise that is a given share of what the law
varies by. It is counted how often something other than a constant is answered, and how often that has the
form of the law. Beside it stands what three criteria say of the law against a constant: an F-test at 5 %,
AICc and BIC. They are told the form and start from its true constants; a search knows neither. In the first
rows there is nothing to be found, and the criteria are asked about a line: what they find there is the price
of what they find below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy
from scipy.stats import f as fisher

from benchmarks.kept import Row
from benchmarks.page import ROOT, table
from benchmarks.same_form import SAME, becomes, drawn_by, fit
from benchmarks.searched import searched
from benchmarks.study import Study
from kantools.symbolic.evaluate import Program, column_symbols, compile_expression
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["LAWS", "STUDY", "Law", "Question", "answer", "questions", "sections", "verdicts"]

FIGURE = ROOT / "docs" / "images" / "power.png"
ROWS = (6, 8, 12, 20, 50)
#: Standard deviation of the noise, as a share of the law's own over the rows.
NOISES = (0.1, 0.3, 1.0)
#: Of the F-test.
LEVEL = 0.05
#: The first column is measured evenly over this range, another one anywhere in it.
RANGE = (0.0, 10.0)

Array = np.ndarray


@dataclass(frozen=True)
class Law:
    """A law whose constants are drawn.

    Attributes
    ----------
    name : str
    formula : str
        In the columns x and z and its constants.
    columns : tuple of str
        Of the table; not all of them need stand in the formula.
    between : dict of str to (float, float)
        Its constants, each drawn evenly between two values.
    """

    name: str
    formula: str
    columns: tuple[str, ...]
    between: dict[str, tuple[float, float]]

    @cached_property
    def program(self) -> Program:
        constants = sympy.symbols(list(self.between))
        return compile_expression(sympy.sympify(self.formula), column_symbols(self.columns), constants)

    def draw(self, rng: np.random.Generator) -> Array:
        """Its constants."""
        return np.array([rng.uniform(*ends) for ends in self.between.values()])


ONE, TWO = ("x",), ("x", "z")
LAWS = {
    law.name: law
    for law in (
        Law("line", "a + b*x", ONE, {"a": (0.5, 5), "b": (0.1, 1)}),
        Law("decay", "a*exp(-k*x)", ONE, {"a": (0.5, 5), "k": (0.1, 0.5)}),
        Law("saturation", "v*x/(h + x)", ONE, {"v": (0.5, 5), "h": (0.7, 5)}),
        Law("sigmoid", "a/(1 + exp((m - x)/w))", ONE, {"a": (0.5, 5), "m": (3, 7), "w": (0.4, 1.2)}),
        Law("one column of two", "a + b*x", TWO, {"a": (0.5, 5), "b": (0.1, 1)}),
    )
}
#: What the criteria are asked about where there is nothing.
NOTHING, ASKED = "nothing", "line"


@dataclass(frozen=True)
class Question:
    """A table of a weak law to be searched.

    Attributes
    ----------
    law : str
        A name of :data:`LAWS`, or ``"nothing"``.
    rows : int
    noise : float
        Its standard deviation over that of the law.
    seed, index : int
        Of all tables, and which of those of this kind it is.
    effort : float
        Of the search.
    """

    law: str
    rows: int
    noise: float
    seed: int
    index: int
    effort: float

    @property
    def asked(self) -> Law:
        """The law that the criteria are asked about."""
        return LAWS[ASKED if self.law == NOTHING else self.law]


def questions(tables: int, seed: int, effort: float) -> list[Question]:
    """So many tables of each law with each number of rows and noise; of nothing with one noise."""
    kinds = [(NOTHING, 1.0), *((law, noise) for law in LAWS for noise in NOISES)]
    return [
        Question(law, rows, noise, seed, index, effort)
        for law, noise in kinds
        for rows in ROWS
        for index in range(tables)
    ]


@dataclass(frozen=True)
class Drawn:
    """A table, the constants that it was made with, and the law without noise."""

    table: Table
    constants: Array
    clean: Array


def drawn(asked: Question) -> Drawn:
    """The table of a question.

    >>> some = drawn(Question("line", 6, 0.3, 0, 0, 1.0))
    >>> some.table.X[:, 0].tolist(), some.constants.round(2).tolist()
    ([0.0, 2.0, 4.0, 6.0, 8.0, 10.0], [4.69, 0.99])
    """
    law = asked.asked
    name = (NOTHING, *LAWS).index(asked.law)
    rng = np.random.default_rng([asked.seed, asked.index, name, asked.rows, round(100 * asked.noise)])
    along = [np.linspace(*RANGE, asked.rows)]
    X = np.column_stack(along + [rng.uniform(*RANGE, asked.rows) for _ in law.columns[1:]])
    constants = law.draw(rng)
    clean = law.program.value(X, constants)
    sigma = asked.noise * np.std(clean)
    kept = np.full_like(clean, clean.mean()) if asked.law == NOTHING else clean
    return Drawn(Table(law.columns, X, "y", kept + rng.normal(0, sigma, asked.rows)), constants, kept)


def answer(asked: Question) -> Row:
    """What the search answers, and what the criteria say."""
    given = drawn(asked)
    found = searched(given.table, asked.effort)
    return {
        "kantools": not found.constant,
        "form": asked.law != NOTHING and of_form(found.formula, asked.asked, given),
        **verdicts(asked.asked, given),
        "formula": str(found.formula),
        "effort spent": round(found.effort, 3),
    }


def of_form(formula: Formula, law: Law, given: Drawn) -> bool:
    """Whether the constants of one can be set so that it is the other, as in :mod:`benchmarks.real_data`."""
    X = np.column_stack([np.linspace(*RANGE, 200), *np.tile(given.table.X[:, 1:], (200, 1))[:200].T])
    if drawn_by(law.program, given.constants, X, formula.predict(X))[0] < SAME:
        return True
    return becomes(formula, X, law.program.value(X, given.constants), len(law.between) + 1)[0] < SAME


def verdicts(law: Law, given: Drawn) -> dict[str, bool]:
    """Whether F-test, AICc and BIC prefer the law to a constant, both fitted by least squares.

    Examples
    --------
    >>> verdicts(LAWS["line"], drawn(Question("line", 20, 0.3, 0, 0, 1.0)))
    {'F-test': True, 'AICc': True, 'BIC': True}
    >>> verdicts(LAWS["line"], drawn(Question("nothing", 20, 1.0, 0, 0, 1.0)))
    {'F-test': False, 'AICc': False, 'BIC': False}
    """
    X, y = given.table.X, given.table.y
    fitted = law.program.value(X, fit(law.program, given.constants, X, y, np.ones(len(y))))
    left, total, p, n = np.sum((y - fitted) ** 2), np.sum((y - y.mean()) ** 2), len(law.between), len(y)
    ratio = (total - left) / (p - 1) / (left / (n - p))
    gain = n * np.log(total / left)  # twice the log likelihood that the law gains
    return {
        "F-test": bool(fisher.sf(ratio, p - 1, n - p) < LEVEL),
        "AICc": bool(gain > _corrected(p + 1, n) - _corrected(2, n)),
        "BIC": bool(gain > (p - 1) * np.log(n)),
    }


def _corrected(k: int, n: int) -> float:
    """AICc's price of k parameters, the noise's among them (C. Hurvich, C.-L. Tsai, Biometrika 76, 1989)."""
    return 2 * k + 2 * k * (k + 1) / (n - k - 1)


COUNTED = ("kantools", "form", "F-test", "AICc", "BIC")


def sections(rows: Sequence[Row]) -> Iterator[str]:
    """The picture, and a line for each law, noise and number of rows."""
    yield "![Share of tables in which the law is found, over rows](images/power.png)"
    names = ("law", "noise", "rows", "tables", "found, %", "right form, %", *(f"{n}, %" for n in COUNTED[2:]))
    yield table(names, _lines(rows))


def _lines(rows: Sequence[Row]) -> Iterator[list[object]]:
    for (law, noise), part in _curves(rows).items():
        for count in sorted({r["rows"] for r in part}):
            these = [r for r in part if r["rows"] == count]
            yield [law, f"{noise:g}", count, len(these), *(f"{_share(these, n):.0f}" for n in COUNTED)]


def _curves(rows: Sequence[Row]) -> dict[tuple[str, float], list[Row]]:
    found: dict[tuple[str, float], list[Row]] = {}
    for row in rows:
        found.setdefault((row["law"], row["noise"]), []).append(row)
    return found


def _share(rows: Sequence[Row], name: str) -> float:
    return 100 * sum(row[name] for row in rows) / len(rows)


def draw(rows: Sequence[Row]) -> None:
    """Shares over rows, a panel for each law and noise."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    curves = {key: part for key, part in _curves(rows).items() if key[0] != NOTHING}
    figure = Figure(figsize=(2.8 * len(NOISES), 1.9 * len(LAWS)), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(len(LAWS), len(NOISES), sharex=True, sharey=True, squeeze=False)
    for axes, ((law, noise), part) in zip(panels.flat, curves.items(), strict=True):
        _panel(axes, part)
        axes.set_title(f"{law}, noise {noise:g}", fontsize=8)
    panels[0, 0].legend(fontsize=6)
    figure.supxlabel("rows", fontsize=8)
    figure.supylabel("tables (%)", fontsize=8)
    figure.savefig(FIGURE, dpi=110)


STYLES = dict(zip(COUNTED, ("C0o-", "C0o--", "C3.-", "C1.-", "C2.-"), strict=True))


def _panel(axes: Any, part: Sequence[Row]) -> None:
    counts = sorted({r["rows"] for r in part})
    for name in COUNTED:
        shares = [_share([r for r in part if r["rows"] == count], name) for count in counts]
        label = {"kantools": "kantools: found", "form": "kantools: right form"}.get(name, name)
        axes.semilogx(counts, shares, STYLES[name], markersize=3, linewidth=1, label=label)
    axes.set_xticks(counts, map(str, counts), minor=False)
    axes.minorticks_off()
    axes.set_ylim(-5, 105)
    axes.tick_params(labelsize=7)


STUDY = Study(
    "power",
    "Weak laws",
    __doc__,
    questions,
    answer,
    sections,
    tables=10,
    effort=1.0,
    draw=draw,
)

if __name__ == "__main__":
    STUDY.main()
