"""What a search keeps when it begins again."""

import numpy as np
import sympy

from kantools.discovery import search as module
from kantools.discovery.ledger import Search
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.whole.draft import fit_draft
from kantools.table import Table

a, b = sympy.symbols("a b")
c = sympy.Symbol("c0")
X = np.random.default_rng(0).uniform(0.5, 5.0, (40, 2))


def begun(y: np.ndarray) -> Search:
    table = Table(("a", "b"), X, "y", y)
    return Search(table, data_of(table), (), np.inf, 0.0, 30, 0, None)


def test_a_search_that_begins_again_knows_no_error_of_other_weights():
    search = begun(X[:, 0] * np.exp(-X[:, 1]))
    search.keep(fit_draft(c * a, {c: 1.0}, search.data))
    search.least_error, search.smoothness, search.surveyed = 0.01, 1.0, True
    search.forget()
    assert search.least_error == np.inf
    assert not search.surveyed
    assert not search.noisy
    assert not search.formulas


def test_an_exact_law_of_the_second_look_stays(monkeypatch):
    """It leaves nothing, and so says nothing about the noise."""
    search = begun(X[:, 0] * X[:, 1] * (1 + 0.1 * np.sin(9 * X[:, 1])))
    looks = iter([c * a * b, c * a * b * (1 + sympy.sin(9 * b) / 10)])

    def look(search: Search) -> str:
        search.keep(fit_draft(next(looks), {c: 1.0}, search.data))
        search.surveyed, search.least_error = True, 0.5
        return "looked"

    monkeypatch.setattr(module, "_look", look)
    module._look_twice(search)
    assert next(looks, None) is None
    assert search.done
    assert search.best is not None
    assert search.best.expression.has(sympy.sin)
