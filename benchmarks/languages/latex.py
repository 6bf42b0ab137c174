r"""LaTeX: a small reader evaluates the equation as it is typeset.

The constants are taken to be known exactly: otherwise few of their digits are printed. The reader knows
fractions, roots, powers, brackets and functions, which is what equations consist of, and nothing of sympy.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product
from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.formula import Formula
from kantools.symbolic.written.latex_name import latex_names

__all__ = ["LATEX"]

FUNCTIONS: dict[str, Callable] = {
    **{name: getattr(np, name) for name in ("sin", "cos", "tan", "exp", "log", "sinh", "cosh", "tanh")},
    **{f"a{name}": getattr(np, f"arc{name}") for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "sign": np.sign,
    "cot": lambda x: 1 / np.tan(x),
    "sec": lambda x: 1 / np.cos(x),
    "csc": lambda x: 1 / np.sin(x),
    "coth": lambda x: 1 / np.tanh(x),
    "sech": lambda x: 1 / np.cosh(x),
}
TOKEN = r"\\operatorname\{\w+\}|\\left|\\right|\\[a-zA-Z]+|\\,|\d+\.?\d*|\.\d+|[-+^(){}|\[\]e]"
SPACES = {r"\,", r"\cdot"}
ENDS = {"", "+", "-", "}", r"\right", "]"}


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    with np.errstate(all="ignore"):
        return [_evaluated(p.formula, p.X) for p in products]


def _evaluated(formula: Formula, X: np.ndarray) -> np.ndarray:
    exact = tuple(replace(c, error=0.0) for c in formula.constants)
    text = str(EXPORTERS["latex"](replace(formula, constants=exact)))
    names_of = latex_names((*formula.columns, formula.target))
    body = text.removeprefix(f"{names_of[formula.target]} = ").strip()
    columns = {names_of[c]: x for c, x in zip(formula.columns, X.T, strict=True)}
    names = "|".join(re.escape(c) + r"(?![a-zA-Z_])" for c in sorted(columns, key=len, reverse=True))
    pattern = re.compile(f"({names}|{TOKEN})" if names else f"({TOKEN})")
    left = pattern.sub("", body).strip()
    if left:
        raise ValueError(f"{left!r} is not read in {body}")
    tokens = [t for t in pattern.findall(body) if t not in SPACES]
    value = _Reader([*tokens, ""], columns).sum()
    return np.broadcast_to(value, len(X))


@dataclass
class _Reader:
    """A descent through sums, products and powers; ``place`` is the token that is read next."""

    tokens: list[str]
    columns: dict[str, np.ndarray]
    place: int = 0

    @property
    def next(self) -> str:
        return self.tokens[self.place]

    def take(self, *wanted: str) -> str:
        token = self.next
        if wanted and token not in wanted:
            raise ValueError(f"{wanted} should follow on {self.tokens[: self.place]}, not {token!r}")
        self.place += 1
        return token

    def sum(self):  # type: ignore[no-untyped-def]
        value = 0.0
        while self.next not in ENDS or self.next in ("+", "-"):
            sign = -1.0 if (self.next in ("+", "-") and self.take() == "-") else 1.0
            value = value + sign * self.product()
        return value

    def product(self):  # type: ignore[no-untyped-def]
        value = self.power()
        while self.next not in ENDS:
            value = value * self.power()
        return value

    def power(self):  # type: ignore[no-untyped-def]
        if self.next == "e" and self.tokens[self.place + 1] == "^":  # not a power of the rounded number e
            self.take()
            return np.exp(self.exponent())
        base = self.atom()
        return np.power(np.asarray(base, dtype=float), self.exponent()) if self.next == "^" else base

    def exponent(self):  # type: ignore[no-untyped-def]
        self.take("^")
        return self.group()

    def group(self):  # type: ignore[no-untyped-def]
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def atom(self):  # type: ignore[no-untyped-def]
        token = self.next
        if token == "{":
            return self.group()
        if token == r"\left":
            return self.bracket()
        self.take()
        if token in self.columns:
            return self.columns[token]
        if token[0].isdigit() or token[0] == ".":
            return float(token)
        if token in (r"\pi", "e"):
            return np.pi if token == r"\pi" else np.e
        if token == r"\frac":
            return self.group() / self.group()
        return self.root() if token == r"\sqrt" else self.function(token)

    def bracket(self):  # type: ignore[no-untyped-def]
        self.take(r"\left")
        kind = self.take("(", "|")
        value = self.sum()
        self.take(r"\right")
        self.take(")" if kind == "(" else "|")
        return np.abs(value) if kind == "|" else value

    def root(self):  # type: ignore[no-untyped-def]
        if self.next != "[":
            return np.sqrt(self.group())
        self.take("[")
        order = self.sum()
        self.take("]")
        return np.power(self.group(), 1 / order)

    def function(self, token: str):  # type: ignore[no-untyped-def]
        name = re.sub(r"\\operatorname\{(\w+)\}|\\", r"\1", token)
        exponent = self.exponent() if self.next == "^" else 1.0
        return np.power(FUNCTIONS[name](self.group()), exponent)


LATEX = Language("latex", run, packages=("numpy",))
