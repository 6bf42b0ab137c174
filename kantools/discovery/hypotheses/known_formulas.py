"""Formulas that were found elsewhere, on other data or for another target, begin anew on these data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from kantools.discovery.findings import Finding, Form
from kantools.discovery.hypothesis import Hypothesis, Scene, When
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, draft_of, fit_draft

__all__ = ["KnownFormulas", "known_drafts"]


@dataclass(frozen=True)
class KnownFormulas(Hypothesis):
    """Formulas that the search was given, their constants fitted to these rows."""

    name = "known formulas"
    when = When.FIRST

    def shortest(self, columns: int) -> float:
        return inf  # they were given

    def applies(self, scene: Scene) -> bool:
        return bool(scene.settings.known)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        for draft in known_drafts(scene.settings.known, scene.data):
            yield Form(draft)


def known_drafts(formulas: Iterable[Formula], data: Data) -> Iterator[Draft]:
    """Their templates fitted to the data; those that need columns that are not there are left out.

    A formula without a free constant gets a factor, because the size of another target is another one.

    Examples
    --------
    >>> import numpy as np
    >>> from sympy import symbols
    >>> x, y = symbols("x y")
    >>> data = Data(("x",), np.arange(1.0, 9)[:, None], 3 * np.arange(1.0, 9) ** 2, np.ones(8))
    >>> (draft,) = known_drafts([Formula(("x",), "z", x**2), Formula(("x", "y"), "z", x * y)], data)
    >>> print(draft.template, draft.fit.values.round(9))
    c0*x**2 [3.]
    """
    for formula in formulas:
        if not formula.expression.free_symbols <= set(data.symbols):
            continue
        if formula.free:
            yield draft_of(formula, data)
        else:
            factor = next(fresh_symbols(data.columns))
            yield fit_draft(factor * formula.expression, {factor: 1.0}, data, max_iterations=100)
