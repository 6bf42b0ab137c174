"""The structure of a formula: what is left of it when the values of its constants do not count.

``2.5*x**2 + exp(-0.3*y)`` and ``x**2 + 1.1*exp(-y/2)`` have one structure. It is found by rules that cost
nothing, not by proof: products and whole powers of sums are multiplied out, factors and signs go, every other
number is *a* number, a constant inside an exponential is a factor, and a cosine of a shifted argument is a
sine. Whole exponents count: a square is no cube. Two formulas that are the same by a deeper identity are
taken for two.
"""

from functools import lru_cache

from sympy import Add, Expr, Integer, Mul, Pow, Symbol, cos, exp, expand, expand_log, sin

__all__ = ["ANY", "structure", "terms_of"]

#: Stands for any number.
ANY = Symbol("constant of any value", real=True)


@lru_cache(maxsize=4096)
def structure(expr: Expr) -> frozenset[Expr]:
    """The terms of an expression without the values of their constants.

    Examples
    --------
    >>> from sympy import symbols
    >>> x, y = symbols("x y")
    >>> structure(2.5 * x**2 + exp(-0.3 * y)) == structure(x**2 + 1.1 * exp(1 - y / 2))
    True
    >>> structure(3 * (x + y)) == structure(x + 2 * y) != structure(x + 2 * y + 1)
    True
    >>> structure(x**1.5) == structure(x**1.48) != structure(x**2)
    True
    >>> structure(cos(3 * x + 1)) == structure(sin(2 * x + 7)) != structure(cos(3 * x))
    True
    """
    return frozenset(_bare(term) for term in Add.make_args(_multiplied_out(expr)))


def terms_of(expr: Expr) -> tuple[Expr, ...]:
    """The terms of a sum as it is written; of a single term its factors, without a number.

    >>> from sympy import symbols
    >>> x, y = symbols("x y")
    >>> terms_of(3 * x * exp(y)), terms_of(x + 2 * x * (1 + y))
    ((x, exp(y)), (x, 2*x*(y + 1)))
    """
    terms = Add.make_args(expr)
    parts = terms if len(terms) > 1 else [f for f in Mul.make_args(expr) if not f.is_number] or terms
    return tuple(sorted(parts, key=lambda e: (len(str(e)), str(e))))


def _multiplied_out(expr: Expr) -> Expr:
    """Sums of products, also inside functions, whose logarithms are taken apart."""
    apart = expand_log(expr, force=True)
    return expand(apart, log=False, power_base=False, power_exp=False)


def _bare(expr: Expr) -> Expr:
    """The expression with ANY in the place of its numbers, and without what a number may do anywhere."""
    if expr.is_number:
        return ANY
    if expr.is_Atom:
        return expr
    if expr.is_Add:
        return Add(*{_bare(term) for term in expr.args})
    if expr.is_Mul:
        return Mul(*(_bare(factor) for factor in expr.args if not factor.is_number))
    if expr.is_Pow and expr.exp.is_number:
        return _power(_bare(expr.base), expr.exp)
    return _function(expr)


def _power(base: Expr, exponent: Expr) -> Expr:
    whole = int(exponent) if exponent == int(exponent) else None
    return base if whole == 1 else Pow(base, ANY if whole is None else Integer(whole))


def _function(expr: Expr) -> Expr:
    args = [_bare(arg) for arg in expr.args]
    if expr.func is exp:
        return exp(Add(*(term for term in Add.make_args(args[0]) if term != ANY)))
    if expr.func is cos and ANY in Add.make_args(args[0]):
        return sin(args[0])
    return expr.func(*args)
