"""Laws of columns that are far from 0, worked out and written around a round number amid the column.

``c0 + c1*year`` becomes ``c0 + c1*(year - 2000)`` where constants take up the shift, as those of lines,
exponentials and sines do. Such a law is polished and priced as one of the shifted column, whose constants
hardly depend on each other: the round number is a way of writing. A law that does not take up the shift,
such as ``year**11`` or ``exp(-E/T)``, says that the column's own zero is that of nature: it has named a
zero, which costs two symbols as any other would.

A power whose exponent is fitted is within a narrow range an exponential of a logarithm, and priced so.
"""

from dataclasses import replace

import numpy as np
from sympy import Add, Expr, Mul, Number, Pow, Rational, Symbol, exp, log

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.far import centres
from kantools.symbolic.formula import Formula
from kantools.symbolic.language.rarity import rarity
from kantools.symbolic.whole.draft import NATS_A_NODE, Draft, covariance, fit_draft
from kantools.symbolic.whole.polish import polish

__all__ = ["around", "polish_centred"]

#: Symbols of ``- 2000`` behind a column.
SYMBOLS = 2
#: Share of the loss by which the same function, fitted twice, may differ.
SAME = 1e-6
#: Standard errors from a column's own zero within which a constant may be it.
WITHIN = 4.0
#: Nats of a fitted power of a far column, beyond its symbols: it is the exponential of a logarithm.
POWER = rarity(exp(log(Symbol("x"))))


def polish_centred(draft: Draft, data: Data, target: str, *, deadline: float = np.inf) -> Formula | None:
    """:func:`~kantools.symbolic.whole.polish.polish`, around the centres of the columns that are far from 0.

    Examples
    --------
    >>> from sympy import symbols
    >>> year, c0, c1 = symbols("year c0 c1")
    >>> X = np.linspace(1990, 2020, 31)[:, None]
    >>> y = 14.1 + 0.021 * (X[:, 0] - 2000) + np.random.default_rng(0).normal(0, 0.1, 31)
    >>> line = Data(("year",), X, y, np.ones(31))
    >>> print(polish_centred(fit_draft(c0 + c1 * year, {c0: 0.0, c1: 0.0}, line), line, "temperature"))
    temperature = 0.0202*(year - 2005) + 14.19
    """
    moved, own = {}, []
    inner = data
    for symbol, centre in centres(data.symbols, data.X).items():
        if symbol not in draft.template.free_symbols:
            continue
        frame = _shifted(inner, symbol, centre)
        shifted = _in_frame(draft, inner, frame, symbol, centre)
        if _beside((shifted or draft).template, symbol, centre if shifted else -centre):
            return None  # from both zeros at once; sympy multiplies exp(a*(x - 1663849000)) out, too
        if shifted is None:
            own.append(symbol)
        else:
            draft, inner, moved[symbol] = shifted, frame, centre
    formula = polish(draft, inner, target, deadline=deadline)
    if formula is None:
        return None
    formula = _with_zeros(replace(formula, template=around(formula.template, moved)), own)
    zero = _own_zero(draft, inner, data, moved)
    if zero is None:
        return formula
    other = polish_centred(zero, data, target, deadline=deadline)
    return min((f for f in (formula, other) if f), key=lambda f: f.description_length)


def around(template: Expr, moved: dict[Symbol, Rational]) -> Expr:
    """The template with ``x - centre`` for each of these columns; numbers are not multiplied out.

    >>> from sympy import symbols
    >>> x, c0 = symbols("x c0")
    >>> around(3 * x + c0, {x: Rational(2000)})
    c0 + 3*(x - 2000)
    """
    if template in moved:
        return template - moved[template]
    if template.is_Atom or not template.free_symbols & moved.keys():
        return template
    args = [around(a, moved) for a in template.args]
    if template.is_Mul and len(args) == 2 and isinstance(args[0], Number) and args[1].is_Add:
        return Mul(*args, evaluate=False)
    return template.func(*args)


