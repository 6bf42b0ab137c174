"""What the symbols of a usual form cost: to say which one it is.

A curve that everybody knows by a name is told by the name, and its constants. That is shorter than to spell
it, and to say so is what makes a law of few rows likelier than a mean: a logistic curve is one of some dozens
of forms that people try, not one of all formulas with ten symbols. First the number of its constants is said,
each one more being half as likely, then which of the forms with so many it is. Rewritten with other constants
(``exp(b - k*x)``), or with a power of its own, it is spelt as any other formula.
"""

from collections import Counter
from functools import cache
from math import inf, log

from sympy import Expr, Symbol

from kantools.symbolic.language.shape import Shape, shape
from kantools.symbolic.primitive import ARGUMENT
from kantools.symbolic.usual_form import USUAL_FORMS

__all__ = ["price_of_name"]


def price_of_name(expr: Expr, column: Symbol) -> float:
    """Nats to say which usual form of a column an expression is; infinite where it is none.

    A form with a factor of 1, or without its offset, is that form.

    Examples
    --------
    >>> from sympy import exp, symbols
    >>> x, a, b, k = symbols("x a b k")
    >>> price_of_name(a * exp(-k * x), x) == price_of_name(2.5 * exp(-0.8 * x), x) < 4
    True
    >>> price_of_name(a * exp(-k * x) + b * x, x)
    inf
    """
    return _prices().get(shape(expr, {column}), inf)


@cache
def _prices() -> dict[Shape, float]:
    """Of every usual form, and of what is left of it with a linear parameter of 0 or 1."""
    alike = Counter(len(form.parameters) for form in USUAL_FORMS.values())
    found: dict[Shape, float] = {}
    for form in USUAL_FORMS.values():
        price = len(form.parameters) * log(2) + log(alike[len(form.parameters)])
        for told in (form.template, *(form.template.subs(p, n) for p in form.linear for n in (0, 1))):
            if ARGUMENT in told.free_symbols:
                written = shape(told, {ARGUMENT})
                found[written] = min(price, found.get(written, inf))
    return found
