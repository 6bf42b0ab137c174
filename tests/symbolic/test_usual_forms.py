"""Every usual form obeys the same laws: found from noisy rows, alike in all units, its numbers as scipy's."""

import numpy as np
import pytest
from scipy.optimize import curve_fit
from sympy import lambdify, symbols

from kantools.symbolic import Formula, refit
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.primitive import ARGUMENT
from kantools.symbolic.usual.named import named_form
from kantools.symbolic.usual.separable import FittedForm, best_of, curve_of, starts
from kantools.symbolic.usual_form import USUAL_FORMS, Scale, UsualForm
from kantools.table import Table

NAMES = list(USUAL_FORMS)
X = np.sort(np.random.default_rng(0).uniform(0.2, 10, 200))
#: Parameters on each scale of ``X``: the first of a form, and the second.
TRUE = {
    Scale.PLACE: (4.1, 6.0),
    Scale.WIDTH: (1.3, 2.0),
    Scale.RATE: (0.4, 2.9),
    Scale.SIZE: (2.7, 8.0),
    Scale.FREQUENCY: (3.1, 5.0),
    Scale.DAMPING: (0.2, 0.4),
    Scale.PHASE: (0.6, 0.9),
    Scale.EXPONENT: (1.6, 2.6),
    Scale.STEEPNESS: (2.2, 3.3),
}
LINEAR = (2.5, 1.2, 0.7)


def true_values(form: UsualForm) -> np.ndarray:
    scales, seen = list(form.inner.values()), []
    for k, scale in enumerate(scales):
        seen.append(TRUE[scale][scales[:k].count(scale)])
    return np.array([*LINEAR[: len(form.linear)], *seen])


def noisy(form: UsualForm, noise: float = 0.01) -> tuple[np.ndarray, float]:
    clean = form.program.value(X[:, None], true_values(form))
    sigma = noise * float(clean.std())
    return clean + sigma * np.random.default_rng(1).normal(size=len(X)), sigma


def found(form: UsualForm, x: np.ndarray, y: np.ndarray) -> FittedForm:
    curve = curve_of(x, y, np.ones(len(x)))
    return best_of(starts(form, curve), curve).refined(curve, 100)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_found_from_noisy_rows(name):
    form = USUAL_FORMS[name]
    y, sigma = noisy(form)
    best = found(form, X, y)
    assert best.loss < 1.05 * sigma**2
    off = form.program.value(X[:, None], best.values) - form.program.value(X[:, None], true_values(form))
    assert np.sqrt(np.mean(off**2)) < 0.3 * sigma
    assert form.is_resolved(best.values, X)


@pytest.mark.parametrize("units", [(1e-6, 1e6), (1e6, 1e-6), (1e-3, 1.0), (1e4, 1e4)])
@pytest.mark.parametrize("name", NAMES)
def test_the_same_curve_in_all_units(name, units):
    form, (of_x, of_y) = USUAL_FORMS[name], units
    y, sigma = noisy(form)
    here, there = found(form, X, y), found(form, of_x * X, of_y * y)
    values = form.program.value(of_x * X[:, None], there.values) / of_y
    np.testing.assert_allclose(values, form.program.value(X[:, None], here.values), atol=0.02 * sigma)


@pytest.mark.parametrize("name", [name for name in NAMES if Scale.PLACE in USUAL_FORMS[name].inner.values()])
def test_places_move_with_the_zero_of_the_column(name):
    form = USUAL_FORMS[name]
    y, sigma = noisy(form)
    there = found(form, X + 1000, y)
    values = form.program.value(X[:, None] + 1000, there.values)
    np.testing.assert_allclose(
        values, form.program.value(X[:, None], found(form, X, y).values), atol=0.05 * sigma
    )


def refitted(form: UsualForm, y: np.ndarray) -> Formula:
    start = dict(zip((p.name for p in form.parameters), true_values(form), strict=True))
    return refit(form.template, Table(("x",), X[:, None], "y", y), start=start)


@pytest.mark.parametrize("name", NAMES)
def test_its_numbers_are_those_of_scipy(name):
    form = USUAL_FORMS[name]
    y, _ = noisy(form)
    named = named_form(refitted(form, y))
    assert named is not None
    assert named.form.name == name
    plain = lambdify((ARGUMENT, *form.parameters), form.template, "numpy")
    values, covariance = curve_fit(plain, X, y, true_values(form))
    for quoted, expr in zip(named.quoted, form.quoted.values(), strict=True):
        at = lambdify(form.parameters, expr, "numpy")
        steps = 1e-5 * np.diag(values)
        slope = np.array([(at(*(values + h)) - at(*(values - h))) / (2 * h.sum()) for h in steps])
        assert quoted.value == pytest.approx(at(*values), rel=1e-3)
        assert quoted.error == pytest.approx(np.sqrt(slope @ covariance @ slope), rel=2e-2)


@pytest.mark.parametrize("name", [name for name in NAMES if USUAL_FORMS[name].at_zero is not None])
def test_a_form_from_zero_is_the_same_curve_with_a_value_there(name):
    form = USUAL_FORMS[name]
    from_zero = form.of(np.array([0.0, 1.0]))
    values = true_values(form)
    np.testing.assert_allclose(
        from_zero.program.value(X[:, None], values), form.program.value(X[:, None], values), rtol=1e-12
    )
    value, slopes = from_zero.program.jacobian(np.zeros((1, 1)), values)
    assert np.isfinite(value).all()
    assert np.isfinite(slopes).all()


@pytest.mark.parametrize("name", NAMES)
def test_linear_parameters_are_linear_and_all_are_there(name):
    form = USUAL_FORMS[name]
    assert form.template.free_symbols == {ARGUMENT, *form.parameters}
    for p in form.linear:
        assert not form.template.diff(p).free_symbols & {*form.linear}
    for expr in form.quoted.values():
        assert expr.free_symbols <= {*form.parameters}
    assert {*form.positive} <= {*form.inner}
    zero = dict.fromkeys(form.linear, 0)
    assert form.template.subs(zero) == 0


class TestNames:
    def of(self, text: str) -> str | None:
        x = np.linspace(0.5, 8, 60)
        y = compile_expression(lambdified(text), symbols("x z")).value(np.stack([x, x], axis=1))
        formula = refit(lambdified(text), Table(("x", "z"), np.stack([x, x], axis=1), "y", y))
        named = named_form(formula)
        return None if named is None else named.name

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("exp(-x)", "exponential decay"),
            ("3/(1 + 2/x)", "saturation"),
            ("tanh(x - 3) + 1", "logistic"),
            ("2*cos(3*x)", "sine"),
            ("x/(x**2 - 2*x + 3)", None),
            ("x**2 + 1", "parabola"),
            ("x**3 + 1", None),
            ("sqrt(x)", "power law"),
            ("x*exp(-z)", None),
            ("5", None),
        ],
    )
    def test_whichever_way_it_is_written(self, text, name):
        assert self.of(text) == name


def lambdified(text: str):  # type: ignore[no-untyped-def]
    from kantools.symbolic import parse

    return parse(text, columns=("x", "z"))
