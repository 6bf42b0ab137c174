"""What saturates: hyperbolas, Hill's equation with and without a baseline, inhibition by too much."""

from sympy import Abs, sqrt, symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import Scale, UsualForm

a, b, k, n, s = symbols("a b k n s")

FORMS = (
    UsualForm(
        "saturation",
        a * x / (k + x),
        (a,),
        {k: Scale.SIZE},
        {"maximum": a, "half-saturation": k},
        also=("Michaelis-Menten", "Langmuir", "Monod", "hyperbola through 0"),
        positive=(k,),
    ),
    UsualForm("hyperbola", a / (x + k), (a,), {k: Scale.SIZE}, {"value at 0": a / k, "pole": -k}),
    UsualForm(
        "hyperbola with offset",
        a / (x + k) + b,
        (a, b),
        {k: Scale.SIZE},
        {"asymptote": b, "pole": -k},
    ),
    UsualForm(
        "Hill",
        a / (1 + (k / x) ** n),
        (a,),
        {k: Scale.SIZE, n: Scale.STEEPNESS},
        {"maximum": a, "half-saturation": k, "Hill coefficient": n},
        also=("sigmoidal binding",),
        positive=(k, n),
        above_zero=True,
        at_zero=a * x**n / (k**n + x**n),
    ),
    UsualForm(
        "Hill, falling",
        a / (1 + (x / k) ** n),
        (a,),
        {k: Scale.SIZE, n: Scale.STEEPNESS},
        {"maximum": a, "half-maximal inhibition": k, "Hill coefficient": n},
        also=("inhibition curve",),
        positive=(k, n),
        above_zero=True,
        at_zero=a / (1 + (x / k) ** n),
    ),
    UsualForm(
        "Hill with baseline",
        b + a / (1 + (k / x) ** n),
        (b, a),
        {k: Scale.SIZE, n: Scale.STEEPNESS},
        {
            "bottom": b + (a - Abs(a)) / 2,
            "top": b + (a + Abs(a)) / 2,
            "EC50": k,
            "Hill coefficient": n,
        },
        also=("four-parameter logistic", "dose-response"),
        positive=(k, n),
        above_zero=True,
        at_zero=b + a * x**n / (k**n + x**n),
    ),
    UsualForm(
        "substrate inhibition",
        a * x / (k + x + x**2 / s),
        (a,),
        {k: Scale.SIZE, s: Scale.SIZE},
        {"maximum without inhibition": a, "half-saturation": k, "inhibition": s, "highest at": sqrt(k * s)},
        also=("Haldane",),
        positive=(k, s),
    ),
)
