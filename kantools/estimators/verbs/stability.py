"""How firmly the data hold a formula: how often it comes back from rows drawn again.

A standard error says how well the data know a constant *if the formula is right*. Whether another sample of
the same world would have led to the same formula is another question. Here the whole search is repeated on
rows drawn with repeats (the bootstrap of Efron, *Annals of Statistics* 7 (1979) 1-26) or on a part of them
(Meinshausen & Bühlmann, "Stability selection", *J. R. Statist. Soc. B* 72 (2010) 417-473), and the structures
that come back are counted (:mod:`kantools.symbolic.whole.structure`). A row that is drawn twice counts
twice; it is never in the part that a network is trained on and in the part that it is judged by at once.

The shares are of a finite number of repeats; Wilson's intervals say how well they are known
(*J. Am. Statist. Assoc.* 22 (1927) 209-212).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.stats import binomtest
from sympy import Expr, Mul

from kantools.discovery.noise.weighing import needs_weighing
from kantools.discovery.verdict import Stop
from kantools.errors import SettingError
from kantools.estimators.fitted import Fitted
from kantools.estimators.inputs import seed_of
from kantools.estimators.settings import Settings
from kantools.estimators.verbs.resampling import counts_of, drawn
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.fitting import fit_constants
from kantools.symbolic.fit.noisy import with_noise
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.formula import Formula
from kantools.symbolic.whole.structure import structure, terms_of
from kantools.table import Table

__all__ = ["Stability", "stability"]

Structure: TypeAlias = frozenset[Expr]
Search: TypeAlias = Callable[[Table, Settings, int], Fitted]

#: Confidence of the intervals.
LEVEL = 0.95


@dataclass(frozen=True)
class Stability:
    """What came back.

    Attributes
    ----------
    formulas : DataFrame
        One row a structure: those of the model's front, and those that were chosen in a repeat.
        ``equation`` as the model or the first repeat has it, ``front`` and ``chosen``: whether it is on the
        model's front and the model's choice; ``found`` and ``choices``: the share of repeats with the
        structure on their front and as their choice, each with an interval (``_low``, ``_high``).
    terms : DataFrame
        One row a term of the model's formula (a factor, where it is a single term): the share of repeats
        whose choice has it, with an interval.
    constants : DataFrame
        One row a constant of a formula of the front that came back at least twice: ``value`` and ``error`` as
        the model has them; ``mean``, ``std``, ``low`` and ``high`` (95 %) of the same formula fitted to the
        rows of the repeats in which it came back.
    repeats : int
    method : str
    cut_short : int
        Repeats whose search the time limit or the effort ended; with more they might have come to something
        else.

    Examples
    --------
    >>> import pandas as pd
    >>> told = {"equation": ["y = 2*x", "y = x**2"], "chosen": [True, False], "found": [1.0, 0.5]}
    >>> told |= {"choices": [0.9, 0.1], "choices_low": [0.6, 0.02], "choices_high": [0.98, 0.4]}
    >>> print(Stability(pd.DataFrame(told), pd.DataFrame(), pd.DataFrame(), 10, "bootstrap", cut_short=0))
    y = 2*x: chosen in 90% of 10 repeats (95% interval 60% to 98%), on the front in 100%
    """

    formulas: pd.DataFrame
    terms: pd.DataFrame
    constants: pd.DataFrame
    repeats: int
    method: str
    cut_short: int

    @property
    def share(self) -> float:
        """The share of repeats that chose the model's formula.

        >>> import pandas as pd
        >>> formulas = pd.DataFrame({"chosen": [False, True], "choices": [0.1, 0.9]})
        >>> Stability(formulas, pd.DataFrame(), pd.DataFrame(), 10, "bootstrap", cut_short=0).share
        0.9
        """
        return float(self.formulas.loc[self.formulas.chosen, "choices"].iloc[0])

    def __str__(self) -> str:
        chosen = self.formulas[self.formulas.chosen].iloc[0]
        return (
            f"{chosen.equation}: chosen in {chosen.choices:.0%} of {self.repeats} repeats "
            f"({LEVEL:.0%} interval {chosen.choices_low:.0%} to {chosen.choices_high:.0%}), "
            f"on the front in {chosen.found:.0%}"
        )


@dataclass(frozen=True)
class Repeat:
    """What one search found: its formulas, and the model's formulas fitted to its rows."""

    front: tuple[Formula, ...]
    chosen: Formula
    values: Mapping[int, np.ndarray]
    cut_short: bool

    def has(self, wanted: Structure) -> bool:
        return any(structure(f.expression) == wanted for f in self.front)


