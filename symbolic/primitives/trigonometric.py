"""Trigonometric functions and their inverses."""

import numpy as np
from sympy import acos, asin, atan, cos, sin, tan

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.primitive import Primitive

PRIMITIVES = (
    Primitive("sin", sin(x), 1, outer=True, inner=True),
    Primitive("cos", cos(x), 1, outer=True, inner=True),
    Primitive("tan", tan(x), 1, (-np.pi / 2, np.pi / 2)),
    Primitive("sin_square", sin(x) ** 2, 3),
    Primitive("sinc", sin(x) / x, 4, (0.0, np.inf)),
    Primitive("arcsin", asin(x), 1, (-1.0, 1.0)),
    Primitive("arccos", acos(x), 1, (-1.0, 1.0)),
    Primitive("arctan", atan(x), 1),
)
