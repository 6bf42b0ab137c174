"""From a fitted draft to a formula: no constant too many, exact numbers where the data agree, short.

Every step has to pay: an exact number in the place of a constant, a term that goes, are kept where the
description length of the whole falls.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from sympy import Abs, Expr, Float, Integer, Symbol, default_sort_key, preorder_traversal

from kantools.clock import NODE, now, worked
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.poles import has_unseen_poles
from kantools.symbolic.trust.resolved import is_resolved
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.constants import PRICE_OF_ZERO, Exact, recognise, superfluous
from kantools.symbolic.whole.correlated import ratios, together
from kantools.symbolic.whole.draft import Draft, covariance, fit_draft, precision, refitted
from kantools.symbolic.whole.gauge import fix_gauge, undetermined
from kantools.symbolic.whole.left_out import predicts
from kantools.symbolic.whole.opened import opened
from kantools.symbolic.whole.restate import restated
from kantools.symbolic.whole.simplify import shortest

__all__ = ["polish"]

EXTREME = 1e100
#: How often each symbol of a draft is looked at while it is restated, named and written; the fits apart.
SAID = 50
SUPERFLUOUS = (0, 1, -1)
STILL_THE_SAME = 10.0  # standard errors

#: Exact numbers for constants, to be taken together.
Offer = tuple[tuple[Symbol, Exact], ...]


@dataclass(frozen=True)
class PricedDraft:
    """A draft on its way, the exact numbers found so far and their price in nats."""

    draft: Draft
    exact: tuple[Constant, ...] = ()
    price: float = 0.0

    def length(self, data: Data) -> float:
        return self.draft.length(data) + self.price


def polish(draft: Draft, data: Data, target: str, *, deadline: float = np.inf) -> Formula | None:
    """Refit to all rows, fix the gauge, recognise constants, simplify.

    None where no finite fit exists, the data do not determine the constants, or rows that are left out are
    predicted no better than by a mean.

    Parameters
    ----------
    draft : Draft
    data : Data
        All rows.
    target : str
        Name of the target.
    deadline : float
        On the clock that counts (:mod:`kantools.clock`): no constant is recognised after it.
    """
    worked(SAID * NODE * draft.complexity)
    draft = fix_gauge(refitted(draft, data), data)
    values = dict(zip(draft.constants, draft.fit.values.tolist(), strict=True))
    if not np.isfinite(draft.loss) or _says_nothing(draft.template.subs(values), data):
        return None
    if not data.explained(draft.loss) and data.units is None:
        draft = _shorter_opened(draft, data)
    state = _shorten(PricedDraft(draft), data)
    if undetermined(state.draft) and not _linear(state.draft):
        return None
    # exp(c - 3/5) or 2*exp(c): which of two ways to say it has the exact numbers is not known before.
    again = _restated(state, data)
    ways = (state,) if again.draft is state.draft else (state, again)
    told = [_restated(_told_exactly(way, data, deadline), data) for way in ways]
    state = min(told, key=lambda way: way.length(data))
    if not data.explained(state.draft.loss) and not predicts(state.draft, data):
        return None
    formula = _formula(state, data, target)
    return formula if _sound(formula, data) else None


def _shorter_opened(draft: Draft, data: Data) -> Draft:
    """With the constants that its units hide, where that pays and the data determine them."""
    written = opened(draft, data)
    told = all(error < abs(value) for value, error in _told(written, data).values())
    return written if told and written.length(data) < draft.length(data) else draft


def _sound(formula: Formula, data: Data) -> bool:
    """Whether it may be said, the data determine every constant, and the printed numbers give the values.

    A formula with a constant that could as well be zero, or with nearly as many constants as rows, tells
    nothing; and numbers beyond the reach of floating point would not survive being written down.
    """
    free, language = formula.free, data.language
    if language.violations(formula.template) | language.violations(formula.expression):
        return False
    if 2 * len(free) > len(data.y) or any(not c.error < abs(c.value) < EXTREME for c in free):
        return False
    if any(not 1 / EXTREME < abs(number) < EXTREME for number in formula.expression.atoms(Float)):
        return False
    if _says_nothing(formula.expression, data):
        return False
    said = compile_expression(formula.expression, data.symbols).value(data.X)
    meant = formula.predict(data.X)
    return bool(np.isfinite(said).all() and np.abs(said - meant).max() <= 1e-6 * np.abs(meant).max())


def _says_nothing(expression: Expr, data: Data) -> bool:
    """Whether it does between rows what no row tells of: turns too often, or has a pole."""
    told = (expression, data.symbols, data.X)
    return not is_resolved(*told) or has_unseen_poles(*told, data.y)


def _linear(draft: Draft) -> bool:
    """Whether all constants are factors: powers of a column far from 0 are alike, and still told."""
    constants = set(draft.constants)
    return not any(draft.template.diff(symbol).free_symbols & constants for symbol in constants)


def _positive(draft: Draft, data: Data) -> set[Symbol]:
    columns = {s for s, low in zip(data.symbols, data.X.min(axis=0), strict=True) if low > 0}
    return columns | {s for s, v in zip(draft.constants, draft.fit.values, strict=True) if v > 0}


def _shorten(state: PricedDraft, data: Data) -> PricedDraft:
    """Rewrite algebraically; keep the rewriting where it is the same function on the data."""
    draft = state.draft
    values = dict(zip(draft.constants, draft.fit.values.tolist(), strict=True))
    template = shortest(_without_idle_bars(draft, data), _positive(draft, data), data.language)
    if template == draft.template:
        return state
    shorter = fix_gauge(fit_draft(template, values, data, max_iterations=100), data)
    if not _no_worse(shorter, draft, data):
        return state
    same = shorter.loss <= max(draft.loss * (1 + 1e-9), 1e-22 * data.power)
    better = shorter.price_of_symbols(data) <= draft.price_of_symbols(data)
    return replace(state, draft=shorter) if same and better else state


def _no_worse(draft: Draft, before: Draft, data: Data, *, scales: bool = False) -> bool:
    """Whether it is consistent with the units, and says nothing forbidden that was not said before."""
    if data.language.violations(draft.template) - data.language.violations(before.template):
        return False
    return data.admits(draft.template, draft.constants, draft.fit.values, scales=scales)


def _without_idle_bars(draft: Draft, data: Data) -> Expr:
    """``|u|`` as ``u`` or ``-u`` where ``u`` keeps its sign on the data."""
    template = draft.template
    for bars in sorted(template.atoms(Abs), key=default_sort_key):
        inside = compile_expression(bars.args[0], data.symbols, draft.constants)
        values = inside.value(data.X, draft.fit.values)
        if (values >= 0).all() or (values <= 0).all():
            template = template.subs(bars, bars.args[0] * int(np.sign(values.sum()) or 1))
    return template


def _restated(state: PricedDraft, data: Data) -> PricedDraft:
    """In the constants that are printed."""
    draft = restated(state.draft, data)
    return replace(state, draft=draft) if _no_worse(draft, state.draft, data) else state


def _told_exactly(state: PricedDraft, data: Data, deadline: float) -> PricedDraft:
    recognised = _recognise_all(state, data, deadline)
    return state if recognised is state else _shorten(recognised, data)


def _recognise_all(state: PricedDraft, data: Data, deadline: float) -> PricedDraft:
    """The most telling offer first, the others refitted after each.

    What a constant was while all were free is kept beside its exact number.
    """
    free = _told(state.draft, data)
    refused: set[Offer] = set()
    for _ in range(4 * len(state.draft.constants)):
        here = state.length(data)
        for offer in _offers(state.draft, data):
            if offer in refused:
                continue
            if now() > deadline:
                return state
            trial = _fix(state, offer, free, data)
            if trial is not None and trial.length(data) <= here:
                state = trial
                refused.clear()  # what did not pay beside that constant may pay now
                break
            refused.add(offer)
        else:
            return state
    return state


def _told(draft: Draft, data: Data) -> dict[Symbol, tuple[float, float]]:
    """Value and standard error of each constant."""
    error = np.sqrt(np.diag(covariance(draft, data)))
    pairs = zip(draft.fit.values.tolist(), error.tolist(), strict=True)
    return dict(zip(draft.constants, pairs, strict=True))


def _free_fit(
    told: tuple[float, float] | None, exact: Exact, value: float, error: float
) -> tuple[float, float]:
    """What the constant was while all were free, unless it has come to mean something else since."""
    if told is None or abs(told[0] - float(exact.expr)) > STILL_THE_SAME * max(told[1], error):
        return value, error
    return told


def _offers(draft: Draft, data: Data) -> Iterator[Offer]:
    """Exact numbers for the constants: one, those that save most nats first, multiples, several at once."""
    offers = []
    for symbol, (value, sd) in _told(draft, data).items():
        digits = np.log(abs(value) / sd) if value and sd > 0 and np.isfinite(sd) else 0.0
        offers += [(digits - exact.cost, ((symbol, exact),)) for exact in _exact_for(value, sd)]
    yield from (offer for _, offer in sorted(offers, key=lambda pair: -pair[0]))
    unwritten = {s: superfluous(value, sd) for s, (value, sd) in _told(draft, data).items()}
    several = tuple((s, found[0]) for s, found in unwritten.items() if found)
    if len(several) > 1:  # in natural units none of them is written; one alone does not pay for saying so
        yield several
    c = draft.constants
    if data.explained(draft.loss):  # errors are those of rounding, and a fit ends a little before them
        yield from (((s, Exact(Integer(0), PRICE_OF_ZERO)),) for s in c)
    for i, j, ratio in ratios(draft.fit.values, covariance(draft, data)):
        yield ((c[i], Exact(ratio.expr * c[j], ratio.cost)),)
    for set_ in together(draft.fit.values, precision(draft, data)):
        yield tuple((c[i], exact) for i, exact in sorted(set_.exact.items()))


def _exact_for(value: float, error: float) -> Iterable[Exact]:
    """Each number once."""
    return {e.expr: e for e in (*superfluous(value, error), *recognise(value, error))}.values()


def _fix(
    state: PricedDraft, offer: Offer, free: dict[Symbol, tuple[float, float]], data: Data
) -> PricedDraft | None:
    """The others refitted with these constants as they are offered."""
    draft, told = state.draft, _told(state.draft, data)
    start = {symbol: value for symbol, (value, _) in told.items() if symbol not in dict(offer)}
    fixed = fit_draft(draft.template.subs({symbol: exact.expr for symbol, exact in offer}), start, data)
    if not np.isfinite(fixed.loss):
        return None
    fixed = fix_gauge(fixed, data)
    tied = any(exact.expr.free_symbols for _, exact in offer)
    if not _no_worse(fixed, draft, data, scales=tied):  # an exact number has no dimension
        return None
    found = [
        Constant(symbol, *_free_fit(free.get(symbol), exact, *told[symbol]), exact.expr)
        for symbol, exact in offer
        if exact.expr.is_number
    ]
    shorter = fixed.complexity < draft.complexity
    written = [e for s, e in offer if not _is_unwritten(s, e, draft.template, shorter)]
    named = sum(e.cost for e in written if not _is_plain(e))
    plain = sum(e.cost for e in written if _is_plain(e))  # c0*(1 - x): the 1 is paid as a unit that it hides
    hidden = fixed.price_of_units(data) - draft.price_of_units(data)
    price = named + max(plain - max(hidden, 0.0), 0.0)
    return PricedDraft(fixed, (*state.exact, *found), state.price + price)


def _is_plain(exact: Exact) -> bool:
    """Whether it is 0 or 1, or another constant, but for a minus."""
    return exact.expr in SUPERFLUOUS or bool(exact.expr.is_Symbol or (-exact.expr).is_Symbol)


def _is_unwritten(symbol: Symbol, exact: Exact, template: Expr, shorter: bool) -> bool:
    """Whether there is no name to pay for: of a term of 0, a factor of 1 or -1, also in 1 over something."""
    around = [node for node in preorder_traversal(template) if symbol in node.args]
    return exact.expr in SUPERFLUOUS and (shorter or (bool(around) and all(node.is_Mul for node in around)))


def _formula(state: PricedDraft, data: Data, target: str) -> Formula:
    """Constants renamed in the order in which they are written."""
    draft = state.draft
    spread = covariance(draft, data)
    symbols = fresh_symbols(data.columns)
    names = dict(zip(_in_order(draft), symbols, strict=False))
    order = [draft.constants.index(s) for s in names]
    error = np.sqrt(np.diag(spread).clip(0))
    free = [Constant(names[draft.constants[i]], float(draft.fit.values[i]), float(error[i])) for i in order]
    told = [replace(c, symbol=next(symbols)) for c in state.exact if c.exact not in SUPERFLUOUS]
    return Formula(
        columns=data.columns,
        target=target,
        template=draft.template.subs(names, simultaneous=True),
        constants=(*free, *told),
        covariance=spread[np.ix_(order, order)],
        loss=draft.loss,
        complexity=draft.complexity,
        description_length=state.length(data),
        freedom=_freedom(data, len(free)),
    )


def _freedom(data: Data, constants: int) -> float:
    """Degrees of freedom that the scatter was estimated with; infinite where it was given."""
    given = data.known and not data.estimated
    return np.inf if given else data.freedom(constants)


def _in_order(draft: Draft) -> list[Symbol]:
    text = str(draft.template)
    return sorted(draft.constants, key=lambda s: (text.find(str(s)), str(s)))
