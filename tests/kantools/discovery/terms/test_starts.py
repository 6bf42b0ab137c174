"""Starts: what a term does beside all others is seen, also where columns are nearly dependent."""

import numpy as np

from kantools.discovery.terms.search import whole
from kantools.discovery.terms.separable import Rows, Sum, basis_of, plain_columns, settled
from kantools.discovery.terms.shapes import SHAPES
from kantools.discovery.terms.starts import blocks, promising
from kantools.discovery.words.terms import up_to

t = np.linspace(0, 10, 200)
X = np.column_stack([t, np.sin(t)])  # one trajectory
PLAIN = tuple(up_to(2, 2))


def found(y, shapes=SHAPES):
    rows = Rows(X, y, np.ones(len(y)))
    basis = basis_of(plain_columns(rows, PLAIN))
    first = promising(rows, basis, blocks(X, shapes), [(), (0,), (1,)])
    ends = [settled(rows, Sum(PLAIN, (whole(special),)), basis, 20) for special in first[:12]]
    return min((end for end in ends if end is not None), key=lambda end: end.left)


def test_a_decay_on_a_trajectory():
    best = found(0.3 * t - X[:, 1] ** 2 + 2 * X[:, 1] * np.exp(-0.37 * t))
    special = best.sum.parts[0].special
    assert best.left < 1e-15
    assert (special.factor, special.argument) == ((1,), (1, 0))
    assert np.isclose(special.constants[0], -0.37)


def test_a_wave_is_taken_with_any_phase():
    best = found(X[:, 1] + 2 * np.sin(2.3 * t + 0.8))
    assert best.left < 1e-15
    assert np.isclose(abs(best.sum.parts[0].special.constants[0]), 2.3)


def test_what_the_polynomial_says_is_no_special_term():
    every = blocks(X, SHAPES)
    rows = Rows(X, X[:, 1] ** 2, np.ones(len(t)))
    basis = basis_of(plain_columns(rows, PLAIN))
    first = promising(rows, basis, every, [()])[0]
    end = settled(rows, Sum(PLAIN, (whole(first),)), basis, 5)
    assert end is None or end.left > 0.1 * float(np.sum((rows.y - basis @ (basis.T @ rows.y)) ** 2))
