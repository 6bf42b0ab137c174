"""Formulas for web pages: presentation MathML, as browsers draw it without any library (MathML Core).

Sympy's printer writes most of it. Here is what it leaves to do: names of symbols are escaped, so that a
column called ``<b>`` is no tag; numbers stay in front of their sums; brackets grow around fractions only, as
Chromium sets all that may grow with wide gaps; long exponents become ``exp(…)``.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from sympy import Expr, Mul, Number, Pow, Symbol, fraction
from sympy.core.function import Function
from sympy.printing.mathml import MathMLPresentationPrinter
from sympy.printing.precedence import PRECEDENCE, precedence_traditional
from sympy.printing.pretty.pretty_symbology import greek_unicode

from kantools.symbolic.written.exponent import stands_raised

__all__ = ["equation", "mathml"]

MINUS, INVISIBLE_TIMES, TIMES = "\u2212", "\u2062", "\u00d7"
NUMERAL = re.compile(r"-?\d+(\.\d*)?(e[+-]?\d+)?", re.IGNORECASE)
INDEXED = re.compile(r"([^\W\d_]+)_?(\d+)")
TALL = ("mfrac", "msqrt", "mroot")


def mathml(expr: Expr) -> str:
    """An expression as the content of a ``<math>`` element.

    >>> x, c0 = Symbol("x"), Symbol("c0")
    >>> mathml(c0 / x)
    '<mfrac><msub><mi>c</mi><mn>0</mn></msub><mi>x</mi></mfrac>'
    >>> mathml(Symbol("<b>") ** 2)
    '<msup><mtext>&lt;b&gt;</mtext><mn>2</mn></msup>'
    """
    return MathMLPrinter().doprint(expr)


def equation(target: str, expr: Expr, *, block: bool = True) -> str:
    """``target = expr`` as a whole ``<math>`` element, on a line of its own or within a line.

    >>> equation("y", Symbol("x"), block=False)
    '<math><mrow><mi>y</mi><mo>=</mo><mi>x</mi></mrow></math>'
    """
    display = ' display="block"' if block else ""
    return f"<math{display}><mrow>{mathml(Symbol(target))}<mo>=</mo>{mathml(expr)}</mrow></math>"


class MathMLPrinter(MathMLPresentationPrinter):
    """Sympy's printer with names escaped, numbers kept as they are written, and products set apart."""

    def doprint(self, expr: Expr) -> str:
        return str(super().doprint(expr))

    def _element(self, name: str, *children: Any, text: str = "", **attributes: str) -> Any:
        node = self.dom.createElement(name)
        for key, value in attributes.items():
            node.setAttribute(key, value)
        if text:
            node.appendChild(self.dom.createTextNode(escape(text)))
        for child in children:
            node.appendChild(child)
        return node

    def _print_Symbol(self, symbol: Symbol, style: str = "plain") -> Any:
        name = symbol.name
        if NUMERAL.fullmatch(name):
            return self._number(name)
        indexed = INDEXED.fullmatch(name)
        if indexed and _is_letter(indexed[1]):
            return self._element("msub", self._word(indexed[1]), self._element("mn", text=indexed[2]))
        base, *indices = name.split("_")
        if indices and base.isalpha() and all(part.isalnum() for part in indices):
            return self._element("msub", self._word(base), self._word(", ".join(indices)))
        return self._word(name)

    def _word(self, name: str) -> Any:
        name = greek_unicode.get(name, name)
        return self._element("mi" if name.isalnum() else "mtext", text=name)

    def _print_Float(self, number: Number) -> Any:
        from mpmath.libmp import prec_to_dps, to_str

        return self._number(to_str(number._mpf_, prec_to_dps(number._prec), strip_zeros=True))

    def _number(self, text: str) -> Any:
        """``-1.5e-7`` as −1.5 × 10⁻⁷."""
        digits, _, power = text.lower().partition("e")
        number = self._signed(digits.removesuffix(".0"))
        if not power:
            return number
        ten = self._element("msup", self._element("mn", text="10"), self._signed(str(int(power))))
        return self._element("mrow", number, self._element("mo", text=TIMES), ten)

    def _signed(self, digits: str) -> Any:
        number = self._element("mn", text=digits.removeprefix("-"))
        return self._element("mrow", self._minus(), number) if digits.startswith("-") else number

    def _minus(self) -> Any:
        return self._element("mo", text=MINUS)

    def _print_Add(self, expr: Expr, order: str | None = None) -> Any:
        row = self._element("mrow")
        for k, term in enumerate(self._as_ordered_terms(expr, order=order)):
            negative = term.could_extract_minus_sign()
            if negative or k:
                row.appendChild(self._minus() if negative else self._element("mo", text="+"))
            row.appendChild(self._factor(_negated(term)) if negative else self._print(term))
        return row

    def _print_Mul(self, expr: Expr) -> Any:
        if expr.could_extract_minus_sign():
            return self._element("mrow", self._minus(), self._factor(_negated(expr)))
        above, below = fraction(expr, exact=True)
        if below != 1:
            return self._element("mfrac", self._print(above), self._print(below))
        return self._product(_factors(expr))

    def _product(self, factors: Sequence[Expr]) -> Any:
        if len(factors) == 1:
            return self._print(factors[0])
        row = self._element("mrow", self._factor(factors[0]))
        for factor in factors[1:]:
            row.appendChild(self._times(factor))
            row.appendChild(self._factor(factor))
        return row

    def _times(self, after: Expr) -> Any:
        """Nothing but a thin space, except before a numeral."""
        if _begins_with_numeral(after):
            return self._element("mo", text=TIMES)
        return self._element("mo", text=INVISIBLE_TIMES, lspace="0.15em", rspace="0.15em")

    def _factor(self, expr: Expr) -> Any:
        return self.parenthesize(expr, PRECEDENCE["Mul"], strict=True)

    def _print_exp(self, expr: Expr) -> Any:
        inner = expr.args[0]
        if stands_raised(inner):
            return self._element("msup", self._element("mi", text="e"), self._print(inner))
        return self._element("mrow", self._element("mi", text="exp"), self._brackets(inner))

    def _print_Pi(self, expr: Expr) -> Any:
        return self._element("mi", text="π")

    def _print_Exp1(self, expr: Expr) -> Any:
        return self._element("mi", text="e")

    def _print_Pow(self, expr: Expr) -> Any:
        """Functions to a power stand in brackets: ``(sin x)²``, ``(eˣ)²``."""
        base, power = expr.args
        if not isinstance(base, Function) or (power.is_Rational and abs(power.p) == 1):
            return super()._print_Pow(expr)
        if power.is_negative:
            return self._element("mfrac", self._element("mn", text="1"), self._print(Pow(base, -power)))
        return self._element("msup", self._brackets(base), self._print(power))

    def parenthesize(self, item: Expr, level: int, strict: bool = False) -> Any:
        precedence = precedence_traditional(item)
        inside = precedence < level or (not strict and precedence <= level)
        return self._brackets(item) if inside else self._print(item)

    def _paren_comma_separated(self, *args: Expr) -> Any:
        return self._brackets(*args)

    def _brackets(self, *args: Expr) -> Any:
        content: list[Any] = []
        for arg in args:
            content += [self._element("mo", text=",")] * bool(content) + [self._print(arg)]
        grows = any(_is_tall(node) for node in content)
        form = {} if grows else {"stretchy": "false"}
        left, right = (self._element("mo", text=sign, **form) for sign in "()")
        return self._element("mrow", left, *content, right)


def _is_tall(node: Any) -> bool:
    return node.tagName in TALL or any(node.getElementsByTagName(name) for name in TALL)


def _is_letter(word: str) -> bool:
    return len(word) == 1 or word in greek_unicode


def _negated(expr: Expr) -> Expr:
    """``-expr`` without multiplying a number out over a sum."""
    if expr.is_Mul and isinstance(expr.args[0], Number):
        number, *rest = expr.args
        if number == -1:
            return rest[0] if len(rest) == 1 else Mul(*rest, evaluate=False)
        return Mul(-number, *rest, evaluate=False)
    return -expr


def _factors(expr: Expr) -> list[Expr]:
    """Numbers first, then the rest in sympy's order."""
    number, rest = expr.as_coeff_mul()
    ordered = Mul._from_args(rest).as_ordered_factors() if len(rest) > 1 else list(rest)
    return ordered if number == 1 else [number, *ordered]


def _begins_with_numeral(expr: Expr) -> bool:
    head = expr.base if isinstance(expr, Pow) else expr
    return isinstance(head, Number) or (isinstance(head, Symbol) and bool(NUMERAL.fullmatch(head.name)))
