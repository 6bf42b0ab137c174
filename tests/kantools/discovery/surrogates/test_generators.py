"""Symmetries one at a time: true ones are proposed, pass the test in noise, and are combined."""

import numpy as np
import pytest
from sympy import Matrix, diff, exp, simplify, sqrt, symbols

from kantools.discovery.agenda import Agenda
from kantools.discovery.executor import Serial
from kantools.discovery.findings import Turn
from kantools.discovery.surrogates.generators import generators, reductions
from kantools.discovery.surrogates.lead import Lead, best_first
from kantools.discovery.views.view import reduced
from tests.kantools.discovery.scenes import scene_of, surveyed
from tests.kantools.discovery.scenes import view_of as view_of_law

a, b, c, d = symbols("a b c d", positive=True)
SIMPLER = 0.7


def view_of(law, columns, noise):
    return view_of_law(law, columns, rows=1500, noise=noise)


def proposed(view):
    return generators(surveyed(view, noisy=True), view, SIMPLER)


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
    assert any(holds(law, columns, g) for g in proposed(view_of(law, columns, 0.05))[:10])


def leads(view):
    """What the hypotheses of a queued batch lead to, the best first, as a walk ranks it."""
    scene = scene_of(view, noisy=True, surrogate=surveyed(view, noisy=True))
    (batch,) = Agenda().leads(lambda: scene)
    answers = [f for _, findings in Serial().run(batch.hypotheses, scene) for f in findings]
    found = [Lead(t.choices[0], t.error, 300) for t in answers if isinstance(t, Turn) and t.error is not None]
    return best_first(found, far=5.0)


@pytest.mark.parametrize(("law", "columns"), LAWS, ids=str)
def test_the_first_lead_is_a_view_the_law_lives_in(law, columns):
    """What is left is a function of the view's columns: their gradients span the law's."""
    for lead in leads(view_of(law, columns, 0.05))[:2]:
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
    view = view_of(law, columns, 0.0)
    true = [g for g in proposed(view) if g.kind == "product" and holds(law, columns, g)]
    two = next(r for i, g in enumerate(true) for h in true[:i] if (r := reductions([g, h], view)))
    assert reduced(view, two[0]).inputs == 2
    assert reductions([true[0], true[0]], view) == ()  # the same once more leaves nothing fewer
