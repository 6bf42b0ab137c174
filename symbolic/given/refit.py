"""A form that somebody gives, fitted to a table: for people who know the law and want its constants.

Many first values are tried (:mod:`kantools.symbolic.fit.many_starts`), the last digits are taken
(:mod:`kantools.symbolic.fit.settle`), and what comes back says how certain the constants are.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sympy import Expr, Symbol

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError, UserError
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.examine.new_measurement import scatter_of
from kantools.symbolic.fit.all_errors import with_all_errors
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.first_values import linear_constants
from kantools.symbolic.fit.least_squares import Fit
from kantools.symbolic.fit.many_starts import Separable, lowest_minimum
from kantools.symbolic.fit.minimum import covariance, freedom
from kantools.symbolic.fit.robust import LOSSES
from kantools.symbolic.fit.settle import Settled
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.given.aliases import lowest_frequencies
from kantools.symbolic.given.form import GivenForm, read_form
from kantools.symbolic.trust.domain import domain_of
from kantools.symbolic.whole.draft import Draft
from kantools.table import Table

__all__ = ["ConstantsLeftOpen", "LowestFrequency", "NotConverged", "refit"]


class ConstantsLeftOpen(UserWarning):
    """The rows do not tell some constants apart; the message names them.

    >>> import warnings
    >>> from kantools.table import Table
    >>> x = np.arange(1.0, 7.0)
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     formula = refit("a*b*x", Table(("x",), x[:, None], "y", 6 * x))
    >>> print(str(told[0].message).partition(" can be")[0])
    Each constant has an effect of its own; a, b
    """


class LowestFrequency(UserWarning):
    """Rows at equal distances leave it open which of several frequencies it is: the lowest one was taken.

    >>> import warnings
    >>> from kantools.table import Table
    >>> hours = np.arange(12.0)
    >>> table = Table(("t",), hours[:, None], "y", 2 * np.sin(0.26 * hours + 1))
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     formula = refit("a*cos(w*t)", table)
    >>> print(str(told[0].message).partition(";")[0])
    A frequency is told from those that differ by whole turns a row by rows at unequal distances
    """


class NotConverged(UserWarning):
    """The fit ended before its minimum: here data bend upwards, the form down, the less the smaller ``b``.

    >>> import warnings
    >>> from kantools.table import Table
    >>> x = np.linspace(0, 1, 20)
    >>> table = Table(("x",), x[:, None], "y", x + 0.3 * x**2)
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     formula = refit("a*(1 - exp(-b**2*x))", table, {"a": 2.0, "b": 0.5})
    >>> print(str(told[0].message).partition(";")[0])
    A fit has converged when it is within 1e-7 standard errors of the minimum
    """


def refit(
    form: Expr | Formula | str,
    table: Table,
    start: Mapping[str | Symbol, float] | None = None,
    loss: str = "squared",
) -> Formula:
    """Fit the constants of a form: ``min_p Σ w (y - f(x; p))²``, covariance ``s² (JᵀWJ)⁻¹``.

    Parameters
    ----------
    form : Expr, Formula or str
        A text is read by :func:`kantools.symbolic.written.parse.parse`: ``"a*exp(-b*x)"``. Symbols
        that are not columns of the table are its constants; their assumptions do not count. Of a Formula the
        free constants are fitted, from where they are; those that are exact stay.
    table : Table
        Its ``sigma`` makes ``w = 1/sigma²`` and ``s² = 1``. Without it ``s² = rss / (n - p)``, with n the
        rows of positive weight and p the constants. Its ``x_sigma`` adds to the variance of each row what the
        errors of the inputs make of the target, and the constants are not biased by them.
    start : mapping of str or Symbol to float, optional
        First values by name. Many are tried for those that are left out, constants that enter linearly need
        none, and many near what was told are tried where that leads nowhere.
    loss : {"squared", "huber", "soft_l1", "cauchy"}
        What residuals cost; the robust ones bound the pull of outliers.

    Returns
    -------
    Formula
        With values, standard errors and covariance of the constants (NaN for those that the rows leave open),
        ``loss`` (mean of the squared weighted residuals), description length, domain and scatter. A form
        without free constants comes back as it is, with its loss.

    Raises
    ------
    SettingError
        For a form that is none, one that contains the target, first values of unknown constants, and a loss
        that there is not.
    UserError
        For fewer rows than constants (with one to spare where sigma is not known), and a form that is not
        real on some row whatever was tried.
    ValueError
        For a function that formulas cannot contain.

    Warns
    -----
    ConstantsLeftOpen
        Where constants can be changed without an effect.
    LowestFrequency
        Where rows at equal distances allow several frequencies, and a higher one than the lowest was met.
    NotConverged
        Where the fit is not within 1e-7 standard errors of its minimum.

    Notes
    -----
    Constants and errors of all 27 nonlinear problems certified by NIST: ``docs/nist.md``.
    G. A. F. Seber, C. J. Wild, *Nonlinear Regression* (Wiley, 1989), sections 2.1 and 14.

    Examples
    --------
    >>> import sympy
    >>> from kantools.datasets import load
    >>> rate, stuff, bound = sympy.symbols("V concentration K")
    >>> treated = load("puromycin").take(slice(0, 12)).select(["concentration"])
    >>> formula = refit(rate * stuff / (bound + stuff), treated)
    >>> [str(c) for c in formula.constants]
    ['0.0641 ± 0.0083', '212.7 ± 6.9']
    """
    given = read_form(form, table, start or {})
    if loss not in LOSSES:
        raise SettingError(f'There is no loss "{loss}"; {did_you_mean(str(loss), LOSSES)}')
    data = data_of(replace(table, x_sigma=None))
    _refuse_few_rows(given.free, data)
    program = compile_expression(given.free_template, data.symbols, given.free)
    linear = np.array(linear_constants(given.free_template, given.free), dtype=bool)
    problem = Separable(program, linear, data)
    settled, lowered = lowest_frequencies(given, problem, lowest_minimum(problem, given.first_values))
    unit = 1.0
    if given.free and (table.x_sigma is not None or loss != "squared"):
        settled, data, unit = with_all_errors(program, settled, data_of(table, loss=loss))
    _warn(settled, given.free, lowered)
    formula = _formula(given, settled, data, table)
    return replace(formula, loss=formula.loss * unit)


def _refuse_few_rows(constants: Sequence[Symbol], data: Data) -> None:
    least = len(constants) + (0 if data.known or not constants else 1)
    if len(data.y) < least:
        raise UserError(
            f"Fitting {len(constants)} constants takes {least} rows, one more than constants where sigma is "
            f"not given; the table has {len(data.y)} that count. Add measurements or hold constants."
        )


def _warn(end: Settled, constants: Sequence[Symbol], lowered: Sequence[str]) -> None:
    if lowered:
        warnings.warn(
            f"A frequency is told from those that differ by whole turns a row by rows at unequal distances; "
            f"{', '.join(lowered)} is the lowest of those that give the same values. If a higher one is "
            "meant, give its first value, start={name: value}.",
            LowestFrequency,
            stacklevel=3,
        )
    if end.open.any():
        names = ", ".join(s.name for s, is_open in zip(constants, end.open, strict=True) if is_open)
        warnings.warn(
            f"Each constant has an effect of its own; {names} can be changed without changing any value of "
            "the formula on these rows, so that their errors are NaN. Hold one at a number, or write the "
            "form without it.",
            ConstantsLeftOpen,
            stacklevel=3,
        )
    if not end.certain:
        warnings.warn(
            f"A fit has converged when it is within 1e-7 standard errors of the minimum; it ended at "
            f"{end.offset:.1g}. Give first values nearer to it, start={{name: value}}, or a simpler form.",
            NotConverged,
            stacklevel=3,
        )


def _formula(given: GivenForm, end: Settled, data: Data, table: Table) -> Formula:
    spread = covariance(end, data)
    errors = np.sqrt(np.diag(spread)).tolist()
    free = [Constant(*told) for told in zip(given.free, end.values.tolist(), errors, strict=True)]
    draft = _draft(given, end, data)
    formula = Formula(
        columns=data.columns,
        target=table.target,
        template=given.template,
        constants=(*free, *given.exact),
        covariance=spread,
        loss=draft.loss,
        complexity=draft.complexity,
        description_length=draft.length(data),
        freedom=np.inf if table.sigma is not None else freedom(end, data),
    )
    domain = domain_of(formula.expression, data.columns, data.X)
    return replace(formula, domain=domain, scatter=scatter_of(formula, data))


def _draft(given: GivenForm, end: Settled, data: Data) -> Draft:
    fit = Fit(end.values, end.rss / len(data.y), end.information, end.certain)
    return Draft(given.free_template, given.free, fit, data.language.complexity(given.free_template))
