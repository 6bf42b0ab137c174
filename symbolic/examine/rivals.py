"""Rivals: the formulas that the data cannot tell from the chosen one.

A front has one formula a length, and a search one answer; a law that fits as well within the noise would
disappear behind it. A rival is another function of the columns

- whose description is as long as that of the chosen formula, within two nats, or
- whose loss is within one standard error of the chosen one's, by a paired comparison
  (:mod:`kantools.symbolic.examine.paired`), with at most one constant more and a description that is not much
  longer.

None of them is the chosen formula in other words: two that predict the same in and beyond the ranges of the
table are one. Nor is it the chosen formula, or a rival, with an ornament: one that has more constants, can
say all that the other one says, and fits no better than so many constants fit noise, is an embellishment.
Where there is no noise, one formula is exact and the others are not: it has no rivals.
"""

from collections.abc import Iterable

import numpy as np
from scipy.stats import chi2

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.examine.beyond import apart, places_beyond
from kantools.symbolic.examine.new_measurement import scatter_of
from kantools.symbolic.examine.paired import losses_of, paired
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import fit_constants
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.prediction import Scatter

__all__ = ["rivals"]

#: Nats between two descriptions that say the same of the data: odds of 7 to 1, which nobody publishes on.
TIED = 2.0
#: Nats that the description of one that fits as well may be longer, all of it for how it is written: a guess,
#: the price of three or four operations. Without an end to it any curve would be a rival.
WRITTEN = 10.0
MOST = 5  # that are told
MOST_WEIGHED = 60  # of the shortest descriptions
#: Two formulas nowhere farther apart than this, in standard deviations of a new measurement, are one: a
#: hundred at the most telling place show one standard deviation.
ALIKE = 0.1
ITERATIONS = 200  # of fitting one formula to another: that it does not contain it must not be haste
#: Of noise: so rarely do more constants gain as much by chance.
CHANCE = 0.05
#: Constants that one whose loss is as small may have more than the chosen formula.
MORE = 1


def rivals(chosen: Formula, formulas: Iterable[Formula], data: Data, most: int = MOST) -> tuple[Formula, ...]:
    """Those of the formulas that the data cannot tell from the chosen one, the shortest description first.

    Parameters
    ----------
    chosen : Formula
    formulas : iterable of Formula
        All that were fitted to these rows; the chosen one may be among them.
    data : Data
        Weighted as they were fitted; losses are told anew from it.
    most : int

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> from kantools.symbolic.fit.data import data_of
    >>> from kantools.table import Table
    >>> x = np.linspace(0.2, 2, 40)
    >>> y = 2 * x / (1 + x) + 0.03 * np.random.default_rng(0).normal(size=40)
    >>> table = Table(("x",), x[:, None], "y", y)
    >>> law, *others = [refit(f, table) for f in ("a*x/(b+x)", "a*log(1+x/b)", "a*x/(b+x)+c", "a*x")]
    >>> [f.template for f in rivals(law, others, data_of(table))]
    [a*log(1 + x/b)]
    """
    if data.explained(_loss(chosen, data)):
        return ()
    near = [f for f in formulas if f is not chosen and _length(f, chosen) <= WRITTEN]
    ranked = sorted(near, key=lambda f: f.description_length)[:MOST_WEIGHED]
    places, scatter, told = places_beyond(data.X), scatter_of(chosen, data), list[Formula]()
    for formula in (f for f in ranked if _as_good(f, chosen, data)):
        others = (chosen, *told)
        if not any(
            _same(formula, f, places, scatter) or _embellishes(formula, f, data, places) for f in others
        ):
            told.append(formula)
        if len(told) == most:
            break
    return tuple(told)


def _length(formula: Formula, chosen: Formula) -> float:
    """Nats between two descriptions; by another rule than the shortest one, the chosen one is longer."""
    return float(np.nan_to_num(abs(formula.description_length - chosen.description_length), nan=np.inf))


def _loss(formula: Formula, data: Data) -> float:
    return float(losses_of(formula, data).mean())


def _as_good(formula: Formula, chosen: Formula, data: Data) -> bool:
    if _length(formula, chosen) <= TIED:
        return True
    return len(formula.free) <= len(chosen.free) + MORE and paired(formula, chosen, data).as_good


def _same(formula: Formula, other: Formula, places: np.ndarray, scatter: Scatter) -> bool:
    """Whether one is the other in other words."""
    return bool(np.nanmax(apart(formula, other, places, scatter), initial=0.0) < ALIKE)


def _embellishes(formula: Formula, other: Formula, data: Data, places: np.ndarray) -> bool:
    """Whether it is the other one with constants that gain no more than chance would.

    Of nested formulas, twice the gain in likelihood is distributed as chi² with as many degrees of freedom as
    there are further constants (S. S. Wilks, *Ann. Math. Stat.* 9, 60, 1938).
    """
    more = len(formula.free) - len(other.free)
    if more <= 0:
        return False
    gain = data.misfit(_loss(other, data)) - data.misfit(_loss(formula, data))
    return gain < chi2.isf(CHANCE, more) / 2 and _contains(formula, other, data, places)


def _contains(formula: Formula, other: Formula, data: Data, places: np.ndarray) -> bool:
    """Whether its constants can be such that it is the other one everywhere: it is fitted to it."""
    with np.errstate(all="ignore"):
        said, unit = other.predict(places), scatter_of(other, data).at(other.predict(places))
        there = np.isfinite(said) & (unit > 0)
        rows = Data(data.columns, places[there], said[there], unit[there] ** -2.0)
        program = compile_expression(formula.free_template, data.symbols, [c.symbol for c in formula.free])
        fit = fit_constants(program, [c.value for c in formula.free], rows, max_iterations=ITERATIONS)
        return bool(np.sqrt(fit.loss) < ALIKE)
