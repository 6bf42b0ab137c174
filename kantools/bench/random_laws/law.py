"""A law of the source: a problem to be sampled, with its constants apart."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from kantools.datasets import Problem

__all__ = ["RandomLaw", "value_of"]

FUNCTIONS: dict[str, Any] = {
    name: getattr(np, name)
    for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "pi")
}


@dataclass(frozen=True)
class RandomLaw:
    """A law that was drawn.

    Attributes
    ----------
    problem : Problem
    kind : str
        Its class, one of :data:`~kantools.bench.random_laws.grammar.CLASSES`.
    template : str
        Its formula with ``_0``, ``_1``, … in the place of its constants.
    constants : tuple of float
        Their values.

    Examples
    --------
    >>> from kantools.bench.random_laws.source import law
    >>> some = law(0, 0)
    >>> some.problem.formula
    '?'
    """

    problem: Problem
    kind: str
    template: str
    constants: tuple[float, ...]

    @cached_property
    def tree(self) -> ast.Expression:
        """The template as Python reads it."""
        return ast.parse(self.template, mode="eval")

    def names(self, X: np.ndarray) -> dict[str, Any]:
        """The columns of X and the constants by name."""
        constants = {f"_{k}": value for k, value in enumerate(self.constants)}
        return dict(zip(self.problem.columns, X.T, strict=True)) | constants


def value_of(tree: ast.expr, names: Mapping[str, Any]) -> np.ndarray:
    """A piece of a law in numpy, nan where it is not real."""
    code = compile(ast.fix_missing_locations(ast.Expression(tree)), "law", "eval")
    with np.errstate(all="ignore"):
        return np.asarray(eval(code, {"__builtins__": {}}, FUNCTIONS | dict(names)), dtype=float)
