"""Decay and growth: exponentials with and without an offset, two of them, and a stretched one."""

from sympy import Abs, E, exp, log, symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import Scale, UsualForm

a, b, c, h, k, n, q, t = symbols("a b c h k n q t")

DECAY = {"half-life": log(2) / k, "time constant": 1 / k}
GROWTH = {"doubling time": log(2) / k, "rate": k}
#: Of two decays either may stand first.
HALF_LIVES = {
    "fast half-life": 2 * log(2) / (k + q + Abs(k - q)),
    "slow half-life": 2 * log(2) / (k + q - Abs(k - q)),
}

FORMS = (
    UsualForm("exponential decay", a * exp(-k * x), (a,), {k: Scale.RATE}, DECAY, positive=(k,)),
    UsualForm("exponential growth", a * exp(k * x), (a,), {k: Scale.RATE}, GROWTH, positive=(k,)),
    UsualForm(
        "saturating exponential",
        a * (1 - exp(-k * x)),
        (a,),
        {k: Scale.RATE},
        {"plateau": a, **DECAY},
        also=("one-phase association", "charging curve"),
        positive=(k,),
    ),
    UsualForm(
        "rise and decay",
        a * x * exp(-k * x),
        (a,),
        {k: Scale.RATE},
        {"highest at": 1 / k, "height": a / (k * E)},
        also=("Ricker", "alpha function"),
        positive=(k,),
    ),
    UsualForm(
        "exponential decay with offset",
        a * exp(-k * x) + b,
        (a, b),
        {k: Scale.RATE},
        {"plateau": b, **DECAY},
        also=("one-phase decay",),
        positive=(k,),
    ),
    UsualForm(
        "exponential growth with offset",
        a * exp(k * x) + b,
        (a, b),
        {k: Scale.RATE},
        GROWTH,
        positive=(k,),
    ),
    UsualForm(
        "stretched exponential",
        a * exp(-((x / t) ** h)),
        (a,),
        {t: Scale.SIZE, h: Scale.STEEPNESS},
        {"time constant": t, "stretching exponent": h, "half-life": t * log(2) ** (1 / h)},
        also=("Kohlrausch function", "Weibull survival"),
        positive=(t, h),
        above_zero=True,
        at_zero=a * exp(-((x / t) ** h)),
    ),
    UsualForm(
        "power and decay",
        a * x**n * exp(-k * x),
        (a,),
        {n: Scale.STEEPNESS, k: Scale.RATE},
        {"highest at": n / k, "exponent": n, "rate": k},
        also=("gamma curve",),
        positive=(n, k),
        above_zero=True,
        at_zero=a * x**n * exp(-k * x),
    ),
    UsualForm(
        "two decays",
        a * exp(-k * x) + c * exp(-q * x),
        (a, c),
        {k: Scale.RATE, q: Scale.RATE},
        HALF_LIVES,
        also=("biexponential decay", "two-phase decay"),
        positive=(k, q),
    ),
    UsualForm(
        "two decays with offset",
        a * exp(-k * x) + c * exp(-q * x) + b,
        (a, c, b),
        {k: Scale.RATE, q: Scale.RATE},
        {**HALF_LIVES, "plateau": b},
        also=("two-phase decay with plateau",),
        positive=(k, q),
    ),
)