def stability(
    fitted: Fitted,
    table: Table,
    settings: Settings,
    search: Search,
    *,
    repeats: int = 20,
    method: str = "bootstrap",
    fraction: float | None = None,
    n_jobs: int | None = None,
    random_state: int | np.random.RandomState | None = None,
) -> Stability:
    """Repeat a search on rows drawn again, and count what comes back.

    Parameters
    ----------
    fitted : Fitted
        What the search has left.
    table : Table
        What it searched.
    settings : Settings
        Its settings; a repeat is one quiet search that begins anew.
    search : callable
        :func:`kantools.estimators.searching.fitted_to`.
    repeats : int
    method : {"bootstrap", "subsample"}
        Rows drawn with repeats, or each at most once.
    fraction : float, optional
        How many rows are drawn, as a share of all: 1 for the bootstrap, 0.8 for a subsample.
    n_jobs : int, optional
        How many repeats run at a time, each in a process. The result is the same, where the searches end by
        themselves and not by the time limit.
    random_state : int, RandomState or None
        The same number draws the same rows and seeds.

    Returns
    -------
    Stability

    Raises
    ------
    SettingError
        For settings outside their range.

    Examples
    --------
    >>> from kantools import SymbolicRegressor
    >>> X = np.random.default_rng(0).uniform(1, 2, (40, 2))
    >>> y = X[:, 0] * X[:, 1]
    >>> model = SymbolicRegressor(time_limit=20, random_state=0).fit(X, y)
    >>> print(model.stability(X, y, repeats=3, random_state=0))
    y = x0*x1: chosen in 100% of 3 repeats (95% interval 44% to 100%), on the front in 100%
    """
    if repeats < 1:
        raise SettingError(f"repeats is a number of searches, at least 1; got {repeats!r}.")
    seeds = np.random.SeedSequence(seed_of(random_state)).spawn(repeats)
    samples = zip(counts_of(table.rows, method, fraction, seeds), seeds, strict=True)
    told = None if settings.units is None else fitted.units
    quiet = replace(settings, n_jobs=1, progress=False, warm_start=False, units=told)
    repeat, before = delayed(_repeat), fitted.without_rows()
    tasks = (repeat(search, before, table, quiet, counts, seed) for counts, seed in samples)
    found: list[Repeat] = list(Parallel(n_jobs=n_jobs)(tasks))
    return Stability(
        formulas=_formulas(fitted.front, fitted.formula, found),
        terms=_terms(fitted.formula, found),
        constants=_constants(fitted.front, found),
        repeats=repeats,
        method=method,
        cut_short=sum(r.cut_short for r in found),
    )


def _repeat(
    search: Search,
    before: Fitted,
    table: Table,
    settings: Settings,
    counts: np.ndarray,
    seed: np.random.SeedSequence,
) -> Repeat:
    """One search on the rows that were drawn, and the front of the model on them."""
    rows = drawn(table, counts)
    found = search(rows, settings, int(seed.generate_state(1)[0])).discovery
    there = {structure(f.expression) for f in found.front}
    came_back = (i for i, f in enumerate(before.front) if f.free and structure(f.expression) in there)
    data = data_of(rows, loss=settings.loss)
    values = {i: _fitted(before.front[i], data, before.discovery.noise) for i in came_back}
    return Repeat(found.front, found.chosen, values, found.stopped in (Stop.TIME, Stop.EFFORT))


def _fitted(formula: Formula, rows: Data, noise: str) -> np.ndarray:
    """The free constants of a formula on other rows, begun where they are."""
    rows = with_noise(rows, noise, formula.predict(rows.X))
    if needs_weighing(rows):
        rows = with_scatter(rows, formula.predict, len(formula.free))
    template = formula.template.subs({c.symbol: c.exact for c in formula.constants if c.exact is not None})
    program = compile_expression(template, rows.symbols, [c.symbol for c in formula.free])
    return fit_constants(program, [c.value for c in formula.free], rows, max_iterations=100).values


def _formulas(front: Sequence[Formula], chosen: Formula, found: Sequence[Repeat]) -> pd.DataFrame:
    choices = Counter(structure(r.chosen.expression) for r in found)
    known: dict[Structure, Formula] = {}
    for formula in (chosen, *front, *(r.chosen for r in found)):
        known.setdefault(structure(formula.expression), formula)
    own = {structure(f.expression) for f in front}
    rows = [
        {
            "equation": str(formula),
            "complexity": formula.complexity,
            "front": form in own,
            "chosen": formula is chosen,
            **_share("found", sum(r.has(form) for r in found), len(found)),
            **_share("choices", choices[form], len(found)),
        }
        for form, formula in known.items()
    ]
    order = ["chosen", "front", "choices", "found"]
    return pd.DataFrame(rows).sort_values(order, ascending=False, kind="stable", ignore_index=True)


def _terms(chosen: Formula, found: Sequence[Repeat]) -> pd.DataFrame:
    there = [_parts(r.chosen.expression) for r in found]
    rows = [
        {"term": str(term), **_share("found", sum(_parts(term) <= parts for parts in there), len(found))}
        for term in terms_of(chosen.expression)
    ]
    return pd.DataFrame(rows)


def _parts(expr: Expr) -> Structure:
    """The terms of an expression; of a single term its factors."""
    terms = structure(expr)
    return terms if len(terms) > 1 else frozenset(f for t in terms for f in Mul.make_args(t))


def _constants(front: Sequence[Formula], found: Sequence[Repeat]) -> pd.DataFrame:
    columns = ["equation", "constant", "value", "error", "mean", "std", "low", "high", "repeats"]
    rows = []
    for i, formula in enumerate(front):
        values = [r.values[i] for r in found if i in r.values]
        if len(values) > 1:
            rows += [
                (str(formula), str(c.symbol), c.value, c.error, *_spread(column), len(values))
                for c, column in zip(formula.free, np.array(values).T, strict=True)
            ]
    return pd.DataFrame(rows, columns=columns)


def _spread(values: np.ndarray) -> tuple[float, float, float, float]:
    """Mean, standard deviation, and the quantiles between which the share ``LEVEL`` of the values lies."""
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(values.mean()), float(values.std(ddof=1)), float(low), float(high)


def _share(name: str, count: int, repeats: int) -> dict[str, float]:
    """A share with Wilson's interval.

    >>> {k: round(v, 3) for k, v in _share("found", 9, 10).items()}
    {'found': 0.9, 'found_low': 0.596, 'found_high': 0.982}
    """
    interval = binomtest(count, repeats).proportion_ci(LEVEL, method="wilson")
    return {name: count / repeats, f"{name}_low": float(interval.low), f"{name}_high": float(interval.high)}
