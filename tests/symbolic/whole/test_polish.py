"""From a draft to a formula: gauge, recognition, simplification, soundness."""

import numpy as np
import pytest
import sympy

from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.language.complexity import complexity
from kantools.symbolic.whole.draft import fit_draft, fold
from kantools.symbolic.whole.gauge import fix_gauge
from kantools.symbolic.whole.polish import polish
from kantools.symbolic.whole.simplify import shortest
from kantools.table import Table

x, y = sympy.symbols("x y")
c = sympy.symbols("c0:8")


def data(f, noise=0.0, rows=200, seed=0, **kwargs) -> Data:
    rng = np.random.default_rng(seed)
    X = rng.uniform(0.2, 2.0, (rows, 2))
    values = f(*X.T)
    return Data(("x", "y"), X, values + noise * rng.normal(size=rows), np.ones(rows), **kwargs)


def formula(template, start, rows: Data):
    return polish(fit_draft(template, dict(zip(c, start, strict=False)), rows), rows, "f")


exp, log, sqrt = sympy.exp, sympy.log, sympy.sqrt
LAWS = [
    (
        c[0] * exp(c[1] * sympy.sin(c[2] * x + c[3]) + c[4] * y**2 + c[5]),
        [1, 1.1, 3.1, 0.1, 0.9, 0.1],
        exp(sympy.sin(sympy.pi * x) + y**2),
    ),
    (c[0] * sqrt(c[1] * x**2 + c[2] * y**2 + c[3]) + c[4], [1, 1.2, 0.9, 0.1, 0.1], sqrt(x**2 + y**2)),
    (c[0] / (c[1] * exp(c[2] * log(x) + c[3] * log(y)) + c[4]), [1, 1, 1.1, 0.9, 1.1], 1 / (1 + x * y)),
    ((c[0] * x + c[1]) * (c[2] * y + c[3]), [1.1, 0.1, 1.2, 0.1], x * y),
    (c[0] * x ** c[1] * y ** c[2], [1, 1.4, -1.9], 3 * x ** sympy.Rational(3, 2) / y**2 / 4),
    (c[0] + c[1] * sympy.cos(c[2] * x + c[3]), [0.6, -0.4, 2.1, 0.1], sympy.sin(x) ** 2),
    (c[0] * exp(-c[1] * x**2) * c[2], [0.5, 0.4, 0.9], exp(-(x**2) / 2) / sqrt(2 * sympy.pi)),
]


@pytest.mark.parametrize(("template", "start", "truth"), LAWS, ids=[str(law[2]) for law in LAWS])
def test_a_law_without_noise_comes_out_as_it_is_written(template, start, truth):
    rows = data(sympy.lambdify((x, y), truth, "numpy"))
    found = formula(template, start, rows)
    assert sympy.simplify(found.expression - truth) == 0
    assert found.complexity <= complexity(truth)


def test_a_draft_with_an_open_direction_is_given_up_at_once(monkeypatch):
    """A steep exponential of nearly nothing is a line: the product of two constants counts, and neither."""
    rows = data(lambda x, y: 2.0 * x + 1.0)
    draft = fit_draft(c[0] * sympy.tanh(c[1] * x) + c[2], dict(zip(c, [2e7, 1e-7, 1.0], strict=False)), rows)
    monkeypatch.setattr(
        "kantools.symbolic.whole.polish._recognise_all", lambda *_: pytest.fail("constants were named")
    )
    assert polish(draft, rows, "f") is None


@pytest.mark.parametrize(("low", "high"), [(293, 313), (1990, 2020), (0.99, 1.01)])
def test_a_polynomial_far_from_zero_is_no_open_question(low, high):
    """Its columns are nearly alike, and still the rows determine every constant."""
    X = np.random.default_rng(0).uniform(low, high, (60, 1))
    u = 2 * (X[:, 0] - low) / (high - low) - 1
    y = 1 + u - 3 * u**2 + 2 * u**3 + 1e-3 * np.random.default_rng(1).normal(size=60)
    rows = Data(("x",), X, y, np.ones(60))
    start = dict(zip(c, np.polynomial.Polynomial.fit(X[:, 0], y, 3).convert().coef, strict=False))
    found = polish(fit_draft(sum(c[k] * x**k for k in range(4)), start, rows), rows, "f")
    assert found is not None
    assert np.std(found.predict(X) - y) < 2e-3


