"""Broken lines: two straight pieces that meet, and a line that ends in a plateau."""

from sympy import Abs, symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import Scale, UsualForm

a, b, c, d = symbols("a b c d")

FORMS = (
    UsualForm(
        "line and plateau",
        a + b * (x - d - Abs(x - d)),
        (a, b),
        {d: Scale.PLACE},
        {"break": d, "slope before": 2 * b, "plateau": a},
    ),
    UsualForm(
        "plateau and line",
        a + b * (x - d + Abs(x - d)),
        (a, b),
        {d: Scale.PLACE},
        {"break": d, "plateau": a, "slope after": 2 * b},
    ),
    UsualForm(
        "broken line",
        a + b * x + c * Abs(x - d),
        (a, b, c),
        {d: Scale.PLACE},
        {"break": d, "slope before": b - c, "slope after": b + c},
        also=("segmented regression", "two straight lines"),
    ),
)
