"""How a language spells sums, products, powers and functions: a lookup table and a tree walk.

All code targets share this walk, so that they agree with each other and with :meth:`Formula.predict` to
rounding error: a power of a negative number to a fraction is not real (``cbrt(-8)`` is not asked for),
``1/x**2`` is written as such, and numbers keep 17 digits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

import sympy
from sympy import Add, Expr, Float, Function, Integer, Mul, Pow, Rational, Symbol, pi

__all__ = ["COMMON", "RECIPROCAL", "Syntax", "real", "spell"]

#: The names that most languages give to the functions of a formula.
COMMON: Mapping[type, str] = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.asin: "asin",
    sympy.acos: "acos",
    sympy.atan: "atan",
    sympy.sinh: "sinh",
    sympy.cosh: "cosh",
    sympy.tanh: "tanh",
    sympy.asinh: "asinh",
    sympy.acosh: "acosh",
    sympy.atanh: "atanh",
    sympy.Abs: "abs",
    sympy.sign: "sign",
    sympy.sqrt: "sqrt",
}

#: What no language is asked to know.
RECIPROCAL = {
    sympy.cot: sympy.tan,
    sympy.sec: sympy.cos,
    sympy.csc: sympy.sin,
    sympy.coth: sympy.tanh,
    sympy.sech: sympy.cosh,
    sympy.csch: sympy.sinh,
}

#: How tightly a text holds together: a sum needs brackets in a product, a product in a power.
SUM, PRODUCT, POWER, ATOM = range(4)


@dataclass(frozen=True)
class Syntax:
    """The spelling of one language.

    Attributes
    ----------
    functions : mapping of type to str
        sympy function → name, or a text with ``{x}`` for the argument. ``sympy.sqrt`` stands for the root.
    power : str
        With ``{base}`` and ``{exponent}``; where it has a bracket, it is a call.
    fraction : str
        The same for an exponent that is a fraction, with ``{twice}`` the exponent; empty where it is no
        different.
    pi : str
    real : str
        What follows the digits of a whole number that counts as a real one: ``".0"`` in C.
    double : str
        What stands for the ``e`` of a number's exponent, always written where it is not ``"e"`` (Fortran).

    Examples
    --------
    >>> julia = Syntax(power="{base}^{exponent}", pi="π")
    >>> x = Symbol("x")
    >>> spell(pi * sympy.sin(x) ** 2, julia, {x: "x"})
    'π*sin(x)^2'
    """

    functions: Mapping[type, str] = field(default_factory=lambda: COMMON)
    power: str = "{base}**{exponent}"
    fraction: str = ""
    pi: str = "pi"
    real: str = ""
    double: str = "e"

    def call(self, function: type, argument: str) -> str:
        """A function of an argument.

        Raises
        ------
        ValueError
            For a function that the language does not spell.

        Examples
        --------
        >>> Syntax().call(sympy.log, "x")
        'log(x)'
        >>> Syntax(functions={sympy.log: "log"}).call(sympy.gamma, "x")
        Traceback (most recent call last):
            ...
        ValueError: A formula is exported with log; got gamma. Rewrite it.
        """
        if function not in self.functions:
            known = ", ".join(sorted(f.__name__ for f in self.functions))
            raise ValueError(f"A formula is exported with {known}; got {function.__name__}. Rewrite it.")
        name = self.functions[function]
        return name.replace("{x}", argument) if "{x}" in name else f"{name}({argument})"

    def number(self, value: float) -> str:
        """A non-negative number with all its digits.

        >>> Syntax().number(2.0), Syntax(real=".0").number(2.0), Syntax(real=".0", double="d").number(0.5)
        ('2', '2.0', '0.5d0')
        """
        digits, _, exponent = f"{value!r}".partition("e")
        if digits.endswith(".0"):
            digits = digits[:-2] + self.real
        if exponent or self.double != "e":
            digits += self.double + (exponent or "0")
        return digits


def spell(expr: Expr, syntax: Syntax, names: Mapping[Symbol, str]) -> str:
    """An expression in a language, with the given names for its symbols.

    >>> x, y = sympy.symbols("x y")
    >>> spell(sympy.sqrt(x) / (y - 1) ** 2 - 3 * sympy.pi * x, Syntax(), {x: "x", y: "y"})
    'sqrt(x)/(y - 1)**2 - 3*pi*x'
    """
    return _Speller(syntax, names).text(sympy.sympify(expr), SUM)


@dataclass(frozen=True)
class _Speller:
    syntax: Syntax
    names: Mapping[Symbol, str]

    def text(self, e: Expr, least: int) -> str:
        """The text of ``e``, in brackets where it holds less tightly than ``least``."""
        text, level = self._spell(e)
        return text if level >= least else f"({text})"

    def _spell(self, e: Expr) -> tuple[str, int]:
        if e.is_number:
            return self._number(e)
        if e.is_Symbol:
            return self.names[e], ATOM
        if e.is_Add:
            return self._sum(e), SUM
        if e.is_Mul:
            return self._product(e)
        if e.is_Pow:
            return self._power(e.base, e.exp)
        if type(e) in RECIPROCAL:
            below = self.text(RECIPROCAL[type(e)](e.args[0]), POWER)
            return f"{self.syntax.number(1.0)}/{below}", PRODUCT
        return self.syntax.call(type(e), self.text(e.args[0], SUM)), ATOM

    def _number(self, e: Expr) -> tuple[str, int]:
        if e.could_extract_minus_sign():
            return "-" + self.text(-e, PRODUCT), SUM
        if e == pi:
            return self.syntax.pi, ATOM
        if e.is_Integer:
            return self.syntax.number(float(e)), ATOM
        if e.is_Rational or (e.is_Mul and _plain(e)):
            return self._product(e)
        if e.is_Pow and _plain(e):
            return self._power(e.base, e.exp)
        value = real(e)
        return (self.syntax.number(value), ATOM) if value >= 0 else ("-" + self.syntax.number(-value), SUM)

    def _sum(self, e: Add) -> str:
        first, *rest = e.as_ordered_terms()
        text = self.text(first, SUM)
        for term in rest:
            minus = term.could_extract_minus_sign()
            text += f" - {self.text(-term, PRODUCT)}" if minus else f" + {self.text(term, PRODUCT)}"
        return text

    def _product(self, e: Expr) -> tuple[str, int]:
        if e.could_extract_minus_sign():
            return "-" + self.text(-e, PRODUCT), SUM
        above, below = _fraction(e)
        text = "*".join(self.text(f, POWER) for f in above) or self.syntax.number(1.0)
        if below:
            text += "/" + self.text(below[0], POWER) if len(below) == 1 else f"/({self._times(below)})"
        return text, PRODUCT

    def _times(self, factors: list[Expr]) -> str:
        return "*".join(self.text(f, POWER) for f in factors)

    def _power(self, base: Expr, exponent: Expr) -> tuple[str, int]:
        if exponent.is_number and exponent.could_extract_minus_sign():
            return f"{self.syntax.number(1.0)}/{self.text(Pow(base, -exponent), POWER)}", PRODUCT
        if exponent == Rational(1, 2):
            return self.syntax.call(sympy.sqrt, self.text(base, SUM)), ATOM
        if self.syntax.fraction and exponent.is_Rational and not exponent.is_Integer:
            spelled = {"base": self.text(base, SUM), "twice": self.text(2 * exponent, SUM)}
            return self.syntax.fraction.format(**spelled), ATOM
        call = "(" in self.syntax.power
        least = SUM if call else ATOM
        whole = exponent.is_Integer and not call
        spelled = {
            "base": self.text(base, least),
            "exponent": exponent if whole else self.text(exponent, least),
        }
        return self.syntax.power.format(**spelled), ATOM if call else POWER


def _fraction(e: Expr) -> tuple[list[Expr], list[Expr]]:
    """The factors above and below the fraction bar, numbers gathered into one of them."""
    numbers = [f for f in Mul.make_args(e) if f.is_number]
    rest = [f for f in Mul.make_args(e) if not f.is_number]
    number = Mul(*numbers)
    parts = Mul.make_args(number) if _plain(number) else (Float(real(number), 17),)
    factors = [*(f for f in parts if f != 1), *rest]
    below = [1 / f for f in factors if f.is_Pow and f.exp.could_extract_minus_sign()]
    above = [f for f in factors if not (f.is_Pow and f.exp.could_extract_minus_sign())]
    if above and above[0].is_Rational and not above[0].is_Integer:
        p, q = Integer(above[0].p), Integer(above[0].q)
        above, below = [p, *above[1:]] if p != 1 else above[1:], [q, *below]
    return above, below


def _plain(number: Expr) -> bool:
    """Is it a fraction times a whole power of pi, which reads better than its digits?"""
    powers = number.atoms(Pow)
    return (
        not number.atoms(Float, Function, sympy.Add)
        and all(p.exp.is_Integer and p.base == pi for p in powers)
        and not number.has(sympy.E)
    )


def real(number: Expr) -> float:
    """The number as a float; a ValueError where it is not real and finite.

    >>> real(sympy.sqrt(2))
    1.4142135623730951
    >>> real(sympy.log(-1))
    Traceback (most recent call last):
        ...
    ValueError: A number of a formula is real and finite; got I*pi. Fit the formula again.
    """
    value = complex(number)
    if abs(value.imag) > 1e-14 or not isfinite(value.real):
        raise ValueError(f"A number of a formula is real and finite; got {number}. Fit the formula again.")
    return value.real