def test_redundant_constants_are_taken_away():
    rows = data(lambda x, y: 2.7 * np.exp(0.3 * x) + 0.1)
    draft = fit_draft(
        c[0] * sympy.exp(c[1] * x + c[2] * c[3]) + c[4],
        dict(zip(c, [2, 0.4, 0.1, 0.2, 0], strict=False)),
        rows,
    )
    fixed = fix_gauge(draft, rows)
    assert len(fixed.constants) == 3
    assert fixed.loss < 1e-20
    assert fix_gauge(fixed, rows).constants == fixed.constants


def test_one_over_something_is_as_long_however_it_is_come_by():
    """``c0/(1 + x)`` with ``c0 = 1`` has no more names than ``1/(1 + x)``."""
    rows = data(lambda x, y: 1 / (1.37 + x), noise=0.01)
    free, bare = formula(c[0] / (c[1] + x), [1.1, 1.4], rows), formula(1 / (c[0] + x), [1.4], rows)
    assert free.expression == bare.expression or str(free) == str(bare)
    assert free.description_length == pytest.approx(bare.description_length)


def test_with_noise_constants_keep_their_errors():
    rows = data(lambda x, y: 2.345 * x**2 + 0.771 * y, noise=0.05)
    found = formula(c[0] * x**2 + c[1] * y, [1.0, 1.0], rows)
    values = {round(k.value, 1): k for k in found.free}
    assert set(values) == {2.3, 0.8}
    for constant, truth in ((values[2.3], 2.345), (values[0.8], 0.771)):
        assert abs(constant.value - truth) < 4 * constant.error
        assert 0.001 < constant.error < 0.02


def test_errors_agree_with_the_spread_of_repetitions():
    found = [
        formula(
            c[0] * sympy.exp(c[1] * x), [1.2, 0.5], data(lambda x, y: 1.37 * np.exp(0.83 * x), 0.1, seed=s)
        )
        for s in range(60)
    ]
    values = np.array([[k.value for k in f.free] for f in found if len(f.free) == 2])
    errors = np.array([[k.error for k in f.free] for f in found if len(f.free) == 2])
    assert len(values) > 50
    np.testing.assert_allclose(values.std(axis=0), errors.mean(axis=0), rtol=0.3)


def test_known_sigma_gives_absolute_errors():
    rng = np.random.default_rng(0)
    X = rng.uniform(1, 2, (50, 1))
    table = Table(("x",), X, "f", 3.21 * X[:, 0] + 0.001 * rng.normal(size=50), sigma=np.full(50, 0.1))
    rows = data_of(table)
    found = polish(fit_draft(c[0] * x, {c[0]: 1.0}, rows), rows, "f")
    assert found.free[0].error == pytest.approx(0.1 / np.sqrt((X**2).sum()), rel=1e-6)


def test_an_exponent_is_recognised_and_its_free_fit_told():
    rows = data(lambda x, y: 1.234 * x**1.5, noise=1e-4)
    found = formula(c[0] * x ** c[1], [1.0, 1.4], rows)
    exact = next(k for k in found.constants if k.exact is not None)
    assert exact.exact == sympy.Rational(3, 2)
    assert abs(exact.value - 1.5) < 4 * exact.error
    assert str(exact).startswith("3/2 (free fit: 1.")


def test_constants_the_data_do_not_determine_do_not_stay():
    rows = data(lambda x, y: x, noise=0.5, rows=6)
    template = c[0] + c[1] * x + c[2] * sympy.exp(c[3] * y) + c[4] * sympy.sin(x)
    found = formula(template, [0.1, 1, 0.1, 0.2, 0.1], rows)
    assert found is None or 2 * len(found.free) <= 6


def test_what_is_printed_predicts_what_was_fitted():
    rows = data(lambda x, y: 3.3 * np.exp(-1.7 * x) * y**2 + 0.2, noise=0.01)
    found = formula(c[0] * sympy.exp(c[1] * x) * y ** c[2] + c[3], [3, -1, 1.9, 0.1], rows)
    printed = sympy.lambdify((x, y), found.expression, "numpy")(*rows.X.T)
    np.testing.assert_allclose(printed, found.predict(rows.X), rtol=1e-13)


def test_when_time_is_up_constants_stay_as_they_were_fitted():
    rows = data(lambda x, y: 1.5 * x**2, noise=1e-4)
    draft = fit_draft(c[0] * x**2, {c[0]: 1.0}, rows)
    assert polish(draft, rows, "f").free == ()
    assert len(polish(draft, rows, "f", deadline=0.0).free) == 1


