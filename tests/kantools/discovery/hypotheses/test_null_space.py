"""Symmetries from exact gradients: what is found is known beforehand."""

from fractions import Fraction

import pytest
from sympy import Matrix, Rational, simplify, symbols

from kantools.discovery.hypotheses.null_space import NullSpace
from kantools.discovery.views.view import reduced
from tests.kantools.discovery.scenes import exact_surrogate, view_of

a, b, c, d = symbols("a b c d")


def exact(law, columns, noise=0.0, **about):
    """A view of a law and a surrogate that has its exact gradient, but for noise."""
    view = view_of(law, columns, rows=200, **about)
    return exact_surrogate(law, view, noise), view


def symmetries(surrogate, view):
    return NullSpace().symmetries(surrogate, view)


@pytest.mark.parametrize(
    ("law", "columns", "left"),
    [
        (a * b**2 / c, (a, b, c), 0),  # one monomial: nothing is left
        ((a - b) ** 2 * c, (a, b, c), 1),
        (c * (a / b + 1) ** 3, (a, b, c), 1),
        (1 / (a**2 + b**2), (a, b), 1),
        (a / (b + c), (a, b, c), 1),
        ((a * b + c * d) / (a + c), (a, b, c, d), 2),
    ],
)
@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_as_many_groups_as_the_law_has(law, columns, left, noise):
    surrogate, view = exact(law, columns, noise=noise)
    offers = [o.choices for o in symmetries(surrogate, view) if o.choices[0].kind == "product"]
    found = {len(choices[0].groups) for choices in offers[:2]}  # with a prefactor and without
    assert left in found
    assert min(found) >= left


@pytest.mark.parametrize(
    "law", [c * (a / b + 1) ** 3, 1 / (a**2 + b**2), a / (b + c), (a * b + c * d) / (a + c)]
)
def test_every_choice_of_groups_says_as_much(law):
    """Whatever choice is made, the target of the view must be a function of its columns alone."""
    columns = tuple(sorted(law.free_symbols, key=str))
    surrogate, view = exact(law, columns)
    offer = next(o for o in symmetries(surrogate, view) if o.choices[0].kind == "product")
    for choice in offer.choices:
        found = reduced(view, choice)
        scale = symbols("s", positive=True)
        # Scale every column by a power that leaves the view's columns alone: the view's target must stay.
        for direction in null_space(choice.groups, len(columns)):
            scaled = {s: s * scale**q for s, q in zip(columns, direction, strict=True)}
            rest = law / found.prefactor
            assert simplify(rest.subs(scaled, simultaneous=True) - rest) == 0


def null_space(groups, n):
    rows = [[Rational(q.numerator, q.denominator) for q in row] for row in groups]
    return [list(v) for v in Matrix(rows).nullspace()] if rows else [[1] * n]


def test_a_difference_is_found_where_columns_change_sign():
    surrogate, view = exact((a - b) ** 3 + c, (a, b, c), low=-2.0, high=2.0)
    best = symmetries(surrogate, view)[0].choices[0]
    assert best.kind == "sum"
    assert (Fraction(1), Fraction(-1), Fraction(0)) in best.groups or (
        Fraction(-1),
        Fraction(1),
        Fraction(0),
    ) in best.groups


def test_nothing_is_divided_by_a_column_that_changes_sign():
    surrogate, view = exact(a * b + c, (a, b, c), low=-2.0, high=2.0)
    for offer in symmetries(surrogate, view):
        for choice in offer.choices:
            rows = (*choice.groups, choice.prefactor) if choice.kind == "product" else ()
            assert all(q >= 0 for row in rows for q in row)


def test_a_column_that_does_not_count_is_left_out():
    surrogate, view = exact((a + b) ** 2, (a, b, c))
    groups = symmetries(surrogate, view)[0].choices[0].groups
    assert all(row[2] == 0 for row in groups)
