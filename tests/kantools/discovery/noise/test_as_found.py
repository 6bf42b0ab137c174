"""Rows weighed as a search has found their noise."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Symbol

from kantools.discovery import Discovery
from kantools.discovery.noise.as_found import as_found
from kantools.symbolic import Formula
from kantools.symbolic.fit.data import data_of
from kantools.table import Table

X = np.linspace(1, 3, 9)
LAW = Formula(("x",), "y", 2 * Symbol("x"))


def found(noise: str = "constant", scale: float = 1.0) -> Discovery:
    return Discovery((LAW,), LAW, None, None, (), 0.1, "finished", noise, scale=scale)  # type: ignore[arg-type]


def table(**more: object) -> Table:
    return Table(("x",), X[:, None], "y", 2 * X, **more)


def test_constant_scatter_leaves_rows_as_they_are() -> None:
    data = data_of(table())
    assert as_found(data, found()) is data
    known = data_of(table(sigma=np.full(9, 0.1)))
    assert as_found(known, found("given", scale=3.0)) is known


def test_scatter_in_proportion_weighs_by_the_law() -> None:
    rows = table()
    rows = replace(rows, y=rows.y * (1 + 0.05 * (-1.0) ** np.arange(9)))
    weight = as_found(data_of(rows), found("proportional")).weight
    np.testing.assert_allclose(weight * X**2, weight[0])


def test_a_scatter_that_was_found_is_the_unit() -> None:
    rows = as_found(data_of(table()), found(scale=0.5))
    assert (rows.known, rows.estimated) == (True, True)
    assert rows.weight == pytest.approx(np.full(9, 4.0))