def test_folding_keeps_the_value():
    rows = data(lambda x, y: x)
    values = {c[0]: 2.0, c[1]: 0.5, c[2]: 3.0}
    template = c[0] * sympy.exp(c[1]) * x + c[2] + 1 + 2 * c[2] * y
    folded, kept = fold(template, values, rows)
    point = {x: 1.3, y: 0.7}
    assert float(folded.subs(kept).subs(point)) == pytest.approx(float(template.subs(values).subs(point)))
    assert len(kept) == 2


@pytest.mark.parametrize(
    ("expr", "short"),
    [(sympy.sqrt(x**2) * y, x * y), (sympy.exp(sympy.log(x) + sympy.log(y)), x * y),
     (sympy.sin(x) ** 2 + sympy.cos(x) ** 2, 1), (x**2 + 2 * x * y + y**2, (x + y) ** 2),
     (sympy.Rational(1, 2) - sympy.tanh(sympy.log(x) / 2 + sympy.log(y) / 2) / 2, 1 / (x * y + 1))],
)  # fmt: skip
def test_the_shortest_way_to_write_it(expr, short):
    assert sympy.simplify(shortest(expr, {x, y}) - short) == 0
    assert complexity(shortest(expr, {x, y})) <= complexity(sympy.sympify(short))


def test_what_is_known_of_a_sign_is_not_remembered_for_others():
    assert shortest(sympy.sqrt(x**2), {x}) == x
    assert shortest(sympy.sqrt(x**2)) == sympy.Abs(x)


def test_a_template_that_comes_back_is_not_rewritten_again(monkeypatch):
    again = 3 * x + sympy.log(sympy.exp(2 * x * y) * y)
    first = shortest(again, {y})
    monkeypatch.setattr(
        "kantools.symbolic.whole.simplify._try", lambda rewrite, expr: pytest.fail("once more")
    )
    assert shortest(again, {y}) == first


def test_exact_and_free_constants_have_names_of_their_own():
    """A constant told to be 2 must not lend its number to another one that took over its name."""
    rows = data(lambda x, y: np.exp(-(x**2) / 2 - 0.91893853), rows=300)
    found = formula(exp(c[1] * x ** c[0] + c[2]), [2.1, -0.4, -1.0], rows)
    assert len({c.symbol for c in found.constants}) == len(found.constants)
    assert found.free
    assert len(found.constants) > len(found.free)
    np.testing.assert_allclose(found.predict(rows.X), rows.y, rtol=1e-9)


def test_the_free_fit_is_told_of_what_the_constant_is_now():
    """Two factors that merge once one of them is exact: the other one is then their product."""
    rows = data(lambda x, y: 47 / 53 * x / (1 + np.exp(-2.1 * x)))
    found = formula(c[0] * (c[1] * x + c[2]) / (1 + exp(-c[1] * x - c[2])), [1, 2, 0.1], rows)
    assert not found.free
    for constant in found.constants:
        assert constant.value == pytest.approx(float(constant.exact), rel=1e-9)


NOISY = [
    (c[0] / (c[1] + c[2] * x * y), [1, 1.1, 0.9], 1 / (1 + x * y)),
    (c[0] * y * exp(c[1] * x**2) + c[2], [1.1, -1.1, 0.1], y * exp(-(x**2))),
    (c[0] * x + c[1] * y * sympy.cos(c[2] * x) + c[3], [1.1, 0.9, 1.05, 0.1], x + y * sympy.cos(x)),
]


@pytest.mark.parametrize(("template", "start", "truth"), NOISY, ids=[str(law[2]) for law in NOISY])
def test_in_noise_no_factor_near_one_and_no_term_near_zero_stays(template, start, truth):
    f = sympy.lambdify((x, y), truth, "numpy")
    scale = np.sqrt(np.mean(f(*data(f).X.T) ** 2))
    found = [formula(template, start, data(f, 0.1 * scale, 1000, seed)).expression for seed in range(6)]
    assert found == [truth] * 6


def test_in_noise_a_factor_that_is_not_one_stays():
    for factor, offset in ((1.03, 0.0), (1.0, 0.05)):
        rows = data(lambda x, y, a=factor, b=offset: a * x * y + b, 0.15, 1000)
        found = formula(c[0] * x * y + c[1], [1, 0.1], rows)
        assert any(abs(k.value - (factor if offset == 0 else offset)) < 3 * k.error for k in found.free)


def test_what_is_not_written_costs_nothing():
    rows = data(lambda x, y: x * y, 0.1, 300)
    told = formula(c[0] * x * y + c[1], [1.1, 0.1], rows)
    plain = formula(x * y, [], rows)
    assert told.expression == plain.expression == x * y
    assert told.description_length == pytest.approx(plain.description_length)
