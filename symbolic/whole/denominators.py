"""Multiply sums out of their denominators where what stands around them takes the factor up.

A law read through ratios of columns comes as ``1/(z**2*(x**2/z**2 + 1))``; a person writes
``1/(x**2 + z**2)``. The common powers of a sum's terms, and sums among their bases count as one thing, are
taken out in front, where they may cancel. Nothing is expanded, so this is quick however long the formula.
"""

from collections.abc import Callable, Iterator

from sympy import Add, Expr, Mul, Pow

__all__ = ["cleared"]

Size = Callable[[Expr], int]


def cleared(expr: Expr, size: Size) -> Expr:
    """An expression without denominators inside of sums, wherever that is shorter.

    Parameters
    ----------
    expr : Expr
    size : callable
        How long an expression is.

    Examples
    --------
    >>> from sympy import symbols
    >>> from kantools.symbolic.language.complexity import complexity
    >>> x, y, z = symbols("x y z")
    >>> cleared(1 / (z**2 * ((x - y) ** 2 / z**2 + 1)), complexity)
    1/(z**2 + (x - y)**2)
    >>> cleared(x / y + z, complexity)
    x/y + z
    """
    if expr.is_Atom:
        return expr
    args = [cleared(a, size) for a in expr.args]
    expr = expr if tuple(args) == expr.args else expr.func(*args)
    return min([expr, *_ways(expr)], key=size)


def _ways(expr: Expr) -> Iterator[Expr]:
    """The product (power, sum) with its sums over one denominator: each of them alone, and all."""
    factors = Mul.make_args(expr)
    for take_out in (_denominator, _common):
        other = [_with_sum(f, take_out) for f in factors]
        changed = [k for k, f in enumerate(factors) if other[k] != f]
        yield from (Mul(*factors[:k], other[k], *factors[k + 1 :]) for k in changed)
        if len(changed) > 1:
            yield Mul(*other)


def _with_sum(factor: Expr, take_out: Callable[[Add], Expr]) -> Expr:
    """A sum, or a power of one, written as a monomial times a sum."""
    base, exponent = factor.as_base_exp()
    if not base.is_Add:
        return factor
    outside = take_out(base)
    return factor if outside == 1 else Pow(outside * Add(*(t / outside for t in base.args)), exponent)


def _denominator(total: Add) -> Expr:
    """The powers that stand below the fraction bar in any of the terms."""
    least = _least_powers(total)
    return Mul(*(b**e for b, e in least.items() if e < 0))


def _common(total: Add) -> Expr:
    """These, and the powers that all terms share."""
    return Mul(*(b**e for b, e in _least_powers(total).items()))


def _least_powers(total: Add) -> dict[Expr, Expr]:
    """The least exponent of each base over all terms; a term without it has exponent 0."""
    powers = [_powers(term) for term in total.args]
    bases = dict.fromkeys(b for p in powers for b in p)
    return {b: min(p.get(b, 0) for p in powers) for b in bases}


def _powers(term: Expr) -> dict[Expr, Expr]:
    pairs = (f.as_base_exp() for f in Mul.make_args(term) if not f.is_number)
    return {base: exponent for base, exponent in pairs if exponent.is_Rational}
