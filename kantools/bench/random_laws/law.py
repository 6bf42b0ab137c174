"""A law of the source: a problem to be sampled, with its constants apart."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    >>> some = law(0, 10)
    >>> some.kind, some.problem.formula
    ('quotient', '0.0094/(1 + 0.16*c)')
    >>> some.template, some.constants
    ('_0/(1 + _1*c)', (0.0094, 0.16))
    """

    problem: Problem
    kind: str
    template: str
    constants: tuple[float, ...]

    def names(self, X: np.ndarray) -> dict[str, Any]:
        """The columns of X and the constants by name."""
        constants = {f"_{k}": value for k, value in enumerate(self.constants)}
        return dict(zip(self.problem.columns, X.T, strict=True)) | constants


def value_of(text: str, names: Mapping[str, Any]) -> np.ndarray:
    """A piece of a law in numpy, nan where it is not real.

    >>> value_of("_0*exp(-x)", {"_0": 2.0, "x": np.zeros(2)}).tolist()
    [2.0, 2.0]
    """
    with np.errstate(all="ignore"):
        return np.asarray(eval(text, {"__builtins__": {}}, FUNCTIONS | dict(names)), dtype=float)