def _own_zero(draft: Draft, frame: Data, data: Data, moved: dict[Symbol, Rational]) -> Draft | None:
    """The draft with the column's own zero for a constant that may be it: ``x`` for ``x - 300 + 299(3)``."""
    values = dict(zip(draft.constants, draft.fit.values.tolist(), strict=True))
    errors = dict(zip(draft.constants, np.sqrt(np.diag(covariance(draft, frame))), strict=True))
    for symbol, centre in moved.items():
        for constant, value in values.items():
            template = draft.template.xreplace({symbol + constant: symbol})
            close = abs(value - float(centre)) < WITHIN * errors[constant]
            alone = len(moved) == 1 and constant not in template.free_symbols
            if close and alone and symbol in template.free_symbols:
                start = {s: v for s, v in values.items() if s != constant}
                found = fit_draft(template, start, data, max_iterations=100)
                return found if np.isfinite(found.loss) else None
    return None


def _shifted(data: Data, symbol: Symbol, centre: Rational) -> Data:
    """The rows with this column around its centre."""
    X = data.X.copy()
    X[:, data.symbols.index(symbol)] -= float(centre)
    return replace(data, X=X)


def _in_frame(draft: Draft, data: Data, frame: Data, symbol: Symbol, centre: Rational) -> Draft | None:
    """The draft as a law of the shifted column; None where it has the column's own zero."""
    start = dict(zip(draft.constants, draft.fit.values.tolist(), strict=True))
    if _beside(draft.template, symbol, -centre):
        shifted = fit_draft(draft.template.xreplace({symbol: symbol + centre}), start, frame)
    else:
        start = _with_linear(draft.template, _taken_up(draft.template, start, symbol, float(centre)), frame)
        shifted = fit_draft(draft.template, start, frame, max_iterations=100)
    most = max(draft.loss * (1 + SAME), data.rounding)
    return shifted if shifted.loss <= most else None


def _beside(template: Expr, symbol: Symbol, number: Rational) -> bool:
    """Whether a sum has both, as ``x - 2000`` has, also where it is longer."""
    return any(symbol in e.args and number in e.args for e in template.atoms(Add))


def _taken_up(
    template: Expr, values: dict[Symbol, float], symbol: Symbol, centre: float
) -> dict[Symbol, float]:
    """The constants beside ``q*x`` in a sum, with ``q*centre`` added: a phase takes up a shift."""
    found = dict(values)
    for node in template.atoms(Add):
        slope = node.coeff(symbol)
        beside = [(a, s) for a in node.args for s in [a.as_coeff_Mul()] if s[1] in values]
        if slope.free_symbols <= values.keys() and slope != 0 and beside:
            (number, constant) = beside[0][1]
            found[constant] += float(slope.subs(values)) * centre / float(number)
    return found


def _with_linear(template: Expr, values: dict[Symbol, float], data: Data) -> dict[Symbol, float]:
    """With the constants that the template is linear in at their best beside the others."""
    linear: list[Symbol] = []
    for symbol in values:
        if not template.diff(symbol).free_symbols & {symbol, *linear}:
            linear.append(symbol)
    program = compile_expression(template, data.symbols, list(values))
    start = np.array([0.0 if s in linear else v for s, v in values.items()])
    rest, J = program.jacobian(data.X, start)
    A, root = J[:, [s in linear for s in values]], np.sqrt(data.weight)
    if not linear or not (np.isfinite(A).all() and np.isfinite(rest).all()):
        return values
    best = np.linalg.lstsq(A * root[:, None], (data.y - rest) * root, rcond=None)[0]
    return values | dict(zip(linear, best.tolist(), strict=True))


def _with_zeros(formula: Formula, own: list[Symbol]) -> Formula:
    """What naming the zero of these columns costs, as far as they stand in the formula."""
    there = [s for s in own if s in formula.template.free_symbols]
    if not there:
        return formula
    free = {c.symbol for c in formula.free}
    powers = [p for p in formula.template.atoms(Pow) if p.base in there and p.exp.free_symbols & free]
    nats = SYMBOLS * NATS_A_NODE * len(there) + POWER * len(powers)
    return replace(
        formula,
        complexity=formula.complexity + SYMBOLS * len(there),
        description_length=formula.description_length + nats,
    )
