"""Peaks: Gaussian and Lorentzian, each with and without a baseline, and the log-normal one."""

from sympy import exp, log, sqrt, symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import Scale, UsualForm

a, b, m, s = symbols("a b m s")

INNER = {m: Scale.PLACE, s: Scale.WIDTH}
BELL, LINE = exp(-((x - m) ** 2) / (2 * s**2)), 1 / (1 + ((x - m) / s) ** 2)
#: The width at half height goes with the size of s, whatever its sign.
BELL_TOLD = {"centre": m, "height": a, "width at half height": 2 * sqrt(2 * log(2)) * s}
LINE_TOLD = {"centre": m, "height": a, "width at half height": 2 * s}

FORMS = (
    UsualForm("Gaussian peak", a * BELL, (a,), INNER, BELL_TOLD, positive=(s,)),
    UsualForm("Lorentzian peak", a * LINE, (a,), INNER, LINE_TOLD, also=("Cauchy peak",), positive=(s,)),
    UsualForm(
        "log-normal peak",
        a * exp(-(log(x / m) ** 2) / (2 * s**2)),
        (a,),
        {m: Scale.SIZE, s: Scale.STEEPNESS},
        {"centre": m, "height": a, "width in factors": exp(s)},
        positive=(m, s),
        above_zero=True,
    ),
    UsualForm(
        "Gaussian peak with baseline",
        a * BELL + b,
        (a, b),
        INNER,
        {**BELL_TOLD, "baseline": b},
        positive=(s,),
    ),
    UsualForm(
        "Lorentzian peak with baseline",
        a * LINE + b,
        (a, b),
        INNER,
        {**LINE_TOLD, "baseline": b},
        positive=(s,),
    ),
)
