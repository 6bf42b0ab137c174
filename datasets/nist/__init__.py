"""The nonlinear regressions of NIST's Statistical Reference Datasets, with certified constants and errors.

Twenty-seven tables, each with a form, two sets of first values (the first far away, the second near), and the
least-squares constants, their standard errors and the residual sum of squares to eleven digits, computed by
NIST with extended precision. Whoever fits formulas can check here that he does it right.

National Institute of Standards and Technology, *Statistical Reference Datasets: Nonlinear Regression*,
https://www.itl.nist.gov/div898/strd/ (public domain; the files were taken from the copy in lmfit's source
distribution by a program). NIST's file for Rat43 states 9 degrees of freedom; its residual standard deviation
and its errors are those of 15 - 4 = 11, and so it is here.

>>> from kantools.datasets.nist import NIST
>>> len(NIST), NIST["Misra1a"].form
(27, b1*(1 - exp(-b2*x)))
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from typing import Any

import numpy as np

from kantools.datasets.expression import evaluate, parse
from kantools.table import Table

__all__ = ["NIST", "Certified"]


@dataclass(frozen=True)
class Certified:
    """A regression whose result is known.

    Attributes
    ----------
    name : str
    level : {"lower", "average", "higher"}
        Of difficulty, in NIST's opinion.
    model : str
        ``response = form`` in the columns and the constants ``b1``, ``b2``, …
    starts : tuple of two mappings of str to float
        First values, far away and near.
    values, errors : mapping of str to float
        Certified constants and their standard errors.
    rss : float
        Certified residual sum of squares.
    reference : str
        Where the data come from.
    columns : tuple of str
    rows : ndarray, shape (rows, 1 + columns)
        ``y`` and the columns.
    """

    name: str
    level: str
    model: str
    starts: tuple[Mapping[str, float], Mapping[str, float]]
    values: Mapping[str, float]
    errors: Mapping[str, float]
    rss: float
    reference: str
    columns: tuple[str, ...]
    rows: np.ndarray

    @property
    def response(self) -> str:
        """What the form is fitted to: ``y`` or a function of it."""
        return self.model.split(" = ", 1)[0]

    @cached_property
    def form(self) -> Any:
        """The form as a sympy expression in plain symbols."""
        return parse(self.model.split(" = ", 1)[1], (*self.columns, *self.values))

    def table(self) -> Table:
        """The rows, with the response as the target."""
        y = evaluate(parse(self.response, ("y",)), ("y",), self.rows[:, :1])
        return Table(self.columns, self.rows[:, 1:], self.response, y)


def _lines(name: str) -> list[dict[str, str]]:
    text = (files("kantools.datasets.nist") / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _by_problem(lines: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    return {name: list(group) for name, group in groupby(lines, key=lambda line: line["problem"])}


def _numbers(lines: list[dict[str, str]], key: str) -> dict[str, float]:
    return {line["constant"]: float(line[key]) for line in lines}


def _read() -> dict[str, Certified]:
    constants, rows = _by_problem(_lines("constants")), _by_problem(_lines("rows"))
    return {
        p["problem"]: _certified(p, constants[p["problem"]], rows[p["problem"]]) for p in _lines("problems")
    }


def _certified(
    problem: dict[str, str], constants: list[dict[str, str]], rows: list[dict[str, str]]
) -> Certified:
    columns = [c for c in ("x1", "x2") if rows[0][c]]
    return Certified(
        name=problem["problem"],
        level=problem["level"],
        model=problem["model"],
        starts=(_numbers(constants, "start1"), _numbers(constants, "start2")),
        values=_numbers(constants, "value"),
        errors=_numbers(constants, "error"),
        rss=float(problem["rss"]),
        reference=problem["reference"],
        columns=tuple(columns) if len(columns) > 1 else ("x",),
        rows=np.array([[float(row[c]) for c in ("y", *columns)] for row in rows]),
    )


#: The problems by name.
NIST: Mapping[str, Certified] = _read()
