"""Powers: whole from −5 to 5, halves, and the absolute value."""

import numpy as np
from sympy import Abs, Rational, sqrt

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.primitive import Primitive

POSITIVE = (0.0, np.inf)

PRIMITIVES = (
    Primitive("identity", x, complexity=0),
    Primitive("square", x**2, 2, outer=True, inner=True),
    Primitive("cube", x**3, 2, inner=True),
    Primitive("power4", x**4, 2),
    Primitive("power5", x**5, 2),
    Primitive("reciprocal", 1 / x, 2, POSITIVE, outer=True, inner=True),
    Primitive("reciprocal_square", x**-2, 4, POSITIVE, outer=True),
    Primitive("reciprocal_cube", x**-3, 4, POSITIVE),
    Primitive("reciprocal_power4", x**-4, 4, POSITIVE),
    Primitive("reciprocal_power5", x**-5, 4, POSITIVE),
    Primitive("sqrt", sqrt(x), 1, POSITIVE, outer=True, inner=True),
    Primitive("reciprocal_sqrt", 1 / sqrt(x), 3, POSITIVE, outer=True),
    Primitive("power3_2", x ** Rational(3, 2), 2, POSITIVE),
    Primitive("reciprocal_power3_2", x ** Rational(-3, 2), 4, POSITIVE),
    Primitive("abs", Abs(x), 1),
)
