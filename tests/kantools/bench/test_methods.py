"""The methods: each file offers one, and what is not installed says so."""

import numpy as np
import pytest
import sympy

from kantools.bench import method as module
from kantools.bench.method import METHODS, method
from kantools.bench.methods import gplearn, pyoperon
from kantools.bench.task import Task
from kantools.catalogue import modules
from kantools.datasets import problem
from kantools.errors import SettingError
from kantools.table import Table

x, y = sympy.symbols("mass E")
TABLE = Table(("mass", "E"), np.ones((5, 2)), "z", np.ones(5))


def test_a_method_has_the_name_of_its_file():
    files = [m.__name__.rpartition(".")[2] for m in modules("kantools.bench.methods")]
    assert files == list(METHODS) == [m.name for m in METHODS.values()]


@pytest.mark.parametrize("name", ["pyoperon", "gplearn"])
def test_a_missing_peer_says_how_to_get_it(name, monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(SettingError, match=rf'"{name}" needs {name}.*pip install "kantools\[peers\]"'):
        method(name)


def test_a_method_without_units(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: name)
    with pytest.raises(SettingError, match=r'"pyoperon" cannot be told units\. Leave out --units'):
        method("pyoperon", units=True)


def test_operons_text():
    text = "(0.5 + (1.25 * ((X1 ^ 2) * square(sin(X0)))))"
    assert pyoperon.expression(text, TABLE.columns, [1, 1]) == 0.5 + 1.25 * y**2 * sympy.sin(x) ** 2


def test_very_small_numbers_are_in_other_units_for_operon():
    assert pyoperon.expression("(2 * X1)", TABLE.columns, [1, 1e-20]) == 2 * y / 1e-20
    assert pyoperon.unit_of(np.array([-2e-24, 1e-25])) == 1e-24
    assert pyoperon.unit_of(np.array([0.0, 0.0])) == 1


class Function:
    def __init__(self, name: str, arity: int) -> None:
        self.name, self.arity = name, arity


def test_gplearns_program():
    add, div, log = Function("add", 2), Function("div", 2), Function("log", 1)
    program = [add, div, np.int64(0), 0.123456789, log, 1]
    assert gplearn.expression(program, TABLE.columns) == x / 0.123456789 + sympy.log(sympy.Abs(y))


@pytest.mark.parametrize(("name", "asked"), [("I.12.1", True), ("I.12.1", False), ("Nguyen-9", True)])
def test_kantools_is_told_the_units_of_a_law_that_has_them(name, asked, fake_discovery, monkeypatch):
    told: list[object] = []
    search = fake_discovery.discover
    monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: told.append(k["units"]) or search(t, **k))
    law = problem(name)
    METHODS["kantools"].find(law.sample(20, seed=0), Task(name, rows=20, units=asked))
    assert told == [dict(law.units) if asked and law.units else None]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pyoperon", "gplearn"])
def test_peers_for_real(name):
    pytest.importorskip(name)
    law = problem("I.12.1")
    table = law.sample(100, seed=0)
    found = METHODS[name].find(table, Task("I.12.1", rows=100, limit=3, method=name))
    values = sympy.lambdify(sympy.symbols(table.columns), found.expression)(*table.X.T)
    np.testing.assert_allclose(found.predict(table.X), values, rtol=1e-5)
    np.testing.assert_allclose(values, table.y, rtol=1e-3)
