"""Write the constants that only the units of the columns hide, and let the data say what they are.

``S/(S + 1)`` is tried as ``c0*S/(c1*S + 1)``: the same law, whatever the units of ``S`` and of the target.
"""

from collections.abc import Callable, Iterator

import numpy as np
from sympy import Expr, Symbol

from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft
from kantools.symbolic.whole.scales import hidden_constants

__all__ = ["opened"]


def opened(draft: Draft, data: Data) -> Draft:
    """The draft with a factor of the target and of each column, as far as each of them changes something.

    Examples
    --------
    >>> from sympy import symbols
    >>> S, c0, c1 = symbols("S c0 c1")
    >>> X = np.linspace(0, 3, 20)[:, None]
    >>> noise = np.random.default_rng(0).normal(0, 0.01, 20)
    >>> data = Data(("S",), X, 1.3 * X[:, 0] / (0.8 + X[:, 0]) + noise, np.ones(20))
    >>> opened(fit_draft(S / (S + 1), {}, data), data).template
    S*c0/(S*c1 + 1)
    """
    symbols = (s for s in fresh_symbols(data.columns) if s not in draft.constants)
    hidden = _hidden(draft, data)
    for scaled in _scalings(data):
        if not hidden:
            break
        symbol = next(symbols)
        start = dict(zip(draft.constants, draft.fit.values.tolist(), strict=True)) | {symbol: 1.0}
        trial = fit_draft(scaled(draft.template, symbol), start, data, max_iterations=100)
        left = _hidden(trial, data)
        if trial.loss <= draft.loss and left < hidden:
            draft, hidden = trial, left
    return draft


def _scalings(data: Data) -> Iterator[Callable[[Expr, Symbol], Expr]]:
    """What other units of the target and of each column make of a law."""
    yield lambda law, scale: scale * law
    yield from (lambda law, scale, x=x: law.xreplace({x: scale * x}) for x in data.symbols)


def _hidden(draft: Draft, data: Data) -> int:
    """How many constants it has without writing them, however well the data determine them."""
    if not np.isfinite(draft.loss):
        return len(data.columns) + 1
    return len(hidden_constants(draft.program(data), draft.fit.values, data, 1.0))
