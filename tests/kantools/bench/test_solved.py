"""The verdict, and what decided it."""

import numpy as np
import sympy

from kantools.bench import solved
from kantools.bench.solved import verdicts
from kantools.datasets import problem

LAW = problem("I.14.4")  # k_spring*x**2/2
k, x = sympy.symbols("k_spring x")
X = LAW.sample(100, seed=0).X


def last(expression, r2=1.0):
    return list(verdicts(sympy.sympify(expression), LAW, LAW.columns, X, r2))[-1]


def test_the_law_is_decided_by_simplification():
    assert last(k * x**2 / 2) == {"solved": True, "decided": "simplify", "strict": True}


def test_what_simplification_does_not_see_is_decided_by_numbers():
    found = k * x * sympy.sqrt(x**2) / 2  # the law for positive x, which SRBench's symbols are not
    assert last(found) == {"solved": True, "decided": "numeric", "strict": False}


def test_what_is_far_off_is_refuted_without_simplification(monkeypatch):
    monkeypatch.setattr(solved, "is_law", lambda *_: 1 / 0)
    assert last(k * x) == {"solved": False, "decided": "numeric", "strict": False}


def test_low_accuracy_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(solved, "compare", lambda *_: 1 / 0)
    assert last(k * x**2 / 2, r2=0.5) == {"solved": False, "decided": "accuracy", "strict": False}
    assert last(k * x**2 / 2, r2=np.nan)["decided"] == "accuracy"


def test_a_close_approximation_is_left_to_simplification():
    assert last(k * x**2 / 2 + 0.002 * x) == {"solved": False, "decided": "simplify", "strict": False}


def test_the_numbers_verdict_stands_before_simplification():
    first = next(iter(verdicts(k * x**2 / 2, LAW, LAW.columns, X, 1.0)))
    assert first == {"solved": True, "decided": "numeric"}
