"""Elementary functions as ONNX operators that onnxruntime has in double precision.

It has the tangent, the arcs, the hyperbolic functions but one and their inverses in single precision only
(onnxruntime 1.31). They are composed here without loss near zero: ``log(1 + x)`` after W. Kahan (D. Goldberg,
"What every computer scientist should know about floating-point arithmetic", ACM Computing Surveys 23 (1991),
theorem 4); the arc tangent is taken in single precision and turned by the angle that it is wrong by.
"""

from collections.abc import Callable, Mapping

import sympy

from kantools.symbolic.exporters.graph import Value

__all__ = ["FUNCTIONS"]

#: Stands for infinity where infinity times zero would come out as NaN.
LARGEST = 1e300
SINGLE, DOUBLE = 1, 11  # types as ONNX counts them


def tan(x: Value) -> Value:
    return x.apply("Sin") / x.apply("Cos")


def cosh(x: Value) -> Value:
    return (x.apply("Exp") + x.apply("Neg").apply("Exp")) * 0.5


def sinh(x: Value) -> Value:
    return x.apply("Tanh") * cosh(x)


def log1p(x: Value) -> Value:
    """``x log(u)/(u - 1)`` with ``u`` the rounded ``1 + x``, and ``x`` where ``u`` is 1."""
    u = x + 1.0
    gap = u - 1.0
    return gap.apply("Equal", 0.0).apply("Where", x, x * u.apply("Log") / gap)


def asinh(x: Value) -> Value:
    size = x.apply("Abs")
    square = size * size
    return x.apply("Sign") * log1p(size + square / ((square + 1.0).apply("Sqrt") + 1.0))


def acosh(x: Value) -> Value:
    t = x - 1.0
    return log1p(t + (t * (t + 2.0)).apply("Sqrt"))


def atanh(x: Value) -> Value:
    return log1p(x * 2.0 / (x * -1.0 + 1.0)) * 0.5


def atan(x: Value) -> Value:
    """``y + d - d^3/3`` with ``y`` in single precision and ``tan(d) = tan(atan(x) - y)``."""
    x = x.apply("Max", -LARGEST).apply("Min", LARGEST)
    y = x.apply("Cast", to=SINGLE).apply("Atan").apply("Cast", to=DOUBLE)
    sin, cos = y.apply("Sin"), y.apply("Cos")
    d = (x * cos - sin) / (x * sin + cos)
    return y + (d - d * d * d / 3.0)


def asin(x: Value) -> Value:
    """``2 atan(x/(1 + sqrt(1 - x^2)))``."""
    return atan(x / ((_one_minus_square(x)).apply("Sqrt") + 1.0)) * 2.0


def acos(x: Value) -> Value:
    """``2 atan(sqrt((1 - x)/(1 + x)))``."""
    return atan(((x * -1.0 + 1.0) / (x + 1.0)).apply("Sqrt")) * 2.0


def _one_minus_square(x: Value) -> Value:
    return (x * -1.0 + 1.0) * (x + 1.0)


def _known(kind: str) -> Callable[[Value], Value]:
    return lambda x: x.apply(kind)


FUNCTIONS: Mapping[type, Callable[[Value], Value]] = {
    sympy.exp: _known("Exp"),
    sympy.log: _known("Log"),
    sympy.sin: _known("Sin"),
    sympy.cos: _known("Cos"),
    sympy.tan: tan,
    sympy.asin: asin,
    sympy.acos: acos,
    sympy.atan: atan,
    sympy.sinh: sinh,
    sympy.cosh: cosh,
    sympy.tanh: _known("Tanh"),
    sympy.asinh: asinh,
    sympy.acosh: acosh,
    sympy.atanh: atanh,
    sympy.Abs: _known("Abs"),
    sympy.sign: _known("Sign"),
}
"""sympy function → the value of it at a value."""
