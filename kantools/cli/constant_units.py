"""The unit of a constant, where it can be read off: a factor in front of powers of columns."""

from collections.abc import Mapping

from sympy import Add, Expr, Symbol

from kantools.symbolic.formula import Constant, Formula

__all__ = ["unit_of"]


def unit_of(constant: Constant, formula: Formula, units: Mapping[str, str]) -> str:
    """The unit of a constant in the units of the table; empty where it has none or it is not plain.

    A constant ``c`` in a term ``c * x**p * z**q`` of the formula has the target's unit divided by
    ``x``'s to the ``p`` and ``z``'s to the ``q``. Exponents and constants inside functions are pure numbers
    or more than can be read off.

    Examples
    --------
    >>> import sympy
    >>> c, x = sympy.symbols("c distance")
    >>> constant = Constant(c, 1.0, 0.001)
    >>> law = Formula(("distance",), "period", c * x ** sympy.Rational(3, 2), (constant,))
    >>> unit_of(constant, law, {"distance": "au", "period": "year"})
    'year/au^(3/2)'
    """
    exact = {c.symbol: c.exact for c in formula.constants if c.exact is not None and c is not constant}
    terms = [t for t in Add.make_args(formula.template.subs(exact)) if constant.symbol in t.free_symbols]
    if len(terms) != 1 or not units.get(formula.target):
        return ""
    powers = _powers(terms[0] / constant.symbol, formula, units)
    return "" if powers is None else _in_words({formula.target: 1, **powers}, units)


def _powers(rest: Expr, formula: Formula, units: Mapping[str, str]) -> dict[str, Expr] | None:
    """Minus the exponent of each column, if nothing but columns and numbers stands in the term."""
    powers: dict[str, Expr] = {}
    for base, exponent in rest.as_powers_dict().items():
        if base.is_number and exponent.is_number:
            continue
        column = str(base)
        if not (isinstance(base, Symbol) and column in formula.columns and exponent.is_number):
            return None
        if not units.get(column):
            return None
        powers[column] = -exponent
    return powers


def _in_words(powers: Mapping[str, Expr], units: Mapping[str, str]) -> str:
    factors = {c: p for c, p in powers.items() if units[c] != "1"}
    above = [_power(units[c], p) for c, p in factors.items() if p > 0]
    below = [_power(units[c], -p) for c, p in factors.items() if p < 0]
    if not factors:
        return ""
    bottom = " ".join(below) if len(below) < 2 else f"({' '.join(below)})"
    return (" ".join(above) or "1") + (f"/{bottom}" if below else "")


def _power(unit: str, exponent: Expr) -> str:
    compound = f"({unit})" if any(s in unit for s in "/* ") else unit
    if exponent == 1:
        return unit
    text = str(exponent.round(4) if exponent.is_Float else exponent)
    return f"{compound}^{text}" if text.isdigit() else f"{compound}^({text})"
