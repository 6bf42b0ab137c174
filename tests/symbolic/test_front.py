"""The Pareto front and the rules that choose from it."""

import pytest
import sympy

from kantools.symbolic.formula import Formula
from kantools.symbolic.front import SELECTIONS, pareto_front, scores, select

x = sympy.Symbol("x")


def entry(complexity: int, loss: float, length: float = 0.0) -> Formula:
    return Formula(("x",), "y", x**complexity, loss=loss, complexity=complexity, description_length=length)


FRONT = (entry(1, 10.0, 50), entry(3, 1.0, 20), entry(5, 1e-4, -30), entry(9, 0.9e-4, -25))


def test_dominated_formulas_are_left_out():
    front = pareto_front([*FRONT, entry(4, 2.0), entry(9, 1.0), entry(12, 0.9e-4)])
    assert front == FRONT


def test_a_score_is_the_fall_of_log_loss_a_symbol():
    assert scores(FRONT)[1] == pytest.approx(2.302585 / 2, rel=1e-6)


@pytest.mark.parametrize(("rule", "complexity"), [("description_length", 5), ("loss", 9), ("knee", 5)])
def test_each_rule(rule, complexity):
    assert select(FRONT, rule).complexity == complexity


@pytest.mark.parametrize("rule", SELECTIONS)
def test_every_rule_chooses_from_the_front(rule):
    for n in range(1, len(FRONT) + 1):
        assert select(FRONT[:n], rule) in FRONT[:n]


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match=r"selection is one of description_length, loss, knee; got 'best'"):
        select(FRONT, "best")
