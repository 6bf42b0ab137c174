"""Put numbers in the place of a template's constants, and keep what is written as it is written.

Sympy multiplies a number out over a sum, ``2.5*(x + y)`` becomes ``2.5*x + 2.5*y``; a formula is printed with
as many numbers as it has constants.
"""

from collections.abc import Collection, Mapping

from sympy import Expr, Float, Mul, Number, Symbol, sstr

__all__ = ["numbers_told", "with_names", "with_numbers"]

CLOSE = 1e-12  # relative difference of equal numbers that were computed in two ways


def with_numbers(template: Expr, numbers: Mapping[Symbol, Expr]) -> Expr:
    """The template with a number for each constant; factors of sums are not multiplied out.

    >>> from sympy import symbols
    >>> x, y, c0 = symbols("x y c0")
    >>> with_numbers(c0 * (x + y), {c0: Float(2.5)}), (c0 * (x + y)).subs(c0, Float(2.5))
    (2.5*(x + y), 2.5*x + 2.5*y)
    """
    if template in numbers:
        return numbers[template]
    if template.is_Atom:
        return template
    args = [with_numbers(a, numbers) for a in template.args]
    factor = len(args) == 2 and isinstance(args[0], Number) != isinstance(args[1], Number)
    if template.is_Mul and factor and any(a.is_Add for a in args):
        return Mul(*sorted(args, key=lambda a: not isinstance(a, Number)), evaluate=False)
    return template.func(*args)


def with_names(template: Expr, numbers: Mapping[Symbol, Expr]) -> Expr:
    """For print only: symbols that are called as the numbers are, so that nothing is computed with them.

    >>> from sympy import exp, symbols
    >>> x, c0 = symbols("x c0")
    >>> with_names(exp(c0 - x), {c0: Float(0.25)})
    exp(0.25 - x)
    """
    return template.subs({symbol: _named(number) for symbol, number in numbers.items()}, simultaneous=True)


def _named(number: Expr) -> Expr:
    if not isinstance(number, Float):
        return number
    return -_named(-number) if number < 0 else Symbol(sstr(number, full_prec=False))


def numbers_told(expr: Expr, numbers: Collection[Expr]) -> bool:
    """Whether the decimals in an expression are these numbers, each there and no other, but for signs.

    >>> from sympy import symbols
    >>> x = symbols("x")
    >>> numbers_told(x + Float(0.25), [Float(0.25)]), numbers_told(x + Float(0.5), [Float(0.25)])
    (True, False)
    """
    there = {abs(f) for f in expr.atoms(Float)}
    told = {abs(n) for n in numbers if isinstance(n, Float)}
    return all(any(_same(a, b) for b in told) for a in there) and all(
        any(_same(a, b) for b in there) for a in told
    )


def _same(a: Expr, b: Expr) -> bool:
    return bool(abs(a - b) <= CLOSE * abs(b))
