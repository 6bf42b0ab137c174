"""Hyperbolic functions and their inverses."""

import numpy as np
from sympy import acosh, asinh, atanh, cosh, sinh, tanh

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.primitive import Primitive

PRIMITIVES = (
    Primitive("sinh", sinh(x), 1),
    Primitive("cosh", cosh(x), 1),
    Primitive("tanh", tanh(x), 1, outer=True),
    Primitive("arsinh", asinh(x), 1),
    Primitive("arcosh", acosh(x), 1, (1.0, np.inf)),
    Primitive("artanh", atanh(x), 1, (-1.0, 1.0)),
)
