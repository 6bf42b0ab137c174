"""Shapes: slopes are difference quotients, what is written is what is computed, units do not matter."""

import numpy as np
import pytest
import sympy

from kantools.discovery.terms.shapes import SHAPES, Shape

u = np.linspace(0.3, 2.7, 40)
U = sympy.Symbol("u")
every = pytest.mark.parametrize("shape", SHAPES, ids=lambda s: f"{s.needs or 'power'}-{s.price}")


def middle(shape: Shape, x: np.ndarray) -> np.ndarray:
    starts = shape.starts(x)[0]
    return starts[len(starts) // 3]


@every
def test_slopes_are_those_of_difference_quotients(shape):
    p = middle(shape, u)
    written = [sympy.lambdify(U, e, "numpy") for e in shape.written(U, list(map(sympy.Float, p)))]
    size = shape.size(u, p)
    slopes = shape.values(u, p)[1]
    for k, step in enumerate(1e-6 * np.maximum(np.abs(p), 1e-3)):
        near = [p + sign * step * np.eye(len(p))[k] for sign in (1, -1)]
        moved = [shape.written(U, list(map(sympy.Float, q))) for q in near]
        for column in range(len(written)):
            up, down = (sympy.lambdify(U, m[column], "numpy")(u) for m in moved)
            ratio = slopes[k, column] - size * (up - down) / (2 * step)
            along = shape.values(u, p)[0][column]  # the scale may move with the constants
            left = ratio - along * (along @ ratio) / (along @ along)
            assert np.abs(left).max() < 1e-4 * max(np.abs(slopes[k, column]).max(), 1e-9)


@every
def test_what_is_written_is_what_is_computed(shape):
    p = middle(shape, u)
    values, size = shape.values(u, p)[0], shape.size(u, p)
    for column, expression in zip(values, shape.written(U, list(map(sympy.Float, p))), strict=True):
        assert np.allclose(column, size * sympy.lambdify(U, expression, "numpy")(u), rtol=1e-9)


@every
def test_the_unit_of_the_argument_does_not_matter(shape):
    for x in (1e-6 * u, 1e6 * u):
        starts, reach = shape.starts(x)
        here, far = shape.starts(u)[0], [shape.values(x, p)[0] for p in starts]
        assert starts.shape == reach.shape == here.shape
        assert np.allclose(far, [shape.values(u, p)[0] for p in here], rtol=1e-6, equal_nan=True)


def test_a_pole_between_the_rows_has_no_values():
    pole = next(shape for shape in SHAPES if shape.needs == "reciprocal")
    assert np.isnan(pole.values(u, np.array([-1.0]))[0]).all()
