"""What a model's formulas may be made of."""

import numpy as np
import pytest
import sympy
from sympy import cos, exp, log, sin, sqrt, symbols

from kantools.symbolic.fit.data import Data
from kantools.symbolic.language.language import language_of
from kantools.symbolic.primitive import ARGUMENT, Primitive
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.whole.polish import polish
from kantools.symbolic.whole.simplify import shortest

c, x, y = symbols("c x y")


def test_without_a_choice_everything_is_allowed():
    assert language_of().violations(sympy.cot(x) ** y * sin(sin(sin(x)))) == frozenset()


@pytest.mark.parametrize(
    ("expr", "said"),
    [(sin(x) / y**3 + 2 * sqrt(2), set()), (cos(x), {"cos"}), (sqrt(x), {"root"}), (x**c, {"power"}),
     (2**x, {"power"}), (exp(1) * x, set()), (abs(x), {"Abs"}), (sin(2) * x, set())],
    ids=str,
)  # fmt: skip
def test_what_is_foreign(expr, said):
    assert language_of(["sin"]).violations(expr) == said


def test_a_logarithm_and_an_exponential_make_powers():
    assert language_of(["exp", "log"]).violations(x**c + sqrt(x)) == frozenset()


@pytest.mark.parametrize(
    ("expr", "nested"),
    [(sin(x + sin(x)), {"sin(sin)"}), (sin(1 / exp(x)), {"sin(exp)"}), (sin(x) * exp(sin(x)), set()),
     (sin(x * sqrt(x + exp(y))), {"sin(exp)"})],
    ids=str,
)  # fmt: skip
def test_nestings_are_seen_however_deep(expr, nested):
    assert language_of(None, {"sin": ["sin", "exp"]}).violations(expr) == nested


def test_a_primitive_of_several_functions_can_be_forbidden():
    own = Primitive("softplus", log(1 + exp(ARGUMENT)), 2)
    language = language_of([own, "sin"], {"softplus": ["sin"]})
    assert language.violations(log(1 + exp(sin(x)))) == {"softplus(sin)"}
    assert language.violations(sin(log(1 + exp(x)))) == frozenset()


@pytest.mark.parametrize(
    ("primitives", "forbid", "text"),
    [
        (["sine"], None, 'no primitive "sine"; did you mean "sin"'),
        (
            {"sin": 1.5},
            None,
            'a whole number of symbols from 0; got 1.5 for "sin". Give such a number',
        ),
        ({"sin": -1}, None, "got -1"),
        ({"sin": True}, None, "got True"),
        (None, {"sni": ["sin"]}, 'no primitive "sni" to forbid; did you mean "sin"'),
        (None, {"sin": ["expp"]}, 'no primitive "expp" to forbid; did you mean "exp"'),
        (None, {"sin": "exp"}, r'list of primitives; got \'exp\' for "sin". Write {"sin": \["exp"\]}'),
        (None, {"sin": ["identity"]}, '"identity" is none, and stands everywhere. Leave it out'),
    ],
)
def test_refusals(primitives, forbid, text):
    with pytest.raises(ValueError, match=text):
        language_of(primitives, forbid)


def test_only_what_differs_from_the_catalogue_has_a_cost_of_its_own():
    assert language_of({"sin": 1, "exp": None, "square": 2}).costs == ()
    assert language_of({"sin": 2}).costs == ((sin(ARGUMENT), 2),)


def test_costs_decide_how_a_formula_is_written():
    short = sin(x) ** 2 - sin(y) ** 2
    assert language_of({"sin": 2}).complexity(short) == language_of().complexity(short) + 2
    expr = 2 * sin(x) * cos(x)
    assert shortest(expr) == sin(2 * x)
    assert shortest(expr, language=language_of({"sin": 9, "cos": None})) in (expr, sin(2 * x))
    dear = language_of({"tanh": 30, "exp": None})
    assert not shortest((exp(x) - exp(-x)) / (exp(x) + exp(-x)), language=dear).has(sympy.tanh)


def test_what_is_not_allowed_is_no_formula():
    rng = np.random.default_rng(0)
    X = rng.uniform(0.5, 2, (60, 1))
    target = np.exp(1.234 * np.sin(X[:, 0]))
    for forbid, found in (({"sin": ["exp"]}, True), ({"exp": ["sin"]}, False)):
        rows = Data(("x",), X, target, np.ones(60), language=language_of(None, forbid))
        draft = fit_draft(exp(c * sin(x)), {c: 1.0}, rows)
        assert (polish(draft, rows, "f") is not None) is found
