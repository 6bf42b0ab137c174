"""Powers of a column above zero, its logarithm, and exponentials of its reciprocal: Arrhenius and Antoine."""

from sympy import exp, log, symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import Scale, UsualForm

a, b, c, e, n = symbols("a b c e n")

POWER = {n: Scale.EXPONENT}

FORMS = (
    UsualForm("power law", a * x**n, (a,), POWER, {"exponent": n}, also=("allometric law",), above_zero=True),
    UsualForm(
        "power law with offset",
        a * x**n + b,
        (a, b),
        POWER,
        {"exponent": n},
        above_zero=True,
        at_zero=a * x**n + b,
    ),
    UsualForm(
        "logarithm",
        a * log(x) + b,
        (a, b),
        quoted={"change a factor of 10": a * log(10), "crosses zero at": exp(-b / a)},
        above_zero=True,
    ),
    UsualForm(
        "Arrhenius",
        a * exp(-e / x),
        (a,),
        {e: Scale.SIZE},
        {"prefactor": a, "activation temperature": e},
        also=("thermal activation",),
        positive=(e,),
        above_zero=True,
    ),
    UsualForm(
        "Arrhenius, falling",
        a * exp(e / x),
        (a,),
        {e: Scale.SIZE},
        {"prefactor": a, "activation temperature": e},
        also=("Andrade's viscosity",),
        positive=(e,),
        above_zero=True,
    ),
    UsualForm(
        "Antoine",
        a * exp(-e / (x + c)),
        (a,),
        {e: Scale.SIZE, c: Scale.SIZE},
        {"limit": a, "constant": e, "zero at": -c},
        also=("Vogel-Fulcher-Tammann", "Arrhenius with a zero of its own"),
        positive=(e,),
    ),
)
