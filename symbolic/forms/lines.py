"""What is straight, or bends once: the line and the parabola."""

from sympy import symbols

from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.usual_form import UsualForm

a, b, c = symbols("a b c")

FORMS = (
    UsualForm("straight line", a + b * x, (a, b), quoted={"intercept": a, "slope": b, "zero at": -a / b}),
    UsualForm(
        "parabola",
        a + b * x + c * x**2,
        (a, b, c),
        quoted={"intercept": a, "vertex at": -b / (2 * c), "value there": a - b**2 / (4 * c)},
        also=("quadratic",),
    ),
)
