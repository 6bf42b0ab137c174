"""Changes of unit and zero are undone, formulas compared, and the page counts which law stays."""

import numpy as np
import pytest
import sympy

from benchmarks.units_and_zeros import CHANGES, FORMS, STUDY, drawn, questions, same_law
from kantools.symbolic.evaluate import column_symbols, compile_expression
from kantools.table import Table

x, z = sympy.symbols("x z")
SOME = Table(("x",), np.linspace(1, 3, 30)[:, None], "y", np.linspace(2, 5, 30))


def values(expression: sympy.Expr, table: Table) -> np.ndarray:
    return compile_expression(expression, column_symbols(table.columns), []).value(table.X, np.array([]))


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.name)
def test_a_formula_of_the_changed_table_comes_back(change):
    data = drawn(questions(10, 0, 1.0)[6])[0]  # two columns
    other = change.of(data)
    assert not np.array_equal(np.column_stack([other.X, other.y]), np.column_stack([data.X, data.y]))
    plane = 3 * x - 0.5 * z + 2
    there = values(plane, other)
    shift, scale = change.offset * np.std(data.y), change.scale
    np.testing.assert_allclose(values(change.undone(plane, data), data), (there - shift) / scale, rtol=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "units", "zeros"),
    [
        (2.1 * x + 1.0, 0.3 * x - 7.2, True, True),
        (x / (x + 1), 0.7 * x / (1.4 * x + 0.9), True, True),
        (sympy.sqrt(x), 1.3 * x**0.61, True, True),
        (2.0 * sympy.exp(-0.5 * x), 1.2 * sympy.exp(-0.8 * x), True, True),
        (2.0 * sympy.exp(-0.5 * x), 1.2 * sympy.exp(-0.8 * x) + 4, False, True),
        (1.4 * x**1.5, 1.4 * (x + 0.8) ** 1.5, False, True),
        (1.4 * x**2, 1.4 * x**3, False, False),
        (2.1 * x + 1.0, 2.1 * x + 0.1 * x**2, False, False),
        (sympy.exp(-x), 1 / (x + 1), False, False),
        (sympy.Integer(2), sympy.Integer(3), True, True),
        (sympy.Integer(2), 3 * x, False, False),
    ],
)
def test_what_is_the_same_law(one, other, units, zeros):
    assert same_law(one, other, SOME) is units
    assert same_law(one, other, SOME, zero=True) is zeros


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.name)
def test_noise_is_as_measured(form):
    question = next(q for q in questions(len(FORMS), 3, 1.0) if q.form == form.name)
    data, law, sigma = drawn(question)
    assert 20 <= data.rows <= 200
    off = data.y - values(sympy.sympify(law), data)
    assert np.std(off) == pytest.approx(sigma, rel=0.5)
    assert 0.008 < sigma / np.std(data.y) < 0.055


def row(form: str, *, units: bool, zeros: bool) -> dict[str, object]:
    def one(change):
        same = zeros if change.zero else units
        return {"same": same, "distance": 0.1 if same else 9.0, "formula": "y = x"}

    changed = {change.name: one(change) for change in CHANGES}
    return {
        "form": form,
        "rows": 50,
        "law": "a*x",
        "formula": "y = 3*x",
        "changed": changed,
        "version": "0.1",
    }


def test_the_page_counts_tables_with_one_law():
    text = STUDY.page([row("line", units=True, zeros=False), row("power", units=False, zeros=True)])
    assert "| units | 2 | 1 | 50 |" in text
    assert "| zeros, forms that have room | 1 | 0 | 0 |" in text
    assert "| zeros, other forms | 1 | 1 | 100 |" in text
    assert "| x × 1000 | 1 | 50 | 4.5 | 9 |" in text
    assert "| 50 | `a*x` | `y = 3*x` | x +1000 widths | `y = x` | 9 |" in text
    assert STUDY.page([row("line", units=True, zeros=True)]).endswith("Nowhere.\n")
