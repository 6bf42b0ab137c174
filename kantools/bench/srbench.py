"""SRBench's own test of whether a formula is the law, step by step.

What its program does (cavalab/srbench, ``experiment/assess_symbolic_model.py`` and ``symbolic_utils.py``;
published rates rest on it):

1. In the texts of both formulas ``pi`` becomes 3.1415926535.
2. In both, every floating-point number is rounded: to 0 below 1e-4 in size, else to three decimals and a
   precision of three digits. Integers and fractions, as in ``x**2/3``, are not touched.
3. The found formula is simplified; 0 and nan do not count.
4. Of ``true - found`` and ``found / true``, rounded again, one has to be constant; the difference is
   simplified and rounded before it is looked at.

It is asked only of formulas with R² above one half on the test rows (:mod:`kantools.bench.solved`).
Rounding the two sides one by one means that ``0.0796*x`` and ``x/(4*pi)`` are the same, that ``1.001*x + y``
and ``x + y`` are not, and that a law with a constant below 1e-4 would lose it; SRBench's laws have none.
"""

import re
from collections.abc import Sequence
from typing import Any

__all__ = ["is_law", "rounded", "rounded_number"]

PI = "3.1415926535"
TINY = 1e-4
DECIMALS = 3


def is_law(found: str, truth: str, columns: Sequence[str]) -> bool:
    """Whether SRBench's program takes ``found`` for ``truth``; sympy may need any amount of time for it.

    Examples
    --------
    >>> is_law("0.07961*q/r**2", "q/(4*pi*r**2)", ["q", "r"])
    True
    >>> is_law("x + 1.002*y", "x + y", ["x", "y"])
    False
    >>> is_law("x + y + 3.14", "x + y", ["x", "y"])  # up to a constant
    True
    """
    import sympy

    law = rounded(parsed(truth, columns))
    formula = sympy.simplify(rounded(parsed(found, columns)), ratio=1)
    if formula == 0 or formula is sympy.nan:
        return False
    difference, ratio = rounded(law - formula), rounded(formula / law)
    if not difference.is_constant() or ratio.is_constant():
        difference = rounded(sympy.simplify(difference, ratio=1))
    return bool(difference.is_constant() or ratio.is_constant())


def parsed(text: str, columns: Sequence[str]) -> Any:
    """The expression of a text, with 3.1415926535 for pi, its columns plain symbols whatever their names."""
    import sympy

    symbols = {name: sympy.Symbol(name) for name in columns}
    return sympy.parse_expr(re.sub(r"\bpi\b", PI, text), local_dict=symbols)


def rounded(expression: Any) -> Any:
    """The expression with its floating-point numbers rounded.

    >>> rounded(parsed("2.00049*x**1.9999 + 0.00002*y + z/3", ["x", "y", "z"]))
    2.0*x**2.0 + z/3
    """
    import sympy

    return expression.xreplace({number: rounded_number(number) for number in expression.atoms(sympy.Float)})


def rounded_number(number: Any) -> Any:
    """A number as SRBench sees it.

    >>> rounded_number(0.0795774715), rounded_number(6.67e-11), rounded_number(12.3456)
    (0.0800, 0, 12.3)
    """
    import sympy

    value = sympy.Float(number)
    if abs(value) < TINY:
        return sympy.Integer(0)
    return sympy.Float(round(value, DECIMALS), DECIMALS)
