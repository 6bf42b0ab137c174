"""A form that somebody gives, fitted to a table: what :func:`kantools.symbolic.refit.refit` does.

From first values that were told the nearest minimum is looked for, once as told and once with the constants
that enter linearly at their best. Where both end nowhere, or no first values were told, many are tried: those
that fit best after the linear constants are solved for are followed for some steps, the best of them to the
end. :mod:`kantools.symbolic.fit.settle` then takes the last digits.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sympy import Expr, Symbol

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError, UserError
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.evaluate import Program, compile_expression
from kantools.symbolic.fit.first_values import around, best_linear, linear_constants, spread
from kantools.symbolic.fit.fitting import weighed
from kantools.symbolic.fit.given_errors import with_all_errors
from kantools.symbolic.fit.refit import ConstantsLeftOpen, Fit, NotConverged, least_squares
from kantools.symbolic.fit.robust import LOSSES
from kantools.symbolic.fit.settle import Settled, settle
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.domain import domain_of
from kantools.symbolic.trust.new_measurement import scatter_of
from kantools.symbolic.whole.draft import Draft
from kantools.symbolic.written.parse import parse
from kantools.table import Table

__all__ = ["covariance", "finished", "fit_given_form", "freedom"]

Array = np.ndarray
Start = Mapping[str | Symbol, float]

TRIES, FOLLOWED, FINISHED = 200, 12, 3  # first values looked at, followed for some steps, to the end
SOME_STEPS, ALL_STEPS = 100, 1000


@dataclass(frozen=True)
class Problem:
    """A form with free constants and the rows that it is fitted to.

    >>> a, b, x = Symbol("a"), Symbol("b"), np.linspace(0.0, 2.0, 9)
    >>> data = data_of(Table(("x",), x[:, None], "y", 3 * np.exp(-2 * x)))
    >>> program = compile_expression(parse("a*exp(-b*x)"), data.symbols, (a, b))
    >>> problem = Problem(program, np.array([True, False]), data)
    >>> problem.linear_solved(np.array([1.0, 2.0])).round(9).tolist()
    [3.0, 2.0]
    >>> problem.finish(np.array([1.0, 1.0])).values.round(9).tolist()
    [3.0, 2.0]
    """

    program: Program
    linear: Array
    data: Data

    def linear_solved(self, p: Array) -> Array:
        """These values with the constants that enter linearly at their best."""
        with np.errstate(all="ignore"):
            return best_linear(self.program, p, self.linear, self.data.X, self.data.y, self.data.weight)

    def loss(self, p: Array) -> float:
        """The sum of squared weighted residuals; infinite where the form is not real on some row."""
        with np.errstate(all="ignore"):
            residual = self.data.y - self.program.value(self.data.X, p)
            loss = float(np.sum(self.data.weight * residual**2))
        return loss if np.isfinite(loss) else np.inf

    def descend(self, p: Array, steps: int) -> Array:
        """So many steps downhill."""
        data = self.data
        return least_squares(self.program, p, data.X, data.y, data.weight, max_iterations=steps).values

    def finish(self, p: Array) -> Settled:
        """Down to the minimum and to its last digits."""
        return finished(self.program, p, self.data, ALL_STEPS)


def finished(program: Program, p: Array, data: Data, steps: int) -> Settled:
    """Down to the minimum of the squared residuals, errors of the inputs counted, and to its last digits.

    >>> x = np.linspace(0.0, 2.0, 9)
    >>> data = data_of(Table(("x",), x[:, None], "y", np.exp(-2 * x)))
    >>> program = compile_expression(parse("exp(-b*x)"), data.symbols, [Symbol("b")])
    >>> end = finished(program, np.array([1.0]), data, steps=100)
    >>> end.values.round(9).tolist(), end.certain
    ([2.0], True)
    """
    model, weight = weighed(program, data)
    near = least_squares(model, p, data.X, data.y, weight, max_iterations=steps).values
    return settle(model, near, data.X, data.y, weight)


def fit_given_form(
    form: Expr | Formula | str, table: Table, start: Start | None = None, loss: str = "squared"
) -> Formula:
    """The formula with its constants fitted; see :func:`kantools.symbolic.refit.refit`.

    >>> x = np.linspace(0.0, 2.0, 9)
    >>> print(fit_given_form("a*x + b", Table(("x",), x[:, None], "y", 3 * x + 1)))
    y = 3.0*x + 1.0
    """
    template, start, exact = _read(
        parse(form, columns=table.columns) if isinstance(form, str) else form, start
    )
    if loss not in LOSSES:
        raise SettingError(f'There is no loss "{loss}"; {did_you_mean(str(loss), LOSSES)}')
    data = data_of(replace(table, x_sigma=None))
    _refuse_target(template, table)
    names = _constants_of(template.subs({c.symbol: c.exact for c in exact}), table)
    start = _known(start, names)
    _refuse_few_rows(names, data)
    free = template.subs({c.symbol: c.exact for c in exact})
    program = compile_expression(free, data.symbols, names)
    problem = Problem(program, np.array(linear_constants(free, names), dtype=bool), data)
    settled = _fitted(problem, np.array([start.get(s.name, np.nan) for s in names]))
    unit = 1.0
    if names and (table.x_sigma is not None or loss != "squared"):
        settled, data, unit = with_all_errors(program, settled, data_of(table, loss=loss))
    _warn(settled, names)
    formula = _formula(template, names, exact, settled, data, table)
    return replace(formula, loss=formula.loss * unit)


def _read(form: Expr | Formula, start: Start | None) -> tuple[Expr, dict[str, float], tuple[Constant, ...]]:
    """Template in plain symbols, first values by name, constants that stay as they are."""
    told = {s.name if isinstance(s, Symbol) else s: float(v) for s, v in (start or {}).items()}
    if isinstance(form, Formula):
        before = {c.symbol.name: c.value for c in form.free}
        return form.template, before | told, tuple(c for c in form.constants if c.exact is not None)
    if not isinstance(form, Expr):
        raise SettingError(
            f"A form is a sympy expression, a Formula or text; got {type(form).__name__}. "
            "Write it as text: 'a*exp(x)'."
        )
    return form.subs({s: Symbol(s.name) for s in form.free_symbols}), told, ()


def _constants_of(template: Expr, table: Table) -> tuple[Symbol, ...]:
    """What is not a column, in the order of the alphabet, numbers in names by size."""
    free = (s for s in template.free_symbols if s.name not in table.columns)
    return tuple(sorted(free, key=lambda s: (s.name.rstrip("0123456789"), len(s.name), s.name)))


def _refuse_target(template: Expr, table: Table) -> None:
    if Symbol(table.target) in template.free_symbols:
        raise SettingError(
            f'A form gives the target in terms of the columns; it contains the target "{table.target}" '
            "itself. Give what stands on the other side of the equation."
        )


def _known(start: Mapping[str, float], constants: Sequence[Symbol]) -> Mapping[str, float]:
    names = [s.name for s in constants]
    for name, value in start.items():
        if name not in names:
            raise SettingError(f'There is no constant "{name}" in the form; {did_you_mean(name, names)}')
        if not np.isfinite(value):
            raise SettingError(f'First values are finite; "{name}" begins at {value}. Leave it out.')
    return start


def _refuse_few_rows(constants: Sequence[Symbol], data: Data) -> None:
    least = len(constants) + (0 if data.known or not constants else 1)
    if len(data.y) < least:
        raise UserError(
            f"Fitting {len(constants)} constants takes {least} rows, one more than constants where sigma is "
            f"not given; the table has {len(data.y)} that count. Add measurements or hold constants."
        )


def _fitted(problem: Problem, start: Array) -> Settled:
    ends: list[Settled] = []
    if np.isfinite(start).all():
        ends = [problem.finish(p) for p in _both(problem, start)]
    if not any(_sound(end) for end in ends):
        tried = [problem.linear_solved(p) for p in _first_values(problem, start)]
        ends += [problem.finish(p) for p in _best(problem, tried)]
    best = min(ends, key=lambda end: (end.rss, end.offset), default=None)
    if best is None or not np.isfinite(best.rss):
        raise UserError(
            "A form has to be real and finite on every row; it is not with any of the first values that were "
            "tried. Give first values with which it is, start={name: value}."
        )
    return best


def _both(problem: Problem, start: Array) -> list[Array]:
    """As told, and with the linear constants solved for, where that can be evaluated."""
    ways = [start, problem.linear_solved(start)] if problem.linear.any() else [start]
    return [p for p in ways if problem.loss(p) < np.inf]


def _sound(end: Settled) -> bool:
    return end.certain and not end.open.any()


def _first_values(problem: Problem, start: Array) -> Array:
    """Around what was told, and over many decades where nothing was."""
    told = np.isfinite(start)
    if told.all():
        return around(start, TRIES)
    tries = spread(len(start), problem.data.X, TRIES)
    return np.where(told, start, tries)


def _best(problem: Problem, tried: Sequence[Array]) -> list[Array]:
    """The few that lead furthest down."""
    real = [p for p in tried if problem.loss(p) < np.inf]
    begun = sorted(real, key=problem.loss)[:FOLLOWED]
    followed = [problem.descend(p, SOME_STEPS) for p in begun]
    return sorted(followed, key=problem.loss)[:FINISHED]


def _warn(end: Settled, constants: Sequence[Symbol]) -> None:
    if end.open.any():
        names = ", ".join(s.name for s, is_open in zip(constants, end.open, strict=True) if is_open)
        warnings.warn(
            f"Each constant has an effect of its own; {names} can be changed without changing any value of "
            "the formula on these rows, so that their errors are NaN. Hold one at a number, or write the "
            "form without it.",
            ConstantsLeftOpen,
            stacklevel=4,
        )
    if not end.certain:
        warnings.warn(
            f"A fit has converged when it is within 1e-7 standard errors of the minimum; it ended at "
            f"{end.offset:.1g}. Give first values nearer to it, start={{name: value}}, or a simpler form.",
            NotConverged,
            stacklevel=4,
        )


def covariance(end: Settled, data: Data) -> Array:
    """``s² (JᵀWJ)⁻¹``; ``s² = rss/(n - p)``, or 1 where sigma is known.

    >>> x, y = np.arange(5.0), np.array([0.0, 1.1, 1.9, 3.1, 3.9])
    >>> data = data_of(Table(("x",), x[:, None], "y", y))
    >>> program = compile_expression(parse("b*x"), data.symbols, [Symbol("b")])
    >>> end = finished(program, np.array([1.0]), data, steps=100)
    >>> rss = np.sum((y - x * (x @ y) / (x @ x)) ** 2)
    >>> bool(np.isclose(covariance(end, data)[0, 0], rss / 4 / (x @ x)))
    True
    """
    return end.inverse * (1.0 if data.known else end.rss / freedom(end, data))


def freedom(end: Settled, data: Data) -> float:
    """``n - p``, the constants that are left open not counted.

    >>> x = np.arange(5.0)
    >>> data = data_of(Table(("x",), x[:, None], "y", 2 * x + 1))
    >>> program = compile_expression(parse("a + b*x"), data.symbols, [Symbol("a"), Symbol("b")])
    >>> freedom(finished(program, np.ones(2), data, steps=100), data)
    3
    """
    return max(len(data.y) - end.rank, 1.0)


def _formula(
    template: Expr,
    names: Sequence[Symbol],
    exact: Sequence[Constant],
    end: Settled,
    data: Data,
    table: Table,
) -> Formula:
    spread = covariance(end, data)
    errors = np.sqrt(np.diag(spread)).tolist()
    free = [Constant(*told) for told in zip(names, end.values.tolist(), errors, strict=True)]
    draft = _draft(template, names, exact, end, data)
    formula = Formula(
        columns=data.columns,
        target=table.target,
        template=template,
        constants=(*free, *exact),
        covariance=spread,
        loss=draft.loss,
        complexity=draft.complexity,
        description_length=draft.length(data),
        freedom=np.inf if table.sigma is not None else freedom(end, data),
    )
    domain = domain_of(formula.expression, data.columns, data.X)
    return replace(formula, domain=domain, scatter=scatter_of(formula, data))


def _draft(
    template: Expr, names: Sequence[Symbol], exact: Sequence[Constant], end: Settled, data: Data
) -> Draft:
    said = template.subs({c.symbol: c.exact for c in exact})
    fit = Fit(end.values, end.rss / len(data.y), end.information, end.certain)
    return Draft(said, tuple(names), fit, data.language.complexity(said))
