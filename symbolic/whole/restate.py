"""State a draft in the constants that are printed.

Sympy computes with numbers: ``x*exp(c0 - y)`` is printed as ``1.2344*x*exp(-y)``, and ``0.2106`` is nowhere
to be seen. What sympy makes of the numbers is read as a template again, ``c0*x*exp(-y)``: the same functions
in constants that are printed as they are, with standard errors of their own.
"""

from collections.abc import Iterable

from sympy import Expr, Float, Symbol

from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft
from kantools.symbolic.written.numbers_in import CLOSE, numbers_told, with_numbers

__all__ = ["restated"]

DIGITS = 17
NO_WORSE = 1e-9  # relative rise of the loss that rounding may bring


def restated(draft: Draft, data: Data) -> Draft:
    """The draft with constants as they will be printed; itself where there are no such constants.

    Examples
    --------
    >>> import numpy as np
    >>> from sympy import exp, symbols
    >>> x, y, c0 = symbols("x y c0")
    >>> X = np.random.default_rng(0).uniform(1, 2, (9, 2))
    >>> data = Data(("x", "y"), X, 1.2344 * X[:, 0] * np.exp(-X[:, 1]), np.ones(9))
    >>> found = restated(fit_draft(x * exp(c0 - y), {c0: 0.2}, data), data)
    >>> found.template.has(exp(-y)), found.fit.values.round(12).tolist()
    (True, [1.2344])
    """
    numbers = {s: Float(v, DIGITS) for s, v in zip(draft.constants, draft.fit.values.tolist(), strict=True)}
    said = with_numbers(draft.template, numbers)
    if numbers_told(said, numbers.values()):
        return draft
    floats = said.atoms(Float)
    values = _distinct(floats)
    if len(values) != len(numbers):
        return draft
    symbols = _symbols(values, numbers, data)
    symbols = {s: v if _near(v, floats) else -v for s, v in symbols.items()}
    template = said.xreplace({f: _symbol(f, symbols) for f in floats})
    again = fit_draft(template, {s: float(v) for s, v in symbols.items()}, data)
    same = again.loss <= max(draft.loss * (1 + NO_WORSE), 1e-22 * data.power)
    return again if same and again.complexity <= draft.complexity else draft


def _distinct(floats: Iterable[Float]) -> list[Float]:
    """Their sizes, each once."""
    found: list[Float] = []
    for size in sorted(abs(f) for f in floats):
        if not found or size - found[-1] > CLOSE * size:
            found.append(size)
    return found


def _symbols(values: list[Float], numbers: dict[Symbol, Float], data: Data) -> dict[Symbol, Float]:
    """A symbol for each number: the one that it had, or a fresh one."""
    fresh = (s for s in fresh_symbols(data.columns) if s not in numbers)
    found = {s: n for s, n in numbers.items() if _near(abs(n), values)}
    rest = (v for v in values if not _near(v, [abs(n) for n in numbers.values()]))
    return found | {next(fresh): v for v in rest}


def _near(value: Float, others: Iterable[Float]) -> bool:
    return any(abs(value - other) <= CLOSE * abs(value) for other in others)


def _symbol(number: Float, symbols: dict[Symbol, Float]) -> Expr:
    symbol = min(symbols, key=lambda s: abs(abs(symbols[s]) - abs(number)))
    return symbol if symbols[symbol] * number > 0 else -symbol
