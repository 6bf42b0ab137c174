"""Small measured tables that once got the wrong law; each stands for a kind of table.

The tables are those of ``tests/cases``. The searches are limited in effort, so that they answer alike on
every machine.
"""

import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sympy

from benchmarks.same_form import SAME, drawn_by
from benchmarks.searched import searched
from kantools import SymbolicRegressor
from kantools.reading import read_table
from kantools.symbolic.evaluate import column_symbols, compile_expression
from kantools.symbolic.formula import Formula
from kantools.table import Table

pytestmark = pytest.mark.slow

CASES = Path(__file__).parent / "cases"
EFFORT = 5.0
#: Largest rate and half-saturation of the saturation, with their standard errors.
RATE, HALF = (0.00531, 0.00012), (0.440, 0.031)

Array = np.ndarray


def table(name: str, target: str) -> Table:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a word about a column of labels
        return read_table(CASES / f"{name}.csv", target=target)


@cache
def found(name: str, target: str) -> Formula:
    return searched(table(name, target), EFFORT).formula


def constants_of(law: str, formula: Formula, X: Array, curve: Array, **start: float) -> dict[str, float]:
    """The constants with which a law in the first column is the curve; none where it cannot be."""
    names = list(start)
    text = sympy.sympify(law, locals={name: sympy.Symbol(name) for name in ("x", *names)})
    program = compile_expression(text, [sympy.Symbol("x")], sympy.symbols(names))
    gap, values = drawn_by(program, np.array(list(start.values())), X, curve)
    return dict(zip(names, values.tolist(), strict=True)) if gap < SAME else {}


def along(data: Table, column: str) -> tuple[Array, Array]:
    """Points over the range of a column, and rows in which the other columns are as large."""
    x = np.linspace(*np.quantile(data.X[:, data.columns.index(column)], [0, 1]), 200)
    return x[:, None], np.tile(x[:, None], (1, len(data.columns)))


@pytest.mark.parametrize("unit", [1.0, 1e-6, 1e-3, 60.0, 1e3, 1e6])
def test_a_saturation_in_any_unit(unit):
    data = table("saturation", "v")
    data = replace(data, X=unit * data.X)
    formula = searched(data, EFFORT).formula
    x, X = along(data, "S")
    law = constants_of("v*x/(k + x)", formula, x, formula.predict(X), v=0.005, k=0.5 * unit)
    assert law, str(formula)
    assert law["v"] == pytest.approx(RATE[0], abs=2 * RATE[1])
    assert law["k"] / unit == pytest.approx(HALF[0], abs=2 * HALF[1])


def test_an_index_is_no_input():
    formula = found("adsorption-index", "Y")
    assert {str(s) for s in formula.expression.free_symbols} == {"X"}


def test_an_adsorption():
    """Chosen or told beside it: 12 rows tell it from ``a*(1 - exp(-k*X))`` by less than a nat."""
    data = table("adsorption-index", "Y")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a word about the index
        model = SymbolicRegressor(effort=EFFORT, random_state=0).fit_table(data)
    x, X = along(data, "X")
    told = (model.formula_, *model.rivals_)
    laws = (constants_of("q*k*x/(1 + k*x)", f, x, f.predict(X), q=4000.0, k=0.01) for f in told)
    assert any(laws), str(model.formula_)


def test_a_sigmoid_in_seven_rows():
    formula, data = found("seven-rows", "y"), table("seven-rows", "y")
    below, above = formula.predict(np.array([[200.0], [2500.0]]))
    assert len(formula.free) <= 3
    assert np.sqrt(np.mean((formula.predict(data.X) - data.y) ** 2)) < 0.05
    assert below == pytest.approx(0, abs=0.1)
    assert above == pytest.approx(0.95, abs=0.15)


def test_a_vapour_pressure_over_decades():
    formula, data = found("vapour-decades", "Pv (Pa)"), table("vapour-decades", "Pv (Pa)")
    curve = formula.predict(data.X)
    assert np.abs(np.log(curve / data.y)).max() < np.log(3)  # of all decades, not of the highest alone
    law = "b - a/(x + c)"  # Antoine's, which is Arrhenius's with c = 0
    assert constants_of(law, formula, data.X, np.log(curve), b=23.0, a=2000.0, c=1.0), str(formula)


def test_a_decay_with_offset_whose_column_stands_there_twice():
    formula, data = found("twice-the-column", "z"), table("twice-the-column", "z")
    x, X = along(data, "x0")
    assert constants_of("c + a*exp(-k*x)", formula, x, formula.predict(X), c=0.3, a=2.7, k=1.0), str(formula)


def test_equal_columns_are_told():
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        SymbolicRegressor(effort=0, random_state=0).fit_table(table("twice-the-column", "z"))
    assert any("x0" in str(w.message) and "x1" in str(w.message) for w in told)


def test_two_levels():
    formula, data = found("two-levels", "y"), table("two-levels", "y")
    np.testing.assert_allclose(formula.predict(data.X), data.y, atol=1e-6)


def test_a_line_over_unix_time():
    formula, data = found("unix-time", "temperature"), table("unix-time", "temperature")
    x, X = along(data, "time")
    centred = x - x.mean()
    law = constants_of("a + b*x", formula, centred, formula.predict(X), a=25.0, b=0.003)
    assert law, str(formula)
    assert law["b"] == pytest.approx(0.0030, abs=1e-4)


def test_a_printed_formula_over_unix_time_draws_the_curve():
    formula, data = found("unix-time", "temperature"), table("unix-time", "temperature")
    printed = sympy.sympify(str(formula).split(" = ")[1])
    drawn = compile_expression(printed, column_symbols(data.columns), []).value(data.X, np.array([]))
    assert np.abs(drawn - formula.predict(data.X)).max() < 0.1 * np.std(formula.predict(data.X) - data.y)
