"""Exponential and logarithm, the bell curve, and what statistics and physics build of them."""

import numpy as np
from sympy import exp, log

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.primitive import Primitive

PRIMITIVES = (
    Primitive("exp", exp(x), 1, outer=True, inner=True),
    Primitive("log", log(x), 1, (0.0, np.inf), outer=True, inner=True),
    Primitive("gaussian", exp(-(x**2)), 4),
    Primitive("logistic", 1 / (1 + exp(-x)), 6),
    Primitive("bose", 1 / (exp(x) - 1), 5, (0.0, np.inf)),
    Primitive("softplus", log(1 + exp(x)), 4),
    Primitive("x_log_x", x * log(x), 3, (0.0, np.inf)),
)
