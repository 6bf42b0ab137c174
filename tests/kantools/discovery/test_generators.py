"""Symmetries one at a time: true ones are proposed, pass the test in noise, and are combined."""

import numpy as np
import pytest
from kantools.discovery.leads import leads
from sympy import Matrix, diff, exp, lambdify, simplify, sqrt, symbols

from kantools.discovery.surrogates.generators import generators, reductions
from kantools.discovery.surrogates.survey import train_surrogates
from kantools.discovery.views.rows import Rows, holdout_split
from kantools.discovery.views.view import View, reduced
from kantools.symbolic.primitive import select_primitives

a, b, c, d = symbols("a b c d", positive=True)
SPLIT = holdout_split(1500, 0)
ALL = select_primitives(None)


def noisy(law, columns, noise):
    rng = np.random.default_rng(0)
    X = rng.uniform(1, 3, (1500, len(columns)))
    y = lambdify(columns, law, "numpy")(*X.T)
    y = y + noise * y.std() * rng.normal(size=len(y))
    return View(tuple(columns), Rows(X, y, np.ones(len(y)), float(y.var())))


def surrogate_of(view):
    return train_surrogates(view, SPLIT, 0, np.inf, noisy=True)[0]


def holds(law, columns, generator):
    """Whether a law has a symmetry, by its exact derivatives."""
    numbers = [q for q in generator.numbers]
    if generator.kind == "sum":
        return simplify(sum(int(n) * diff(law, s) for n, s in zip(numbers, columns, strict=True))) == 0
    moved = sum(
        n.numerator * s * diff(law, s) / n.denominator for n, s in zip(numbers, columns, strict=False)
    )
    return simplify(moved + law * numbers[-1].numerator / numbers[-1].denominator) == 0


LAWS = [
    (a * exp(-b * c / d), (a, b, c, d)),
    (sqrt((a - b) ** 2 + c**2), (a, b, c)),
    (a / (1 + b / c), (a, b, c)),
]


@pytest.mark.parametrize(("law", "columns"), LAWS, ids=str)
def test_true_symmetries_are_among_those_proposed(law, columns):
    view = noisy(law, columns, 0.05)
    proposed = generators(surrogate_of(view), view)
    assert any(holds(law, columns, g) for g in proposed[:10])


@pytest.mark.parametrize(("law", "columns"), LAWS, ids=str)
def test_the_first_lead_is_a_view_the_law_lives_in(law, columns):
    """What is left is a function of the view's columns: their gradients span the law's."""
    view = noisy(law, columns, 0.05)
    for lead in leads(surrogate_of(view), view, SPLIT, ALL, np.inf)[:2]:
        inside = [lead.view.prefactor, *lead.view.columns]
        rest = law / lead.view.prefactor
        point = {s: 1.3 + 0.37 * k for k, s in enumerate(columns)}
        J = Matrix([[diff(e, s) for s in columns] for e in (rest, *inside[1:])]).subs(point).evalf()
        singular = np.linalg.svd(np.array(J, dtype=float), compute_uv=False)
        if singular[-1] < 1e-9 * singular[0] or len(singular) > len(inside) - 1:
            return
    pytest.fail(f"{lead.view} does not hold {law}")


def test_symmetries_together_leave_as_many_columns_fewer():
    law, columns = LAWS[0]
    view = noisy(law, columns, 0.0)
    true = [g for g in generators(surrogate_of(view), view) if g.kind == "product" and holds(law, columns, g)]
    two = next(r for i, g in enumerate(true) for h in true[:i] if (r := reductions([g, h], view)))
    assert reduced(view, two[0]).inputs == 2
    assert reductions([true[0], true[0]], view) == ()  # the same once more leaves nothing fewer
