"""Oscillations: a sine, with an offset, and damped."""

from sympy import Abs, exp, log, pi, sin, symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import Scale, UsualForm

a, b, k, p, w = symbols("a b k p w")

INNER = {w: Scale.FREQUENCY, p: Scale.PHASE}
DAMPED = {**INNER, k: Scale.DAMPING}
WAVE = sin(w * x + p)
TOLD = {"period": 2 * pi / w, "amplitude": Abs(a)}
FALLING = {"period": 2 * pi / w, "decay time": 1 / k, "half-life": log(2) / k, "quality": w / (2 * k)}

FORMS = (
    UsualForm("sine", a * WAVE, (a,), INNER, TOLD, positive=(w,)),
    UsualForm("sine with offset", a * WAVE + b, (a, b), INNER, {**TOLD, "middle": b}, positive=(w,)),
    UsualForm("damped sine", a * exp(-k * x) * WAVE, (a,), DAMPED, FALLING, positive=(k, w)),
    UsualForm(
        "damped sine with offset",
        a * exp(-k * x) * WAVE + b,
        (a, b),
        DAMPED,
        {**FALLING, "middle": b},
        positive=(k, w),
    ),
)
