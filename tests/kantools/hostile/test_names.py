"""Whatever columns are called, formulas say so and are valid in every language."""

import ast
import json

import numpy as np
import pandas as pd
import pytest
import sympy

from kantools.reading import read_table
from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.written.latex_name import latex_name
from kantools.table import TableError, table_from_arrays
from tests.kantools.hostile.tables import NAMES
from tests.kantools.hostile.verdict import names_survive

GOOD = [n for n in dict.fromkeys(n.strip() for n in NAMES) if n and "\n" not in n]


def law(*names: str) -> Formula:
    """``target = 2.5*(first + second)**2 + pi*first``"""
    c0 = sympy.Symbol("k7")
    first, second = map(sympy.Symbol, names[:2])
    template = c0 * (first + second) ** 2 + sympy.pi * first
    return Formula(names[:2], names[2], template, (Constant(c0, 2.5, 0.01),), np.array([[1e-4]]))


@pytest.mark.parametrize("name", GOOD)
def test_a_formula_says_it(name):
    formula = law(name, "other", "target of all")
    said = str(formula)
    assert name in said or json.dumps(name, ensure_ascii=False) in said
    assert said.startswith("target of all = ")
    assert str(law("other", "more", name)).count(" = ") == 1 or "=" in name
    assert formula.predict(np.array([[1.0, 2.0]]))[0] == pytest.approx(22.5 + np.pi)
    bare = formula.latex().replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")


def test_names_that_could_be_misread():
    assert str(law("a-b", "3", "y")) == 'y = pi*"a-b" + 2.5*("3" + "a-b")**2'
    assert str(law("pi", "E", "y")) == 'y = pi*"pi" + 2.5*("pi" + E)**2'
    assert latex_name("$\\alpha_{1}$") == "\\alpha_{1}"
    assert latex_name("$\\alpha_{1$") == "\\mathrm{\\$\\backslash{}alpha\\_\\{1\\$}"
    assert latex_name("a^b") == "\\mathrm{a\\hat{\\ }b}"


@pytest.mark.parametrize("name", GOOD)
def test_python_and_json_are_valid(name):
    formula = law(name, "x0", "y_" if name == "y" else "y")
    ast.parse(EXPORTERS["python"](formula))
    ast.parse(EXPORTERS["torch"](formula))
    json.loads(EXPORTERS["json"](formula))


@pytest.mark.parametrize("name", ["", " ", "\t", "two\nlines", "a\u2028b", "nul\0"])
def test_names_that_are_refused(name):
    with pytest.raises(TableError, match=r"(is blank. Name it|visible characters; .* Rename it)\.$"):
        table_from_arrays(np.eye(6, 2), np.arange(6), ["a", name])


@pytest.mark.parametrize("name", GOOD)
def test_a_csv_file_keeps_them(name, tmp_path):
    frame = pd.DataFrame({name: range(6), "target": np.arange(6) ** 2})
    frame.to_csv(tmp_path / "t.csv", index=False)
    assert read_table(tmp_path / "t.csv", target="target").columns == (name,)


def test_a_search_keeps_them():
    from kantools.estimators.symbolic_regressor import SymbolicRegressor

    X = np.random.default_rng(0).uniform(1, 3, (30, 4))
    frame = pd.DataFrame(X, columns=["lambda", "x**2", "pi", "$\\alpha_{1}$"])
    y = pd.Series(X[:, 0] * X[:, 1] / X[:, 2], name="E")
    model = SymbolicRegressor(time_limit=3, random_state=0).fit(frame, y)
    assert str(model.formula_) == 'E = "x**2"*lambda/pi'
    names_survive(model)
