"""S-shaped growth: the logistic curve with and without a baseline, and Gompertz's."""

from sympy import Abs, exp, log, symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import Scale, UsualForm

a, b, k, m = symbols("a b k m")

INNER = {k: Scale.RATE, m: Scale.PLACE}
RISE = {"midpoint": m, "rate": k, "from a tenth to nine tenths": 2 * log(9) / k}

FORMS = (
    UsualForm(
        "logistic",
        a / (1 + exp(-k * (x - m))),
        (a,),
        INNER,
        {"capacity": a, **RISE},
        also=("three-parameter logistic", "Verhulst"),
        positive=(k,),
    ),
    UsualForm(
        "logistic, falling",
        a / (1 + exp(k * (x - m))),
        (a,),
        INNER,
        {"top": a, **RISE},
        also=("Fermi function",),
        positive=(k,),
    ),
    UsualForm(
        "logistic with baseline",
        b + a / (1 + exp(-k * (x - m))),
        (b, a),
        INNER,
        {"bottom": b + (a - Abs(a)) / 2, "top": b + (a + Abs(a)) / 2, **RISE},
        also=("Boltzmann sigmoid",),
        positive=(k,),
    ),
    UsualForm(
        "Gompertz",
        a * exp(-exp(-k * (x - m))),
        (a,),
        INNER,
        {"capacity": a, "inflection": m, "rate": k},
        positive=(k,),
    ),
)
