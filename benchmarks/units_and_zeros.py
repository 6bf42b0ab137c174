"""Whether the law depends on units and zeros: ``python -m benchmarks.units_and_zeros`` writes its page.

Thirty tables of laws as people measure them, one or two columns, 20 to 200 rows, noise of 1 to 5 % of the
target's spread, constants drawn at random. Each is searched as it is, in five other units, and with three
other zeros, and the chosen formulas are brought back to the first units and compared.

Two formulas are the same law when, all numbers but whole exponents set free (:mod:`kantools.bench.form`),
each can draw the other's curve to a millionth of its spread. With another zero the formula of the table as it
was has its zeros free too: a line stays a line, and ``a*x**p`` becomes ``a*(x - c)**p``. Where the law's form
has no room for another zero, as a power has none, the table with another zero may well ask for another law;
such forms are counted apart. The distance is the root mean square difference of the two curves in standard
deviations of the noise.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy

from benchmarks.kept import Row
from benchmarks.page import code, table
from benchmarks.same_form import SAME, fit
from benchmarks.searched import searched
from benchmarks.study import Study
from kantools.bench.form import with_factors
from kantools.symbolic.evaluate import column_symbols, compile_expression
from kantools.table import Table

__all__ = [
    "CHANGES",
    "FORMS",
    "STUDY",
    "Change",
    "Form",
    "Question",
    "answer",
    "questions",
    "same_law",
    "sections",
]

#: Rows of a table, and noise over the target's spread: the least and the most.
ROWS, NOISE = (20, 200), (0.01, 0.05)
LISTED = 20

Array = np.ndarray


@dataclass(frozen=True)
class Form:
    """A law whose constants are drawn.

    Attributes
    ----------
    name, formula : str
    between : dict of str to (float, float)
        Columns x and z first, then constants, each between two values.
    anywhere : bool
        Whether another zero of the columns leaves it the form that it is.
    """

    name: str
    formula: str
    between: dict[str, tuple[float, float]]
    anywhere: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return ("x", "z") if "z" in self.between else ("x",)


ALONG, BESIDE = (0.2, 8.0), (1.0, 5.0)
FORMS = (
    Form("line", "a + b*x", {"x": ALONG, "a": (-3, 3), "b": (0.3, 3)}, anywhere=True),
    Form(
        "parabola",
        "a + b*x + c*x**2",
        {"x": ALONG, "a": (-3, 3), "b": (1, 3), "c": (-1, -0.3)},
        anywhere=True,
    ),
    Form("decay", "a*exp(-k*x)", {"x": ALONG, "a": (0.5, 5), "k": (0.2, 0.6)}, anywhere=True),
    Form(
        *("decay with offset", "c + a*exp(-k*x)"),
        {"x": ALONG, "c": (0.5, 2), "a": (0.5, 5), "k": (0.3, 0.8)},
        anywhere=True,
    ),
    Form("saturation", "v*x/(h + x)", {"x": ALONG, "v": (0.5, 5), "h": (0.5, 4)}),
    Form("power", "a*x**p", {"x": ALONG, "a": (0.5, 5), "p": (1.2, 2.8)}),
    Form(
        "plane",
        "a + b*x + c*z",
        {"x": ALONG, "z": BESIDE, "a": (-3, 3), "b": (0.3, 3), "c": (-3, -0.3)},
        anywhere=True,
    ),
    Form("powers", "a*x**p/z**q", {"x": ALONG, "z": BESIDE, "a": (0.5, 5), "p": (0.4, 1.6), "q": (0.4, 1.6)}),
    Form(
        *("decay and line", "a*exp(-k*x) + b*z"),
        {"x": ALONG, "z": BESIDE, "a": (2, 5), "k": (0.3, 0.8), "b": (0.3, 1)},
        anywhere=True,
    ),
    Form(
        *("saturation and root", "v*x/(h + x) + b*sqrt(z)"),
        {"x": ALONG, "z": BESIDE, "v": (2, 5), "h": (0.5, 4), "b": (0.5, 2)},
    ),
)


@dataclass(frozen=True)
class Change:
    """Other units and zeros: ``factor*x + shift`` of every column, ``scale*y + offset`` of the target.

    Attributes
    ----------
    factor, scale : float
    shift, offset : float
        In widths of a column, and in spreads of the target.
    """

    factor: float = 1.0
    scale: float = 1.0
    shift: float = 0.0
    offset: float = 0.0

    @property
    def zero(self) -> bool:
        """Whether it is one of zeros."""
        return self.shift != 0 or self.offset != 0

    @property
    def name(self) -> str:
        """Of what is changed.

        >>> Change(60, 1e3).name, Change(shift=1000).name
        ('x × 60, y × 1000', 'x +1000 widths')
        """
        parts = (("x × {:g}", self.factor, 1), ("y × {:g}", self.scale, 1))
        parts += (("x {:+g} widths", self.shift, 0), ("y {:+g} spreads", self.offset, 0))
        return ", ".join(text.format(value) for text, value, none in parts if value != none) or "as it is"

    def of(self, table: Table) -> Table:
        """The table with it."""
        shift, offset = self._added(table)
        return replace(table, X=self.factor * table.X + shift, y=self.scale * table.y + offset)

    def undone(self, expression: Any, table: Table) -> Any:
        """A formula of the changed table as one of the table."""
        shift, offset = self._added(table)
        symbols = [sympy.Symbol(c) for c in table.columns]
        back = {s: self.factor * s + float(d) for s, d in zip(symbols, shift, strict=True)}
        return (expression.xreplace(back) - offset) / self.scale

    def _added(self, table: Table) -> tuple[Array, float]:
        return self.shift * np.ptp(table.X, axis=0), self.offset * float(np.std(table.y))


AS_IT_IS = Change()
CHANGES = (
    *(Change(1e3), Change(1e-6), Change(1, 1e-3), Change(60, 1e3), Change(2.54, 1e-6)),
    *(Change(shift=1000), Change(shift=-30), Change(offset=1000)),
)


@dataclass(frozen=True)
class Question:
    """A table to be searched in all its units.

    Attributes
    ----------
    form : str
        Name of one of :data:`FORMS`.
    seed, index : int
        Of all tables, and which of them it is.
    effort : float
        Of each search.
    """

    form: str
    seed: int
    index: int
    effort: float


def questions(tables: int, seed: int, effort: float) -> list[Question]:
    """So many tables, of one form after the other."""
    return [Question(FORMS[k % len(FORMS)].name, seed, k, effort) for k in range(tables)]


def drawn(asked: Question) -> tuple[Table, str, float]:
    """The table of a question, its law, and the standard deviation of its noise.

    >>> table, law, sigma = drawn(Question("line", 0, 0, 1.0))
    >>> table.rows, law, round(sigma, 3)
    (87, '0.411*x - 1.38', 0.044)
    """
    form = next(f for f in FORMS if f.name == asked.form)
    rng = np.random.default_rng([asked.seed, asked.index])
    rows = round(float(np.exp(rng.uniform(*np.log(ROWS)))))
    names = [name for name in form.between if name not in form.columns]
    constants = {name: float(f"{rng.uniform(*form.between[name]):.3g}") for name in names}
    law = sympy.sympify(form.formula).subs(constants)
    X = np.column_stack([rng.uniform(*form.between[c], rows) for c in form.columns])
    y = _values(law, form.columns, X)
    sigma = float(rng.uniform(*NOISE) * np.std(y))
    return Table(form.columns, X, "y", y + rng.normal(0, sigma, rows)), str(law), sigma


def _values(expression: Any, columns: Sequence[str], X: Array) -> Array:
    return compile_expression(expression, column_symbols(columns), []).value(X, np.array([]))


def answer(asked: Question) -> Row:
    """The formula in each units and zeros, whether it is the same law, and how far it is off."""
    data, law, sigma = drawn(asked)
    first = searched(data, asked.effort).formula
    found = [searched(change.of(data), asked.effort).formula for change in CHANGES]
    back = [c.undone(f.expression, data) for c, f in zip(CHANGES, found, strict=True)]
    curve = first.predict(data.X)
    same = [same_law(first.expression, b, data, zero=c.zero) for c, b in zip(CHANGES, back, strict=True)]
    apart = [float(np.sqrt(np.mean((_values(b, data.columns, data.X) - curve) ** 2))) / sigma for b in back]
    return {
        "rows": data.rows,
        "law": law,
        "formula": str(first),
        "changed": {
            c.name: {"same": s, "distance": float(f"{d:.3g}"), "formula": str(f)}
            for c, s, d, f in zip(CHANGES, same, apart, found, strict=True)
        },
    }


def same_law(first: Any, other: Any, table: Table, *, zero: bool = False) -> bool:
    """Whether each of two formulas can draw the other's curve over a table.

    Parameters
    ----------
    first, other : sympy.Expr
        In the table's columns.
    table : Table
    zero : bool
        Whether ``other`` was found with other zeros, so that those of ``first`` are free.

    Examples
    --------
    >>> x = sympy.Symbol("x")
    >>> some = Table(("x",), np.linspace(1, 3, 30)[:, None], "y", np.ones(30))
    >>> same_law(x / (x + 1), 1.9 * x / (2.1 * x + 2), some), same_law(x**2, x**2.1, some)
    (True, False)
    >>> same_law(x**1.5, (x + 0.1) ** 1.4, some), same_law(x**1.5, (x + 0.1) ** 1.4, some, zero=True)
    (False, True)
    """
    there = _can_draw(first, other, table, zero=zero)
    return there and _can_draw(other, first, table, zero=False)


def _can_draw(expression: Any, other: Any, table: Table, *, zero: bool) -> bool:
    """Whether an expression, its numbers free and its zeros if need be, can become another one."""
    curve = _values(other, table.columns, table.X)
    template, factors = with_factors(expression)
    zeros = sympy.symbols(f"zero:{len(table.columns) + 1}", cls=sympy.Dummy) if zero else ()
    if zero:
        template = template.xreplace(_moved(table.columns, zeros)) + zeros[-1]
    program = compile_expression(template, column_symbols(table.columns), [*factors, *zeros])
    start = np.array([1.0] * len(factors) + [0.0] * len(zeros))
    values = fit(program, start, table.X, curve, np.ones(table.rows))
    left = np.linalg.norm(program.value(table.X, values) - curve)
    spread = np.linalg.norm(curve - curve.mean())
    return bool(left <= SAME * max(spread, SAME * np.linalg.norm(curve)))


def _moved(columns: Sequence[str], zeros: Sequence[Any]) -> dict[Any, Any]:
    return {x: x + zero for x, zero in zip(map(sympy.Symbol, columns), zeros, strict=False)}


def sections(rows: Sequence[Row]) -> Iterator[str]:
    """Tables with one law in all units and zeros, each change, and the laws that are farthest apart."""
    yield table(("", "tables", "the same law in all", "%"), _counts(rows))
    yield table(("change", "the same law", "%", "median distance", "largest"), _changes(rows))
    yield "## Where the law is another"
    yield from _worst(rows)


def _counts(rows: Sequence[Row]) -> Iterator[list[object]]:
    free = {form.name for form in FORMS if form.anywhere}
    yield _count("units", rows, lambda change: not change.zero)
    yield _count("zeros, forms that have room", [r for r in rows if r["form"] in free], lambda c: c.zero)
    yield _count("zeros, other forms", [r for r in rows if r["form"] not in free], lambda c: c.zero)


def _count(name: str, rows: Sequence[Row], which: Callable[[Change], bool]) -> list[object]:
    names = [change.name for change in CHANGES if which(change)]
    same = sum(all(r["changed"][n]["same"] for n in names) for r in rows)
    return [name, len(rows), same, f"{100 * same / max(len(rows), 1):.0f}"]


def _changes(rows: Sequence[Row]) -> Iterator[list[object]]:
    for change in CHANGES:
        found = [r["changed"][change.name] for r in rows]
        same, distances = sum(f["same"] for f in found), [f["distance"] for f in found]
        share = f"{100 * same / len(found):.0f}"
        yield [change.name, same, share, f"{np.median(distances):.2g}", f"{max(distances):.2g}"]


def _worst(rows: Sequence[Row]) -> Iterator[str]:
    """Other laws, the farthest apart first."""
    other = [(r, n, f) for r in rows for n, f in r["changed"].items() if not f["same"]]
    other.sort(key=lambda each: -each[2]["distance"])
    if not other:
        yield "Nowhere."
        return
    yield f"The {min(len(other), LISTED)} that are farthest apart, of {len(other)}."
    head = ("rows", "law", "as it is", "change", "then", "distance")
    yield table(
        head,
        (
            [r["rows"], code(r["law"]), code(r["formula"]), n, code(f["formula"]), f"{f['distance']:g}"]
            for r, n, f in other[:LISTED]
        ),
    )


STUDY = Study(
    "units_and_zeros",
    "Units and zeros",
    __doc__,
    questions,
    answer,
    sections,
    tables=30,
    effort=1.0,
)

if __name__ == "__main__":
    STUDY.main()
