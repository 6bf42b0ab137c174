"""How long a formula is: the number of symbols a person writes down."""

import sympy

__all__ = ["complexity"]


def complexity(expr: sympy.Expr) -> int:
    """Nodes of the expression tree as it is written: operators, functions, columns and constants.

    ``a - b`` and ``a / b`` count as one operator, a number is one node whatever its size, and a minus
    sign in front costs nothing.

    >>> x, y = sympy.symbols("x y")
    >>> complexity(x), complexity(x / y), complexity(x - y), complexity(sympy.sqrt(x))
    (1, 3, 3, 2)
    >>> complexity(2 * sympy.sin(x + 1))
    6
    """
    if expr.is_Atom or expr.is_number:
        return 1
    if expr.is_Add:
        return sum(complexity(a) for a in expr.args) + len(expr.args) - 1
    if expr.is_Mul:
        return _product(expr)
    if expr.is_Pow:
        return _power(expr)
    return 1 + sum(complexity(a) for a in expr.args)


def _product(expr: sympy.Mul) -> int:
    factors = [f for f in expr.args if f != -1]
    # 1/y costs a node of its own where nothing stands above the fraction bar: "1" and "/".
    bare = all(f.is_Pow and f.exp.could_extract_minus_sign() for f in factors)
    cost = sum(
        complexity(1 / f) if f.is_Pow and f.exp.could_extract_minus_sign() else complexity(f) for f in factors
    )
    return cost + len(factors) - 1 + 2 * bare


def _power(expr: sympy.Pow) -> int:
    base, exponent = expr.args
    if exponent.is_number and exponent.could_extract_minus_sign():
        return complexity(1 / expr) + 2
    if exponent == sympy.Rational(1, 2):
        return 1 + complexity(base)
    return complexity(base) + complexity(exponent) + 1
