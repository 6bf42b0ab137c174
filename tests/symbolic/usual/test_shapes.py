"""What a usual form costs to name, whatever its constants and its column are called."""

from math import exp as e
from math import inf

import numpy as np
import pytest
from sympy import Symbol, exp, symbols

from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import ARGUMENT
from kantools.symbolic.usual.shapes import price_of_name
from kantools.symbolic.usual_form import USUAL_FORMS
from kantools.symbolic.whole.draft import NATS_A_NODE, fit_draft

t, p, q, r = symbols("t p q r")


@pytest.mark.parametrize("form", USUAL_FORMS.values(), ids=list(USUAL_FORMS))
def test_every_form_has_a_price_by_its_name(form):
    names = dict(zip(form.parameters, symbols("u0:9"), strict=False)) | {ARGUMENT: t}
    told = form.template.subs(names, simultaneous=True)
    assert price_of_name(told, t) == price_of_name(form.template, ARGUMENT) < inf


def test_the_names_are_a_code():
    """Kraft's inequality: what all names together may be told by is no more than one."""
    shares = {f.template: e(-price_of_name(f.template, ARGUMENT)) for f in USUAL_FORMS.values()}
    assert sum(shares.values()) <= 1 + 1e-9


@pytest.mark.parametrize("law", [p * exp(-q * t) + r * t, p * t**3 + q * t, exp(exp(t))])
def test_other_laws_are_spelt(law):
    assert price_of_name(law, t) == inf


def test_a_named_law_is_not_dearer_than_a_spelt_one():
    rows = Data(("t",), np.linspace(1, 2, 9)[:, None], np.linspace(1, 3, 9), np.ones(9))
    line = fit_draft(p + q * Symbol("t"), {p: 0.0, q: 1.0}, rows)
    assert line.price_of_symbols(rows) <= NATS_A_NODE * line.complexity
