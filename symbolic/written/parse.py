"""Formulas as text, read by a grammar of their own: nothing that stands in the text is ever run.

::

    sum     = product {("+" | "-") product}
    product = factor {("*" | "/") factor}
    factor  = {"+" | "-"} power
    power   = atom [("**" | "^") factor]
    atom    = number | name | function "(" sum {"," sum} ")" | "(" sum ")"

As in Python a power binds to the right, and more tightly than the sign before it. A name is a letter and what
follows of letters, digits and underscores, whatever it means elsewhere (``lambda``, ``μ``); any other name
stands in double quotes, with the escapes of JSON: ``"flow rate (µl)"``. Functions are those of sympy that
formulas are made of, the primitives, and the names that other tools have for them. ``pi``, ``E`` and
``GoldenRatio`` are numbers, unless a column has that name.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn, TypeAlias, TypeVar

import sympy
from sympy import Add, Expr, Float, Mul, Pow, Rational, Symbol

from kantools.catalogue import did_you_mean
from kantools.errors import UserError
from kantools.symbolic.evaluate import FUNCTIONS
from kantools.symbolic.primitive import PRIMITIVES, Primitive
from kantools.symbolic.written.parts import Part, applied, combined, negative, number, quotient, reciprocal

T = TypeVar("T")
Function: TypeAlias = type | Primitive

__all__ = ["CONSTANTS", "NAME", "FormulaError", "parse"]

#: Longer texts and deeper brackets are no formulas of measurements.
LENGTH, DEPTH = 20_000, 64
#: Of a number that is more precise than a double.
MOST_BITS = 10_000
CONSTANTS: dict[str, Expr] = {"pi": sympy.pi, "E": sympy.E, "GoldenRatio": sympy.GoldenRatio}
ELEMENTARY: dict[str, type] = {f.__name__: f for f in FUNCTIONS}
ALIASES: dict[str, type] = {
    **{"abs": sympy.Abs, "ln": sympy.log, "add": Add, "mul": Mul, "pow": Pow, "sqrt": Pow},
    **{"arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan},
    **{"arsinh": sympy.asinh, "arcosh": sympy.acosh, "artanh": sympy.atanh},
}
HALF = Part(Rational(1, 2), 0.5)

NAME = re.compile(r"[^\W\d]\w*")
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>{NAME.pattern})"
    r'|(?P<quoted>"(?:[^"\\]|\\.)*")'
    r"|(?P<operator>\*\*|[-+*/^(),])"
    r"|(?P<space>\s+)"
)


class FormulaError(UserError):
    """A text that is no formula; the message says where and why.

    >>> try:
    ...     parse("2*sinn(x)")
    ... except FormulaError as error:
    ...     print(error)
    There is no function "sinn"; did you mean "sin" or "sinh"? (At 3 in "2*sinn(x)".)
    """


@dataclass(frozen=True)
class Token:
    """A number, name, quoted name or operator, and where it begins.

    >>> Reader("2*x", None, frozenset(), True, {}).tokens[1]
    Token(kind='operator', text='*', at=1)
    """

    kind: str
    text: str
    at: int


def parse(
    text: str,
    symbols: Iterable[str] | None = None,
    *,
    columns: Iterable[str] = (),
    evaluate: bool = True,
    values: Mapping[str, float] | None = None,
) -> Expr:
    """The expression that a text describes.

    Parameters
    ----------
    text : str
        In the grammar of this module.
    symbols : iterable of str, optional
        The names that may occur, of columns and constants; any where it is None.
    columns : iterable of str, optional
        Where any names may occur, those that are columns even if they are called ``pi`` or ``E``.
    evaluate : bool
        Whether sympy brings the expression into its usual form. If not, sums, products and powers stay as
        they are written, so that numbers are computed in the order of the text; a column that is called
        ``pi``, ``E`` or ``GoldenRatio`` then stands in quotes.
    values : mapping of str to float, optional
        What symbols will be replaced by; parts made of these must be finite, too.

    Returns
    -------
    Expr
        In plain symbols named like the columns.

    Raises
    ------
    FormulaError
        For anything else than a formula, with the position, and for one that is too long, too deep, or has
        a number beyond double precision.

    Examples
    --------
    >>> parse("a*sin(2*pi*x)^2 + 3/4")
    a*sin(2*pi*x)**2 + 3/4
    >>> parse('lambda/"flow rate"', ["lambda", "flow rate"])
    lambda/flow rate
    >>> parse("2x")
    Traceback (most recent call last):
    ...
    kantools.symbolic.written.parse.FormulaError: An operator such as "*" is missing before "x". (At 2 in \
"2x".)
    """
    known = None if symbols is None else frozenset(symbols)
    own = frozenset(columns) | (known or frozenset()) if evaluate else frozenset()
    return Reader(text, known, own, evaluate, values or {}).whole()


class Reader:
    """One pass over the tokens of a text, a method for each rule of the grammar.

    >>> reader = Reader("-x**2/y", None, frozenset(), True, {})
    >>> reader.minus(), reader.power().expr, reader.sees("/")
    (True, x**2, True)
    """

    def __init__(
        self,
        text: str,
        symbols: frozenset[str] | None,
        own: frozenset[str],
        evaluate: bool,
        values: Mapping[str, float],
    ) -> None:
        self.text, self.symbols, self.own = text, symbols, own
        self.evaluate, self.values = evaluate, values
        if len(text) > LENGTH:
            raise FormulaError(f"A formula has at most {LENGTH} characters; got {len(text)}. Shorten it.")
        self.tokens = [*self._tokens(), Token("end", "", len(text))]
        self.place, self.depth = 0, 0

    def _tokens(self) -> Iterator[Token]:
        at = 0
        while at < len(self.text):
            found = TOKEN.match(self.text, at)
            if found is None:
                self.refuse(f"A formula has names, numbers, brackets, + - * / **; not {self.text[at]!r}.", at)
            if found.lastgroup != "space":
                yield Token(str(found.lastgroup), found[0], at)
            at = found.end()

    def refuse(self, message: str, at: int) -> NoReturn:
        begin, end = max(0, at - 30), at + 30
        shown = "…" * (begin > 0) + self.text[begin:end] + "…" * (end < len(self.text))
        raise FormulaError(f'{message} (At {at + 1} in "{shown}".)') from None

    def guarded(self, at: int, make: Callable[..., T], *arguments: object) -> T:
        """What is made, or the refusal of what is too large, with its position."""
        try:
            return make(*arguments, self.evaluate)
        except (ValueError, ArithmeticError) as error:
            self.refuse(str(error), at)

    @property
    def token(self) -> Token:
        """The one that comes next."""
        return self.tokens[self.place]

    def sees(self, *operators: str) -> bool:
        return self.token.kind == "operator" and self.token.text in operators

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def expect(self, *operators: str) -> str:
        if not self.sees(*operators):
            got = f'not "{self.token.text}"' if self.token.text else "not the end"
            self.refuse(f'An operator or "{operators[-1]}" is expected here, {got}.', self.token.at)
        return self.take().text

    def whole(self) -> Expr:
        expr = self.sum().expr
        if self.token.kind != "end":
            self.refuse(f'An operator such as "*" is missing before "{self.token.text}".', self.token.at)
        if expr.has(sympy.I):
            self.refuse("A formula is real; roots and logarithms of negative numbers are not.", 0)
        return expr

    def sum(self) -> Part:
        at, terms = self.token.at, [self.product()]
        while self.sees("+", "-"):
            minus, term = self.take().text == "-", self.product()
            terms.append(self.guarded(at, negative, term) if minus else term)
        return terms[0] if len(terms) == 1 else self.guarded(at, combined, Add, terms)

    def product(self) -> Part:
        at, minus = self.token.at, self.minus()
        factors = [self.power()]
        while self.sees("*", "/"):
            over, factor = self.take().text == "/", self.factor()
            factors = self.over(factors, factor, at) if over else [*factors, factor]
        whole = factors[0] if len(factors) == 1 else self.guarded(at, combined, Mul, factors)
        return self.guarded(at, negative, whole) if minus else whole

    def over(self, factors: list[Part], divisor: Part, at: int) -> list[Part]:
        """The factors with one more in the denominator."""
        if len(factors) > 1:
            return [*factors, self.guarded(at, reciprocal, divisor)]
        return self.guarded(at, quotient, *factors, divisor)

    def factor(self) -> Part:
        at, minus = self.token.at, self.minus()
        return self.guarded(at, negative, self.power()) if minus else self.power()

    def minus(self) -> bool:
        """Whether the signs that come next make a minus."""
        minus = False
        while self.sees("+", "-"):
            minus ^= self.take().text == "-"
        return minus

    def power(self) -> Part:
        at, base = self.token.at, self.atom()
        if not self.sees("**", "^"):
            return base
        self.take()
        return self.guarded(at, combined, Pow, [base, self.deeper(self.factor)])

    def deeper(self, rule: Callable[[], Part]) -> Part:
        """A rule within brackets or an exponent."""
        self.depth += 1
        if self.depth > DEPTH:
            self.refuse(f"A formula is at most {DEPTH} brackets deep.", self.token.at)
        part = rule()
        self.depth -= 1
        return part

    def atom(self) -> Part:
        token = self.take()
        if token.kind == "number":
            return self.guarded(token.at, lambda text, _: number(text), token.text)
        if token.kind == "name" and self.sees("("):
            return self.call(token)
        if token.kind in ("name", "quoted"):
            return self.named(token)
        if token.text != "(":
            got = f'not "{token.text}"' if token.text else "not the end"
            self.refuse(f'A number, a name or "(" is expected here, {got}.', token.at)
        part = self.deeper(self.sum)
        self.expect(")")
        return part

    def named(self, token: Token) -> Part:
        """A column, a constant, or a number with a name."""
        name = token.text if token.kind == "name" else self.unquoted(token)
        if token.kind == "name" and name in CONSTANTS and name not in self.own:
            return Part(CONSTANTS[name], complex(CONSTANTS[name]))
        if self.symbols is not None and name not in self.symbols:
            near = did_you_mean(name, sorted(self.symbols))
            self.refuse(f'There is no column or constant "{name}"; {near}', token.at)
        value = self.values.get(name)
        return Part(Symbol(name), None if value is None else complex(value))

    def unquoted(self, token: Token) -> str:
        try:
            return str(json.loads(token.text))
        except ValueError:
            self.refuse("A name in quotes has the escapes of JSON: two backslashes for one.", token.at)

    def call(self, token: Token) -> Part:
        """A function of what stands in its brackets."""
        self.take()
        if token.text == "float":
            return self.precise(token)
        arguments = [self.deeper(self.sum)]
        while self.expect(",", ")") == ",":
            arguments.append(self.deeper(self.sum))
        function, given = self.function(token), len(arguments)
        arguments += [HALF] * (token.text == "sqrt")
        if not takes(function, len(arguments)):
            self.refuse(f'"{token.text}" does not take {given} arguments.', token.at)
        if isinstance(function, Primitive):
            return self.guarded(token.at, applied, function, arguments[0])
        return self.guarded(token.at, combined, function, arguments)

    def function(self, token: Token) -> Function:
        found: Function | None = ELEMENTARY.get(token.text) or ALIASES.get(token.text)
        if found is None and self.evaluate:
            found = PRIMITIVES.get(token.text)
        if found is None:
            near = did_you_mean(token.text, sorted({*ELEMENTARY, *ALIASES, *PRIMITIVES}))
            self.refuse(f'There is no function "{token.text}"; {near}', token.at)
        return found

    def precise(self, token: Token) -> Part:
        """``float(0.1, 113)``: a number with so many binary digits."""
        digits = self.take()
        self.expect(",")
        bits = self.take()
        self.expect(")")
        if digits.kind != "number" or not bits.text.isdecimal() or not 1 <= int(bits.text) <= MOST_BITS:
            self.refuse(f"float(number, bits) has from 1 to {MOST_BITS} bits.", token.at)
        part = self.guarded(token.at, lambda text, _: number(text), digits.text)
        return replace(part, expr=Float(digits.text, precision=int(bits.text)))


def takes(function: Function, arguments: int) -> bool:
    """Whether it is a function of so many arguments.

    >>> takes(Pow, 2), takes(sympy.sin, 2), takes(Add, 3)
    (True, False, True)
    """
    if function in (Add, Mul):
        return arguments > 1
    return arguments == (2 if function is Pow else 1)
