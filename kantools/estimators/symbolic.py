"""Symbolic regression in scikit-learn's clothes.

:class:`SymbolicRegressor` makes a table of ``X`` and ``y``, hands it to :func:`kantools.discovery.discover`,
and keeps what came back under the names that users know. It can stand wherever a scikit-learn regressor
can: pipelines, grid search, cross-validation, ``clone`` and pickle.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from joblib import effective_n_jobs
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import check_is_fitted

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.estimators.constant_inputs import in_all_columns, table_with_constants, without_constants
from kantools.estimators.constants_table import constants_table
from kantools.estimators.distinct import distinct
from kantools.estimators.equations import equations
from kantools.estimators.fit_arguments import free_name, input_names, row_weights, seed_of
from kantools.estimators.given_units import units_for
from kantools.estimators.magnitudes import comfortable
from kantools.estimators.outliers import outlying
from kantools.estimators.validated import validated
from kantools.table import MINIMUM_ROWS, Table

if TYPE_CHECKING:
    import pandas as pd
    import sympy
    from matplotlib.figure import Figure

    from kantools.symbolic.formula import Formula
    from kantools.symbolic.primitive import Selection

__all__ = ["SymbolicRegressor"]


class SymbolicRegressor(RegressorMixin, BaseEstimator):
    """Find the formula in a table.

    Parameters
    ----------
    primitives : sequence of str or Primitive, or mapping of them to int, optional
        The functions that a formula may contain; all of ``kantools.symbolic.primitive.PRIMITIVES`` where it
        is None. A ``Primitive`` is a function of your own. A mapping gives each a cost in symbols, such as
        ``{"sin": 3, "exp": None}``, None being the usual cost; costs count in the complexity, the description
        length and the front. Sums, products, quotients and whole powers are always there.
    forbid : mapping of str to sequence of str, optional
        Which functions must not stand inside which, however deep: ``{"sin": ["sin", "exp"]}`` allows no sine
        around a sine or an exponential.
    units : mapping of str to str, or "table", optional
        The unit of every column and of the target (``"y"``, or the name of the Series) as pint reads it,
        such as ``"kg*m/s**2"``, and ``"1"`` for a pure number. The search then begins with dimensionless
        groups, formulas are consistent with the units, and constants carry theirs. ``"table"`` takes those of
        the table that :meth:`fit_table` is given; without ``units``, these are labels and nothing more.
    basis : str
        What the curves of the networks are made of: ``"bspline"``, ``"rbf"``, ``"chebyshev"``, … (the names
        of ``kantools.bases.BASES``).
    time_limit : float
        Seconds after which the search ends with the best formula it has.
    max_complexity : int
        The longest formula that is wanted, in symbols, numbers and operations.
    loss : {"squared", "huber", "soft_l1", "cauchy"}
        What residuals cost. The robust ones are for tables with gross outliers: structures are looked for
        without the rows that lie far off, constants are fitted to all rows at the loss, and :attr:`outliers_`
        says which rows lie far off the law.
    selection : {"description_length", "loss", "knee"}
        Which formula of the front is *the* formula: the one that says most briefly what the data are, the
        most accurate one, or the one after which accuracy stops improving fast.
    n_jobs : int
        How many searches with different seeds work on the table at a time, each in a process; the best
        formula of all is chosen. -1 is one for each core. The first that explains the data ends all. What
        this buys is luck under noise, and little of it: see the lab book.
    random_state : int, RandomState or None
        The same number gives the same result, if the search ends before its time.
    progress : bool or callable
        True shows a bar with the best formula so far; a callable is called with each
        ``kantools.discovery.Progress``.

    Attributes
    ----------
    formula_ : Formula
        The chosen formula: its expression, its constants with their standard errors.
    equations_ : DataFrame
        The front, one row per formula.
    constants_ : DataFrame
        The chosen formula's constants, one a row: value, standard error, 95 % interval by Student's
        distribution, the exact number where it was recognised as one, unit.
    network_ : KAN or None
        The network that was learned on the way.
    activations_ : Activations or None
        Its functions as curves.
    discovery_ : Discovery
        All of it, with the steps of the search.
    outliers_ : ndarray of bool, shape (rows,)
        Under a robust loss: the rows of ``X`` that lie more than 4 standard deviations of the scatter off the
        formula.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Only where ``X`` had column names.

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> friction = problem("I.12.1").sample(100, seed=0)
    >>> print(SymbolicRegressor(time_limit=20, random_state=0).fit_table(friction).formula_)
    F = Nn*mu
    """

    def __init__(
        self,
        *,
        primitives: "Selection | None" = None,
        forbid: Mapping[str, Sequence[str]] | None = None,
        units: Mapping[str, str] | str | None = None,
        basis: str = "bspline",
        time_limit: float = 60,
        max_complexity: int = 60,
        loss: str = "squared",
        selection: str = "description_length",
        n_jobs: int = 1,
        random_state: int | np.random.RandomState | None = None,
        progress: bool | Callable[[Any], None] = False,
    ) -> None:
        self.primitives = primitives
        self.forbid = forbid
        self.units = units
        self.basis = basis
        self.time_limit = time_limit
        self.max_complexity = max_complexity
        self.loss = loss
        self.selection = selection
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.progress = progress

    def fit(
        self, X: Any, y: Any, sigma: Any = None, sample_weight: Any = None, x_sigma: Any = None
    ) -> "SymbolicRegressor":
        """Find the formula of ``y`` in the columns of ``X``.

        Parameters
        ----------
        X : DataFrame or array, shape (rows, inputs)
            At least five rows; text and missing cells are refused.
        y : Series or array, shape (rows,)
            A Series' name becomes the target's.
        sigma : array, shape (rows,), or float, optional
            Standard error of each ``y``, in its unit.
        sample_weight : array, shape (rows,), optional
            How much each row counts: weight 2 is the same as listing the row twice, weight 0 as leaving it
            out.
        x_sigma : array, shape (rows, inputs) or (inputs,), or float, or mapping of column to these, optional
            Standard errors of the inputs, each in its column's unit. Residuals then count in units of what
            the errors of target and inputs make together, and constants are not biased by the latter.

        Returns
        -------
        self

        Raises
        ------
        UserError
            For data or settings that cannot be used (``TableError``, ``SettingError``, …, all of them
            ValueErrors); the message says why.

        Notes
        -----
        Ctrl-C ends the search with the best formula so far (``discovery_.stopped`` is ``"interrupted"``);
        before there is one, KeyboardInterrupt is raised and nothing is learned. Of more than 20 columns the
        20 that tell most of the target are searched. Tables of numbers beyond 1e±38 are searched in other
        units; there is a formula in the table's own then, but no network.
        """
        name = getattr(y, "name", None)
        X, y = validated(self, X, y, y_numeric=True, dtype=np.float64, ensure_min_samples=MINIMUM_ROWS)
        columns, weight = input_names(self), row_weights(sample_weight, X)
        target = name if isinstance(name, str) and name not in columns else free_name("y", columns)
        return self._learn(table_with_constants(X, y, columns, target, sigma, weight, x_sigma))

    def fit_table(self, table: Table, known: "Sequence[Formula]" = ()) -> "SymbolicRegressor":
        """The same for a :class:`~kantools.table.Table`, with its names, units and standard errors.

        Formulas that are ``known``, found elsewhere, are fitted to the table and compete.
        """
        self.n_features_in_ = len(table.columns)
        self.feature_names_in_ = np.array(table.columns, dtype=object)
        return self._learn(table, known)

    def _learn(self, table: Table, known: "Sequence[Formula]" = ()) -> "SymbolicRegressor":
        from kantools.discovery import discover
        from kantools.discovery.portfolio import discover_in_parallel
        from kantools.discovery.screen import relevant

        self.check_settings()
        jobs = effective_n_jobs(self.n_jobs)
        search = discover if jobs == 1 else partial(discover_in_parallel, jobs=jobs)
        units = units_for(table, self.units)
        seed = seed_of(self.random_state)
        given = without_constants(table)
        given = given.select(relevant(comfortable(given)[0]))
        scaled, magnitudes = comfortable(given)
        searched = distinct(scaled, seed)
        known = magnitudes.undone(known, searched.columns)
        begin: dict[str, Any] = {"known": known} if known else {}
        with self._showing_progress() as show:
            discovery = search(
                searched,
                primitives=self.primitives,
                forbid=self.forbid,
                units=None if units is None else {n: units[n] for n in (*searched.columns, table.target)},
                basis=self.basis,
                time_limit=self.time_limit,
                max_complexity=self.max_complexity,
                selection=self.selection,
                loss=self.loss,
                seed=seed,
                progress=magnitudes.telling(show),
                **begin,
            )
        self.units_ = dict(table.units) if units is None else units
        self.discovery_ = in_all_columns(magnitudes.restored(discovery, given), table.columns)
        if self.loss != "squared":
            self.outliers_ = outlying(self.discovery_, table, self.loss)
        return self

    def check_settings(self) -> None:
        """Raise :class:`~kantools.errors.SettingError` for a setting that cannot be used."""
        from kantools.bases import BASES
        from kantools.symbolic.front import SELECTIONS
        from kantools.symbolic.language import language_of
        from kantools.symbolic.robust import LOSSES

        if self.basis not in BASES:
            raise SettingError(f'There is no basis "{self.basis}"; {did_you_mean(str(self.basis), BASES)}')

        if self.selection not in SELECTIONS:
            raise SettingError(
                f'There is no selection "{self.selection}"; {did_you_mean(str(self.selection), SELECTIONS)}'
            )
        if self.loss not in LOSSES:
            raise SettingError(f'There is no loss "{self.loss}"; {did_you_mean(str(self.loss), LOSSES)}')
        for name in ("time_limit", "max_complexity"):
            if not getattr(self, name) > 0:
                raise SettingError(f"{name} is positive; got {getattr(self, name)!r}.")
        if self.n_jobs == 0:
            raise SettingError("n_jobs is a number of processes, or -1 for one on each core; got 0.")
        try:
            language_of(self.primitives, self.forbid)
        except ValueError as error:
            raise SettingError(error.args[0]) from None

    def _showing_progress(self) -> Any:
        if self.progress is True:
            from kantools.estimators.progress_bar import progress_bar

            return progress_bar()
        return nullcontext(self.progress or None)

    def __getstate__(self) -> dict[str, Any]:
        """Without the programs that formulas have compiled, which cannot be pickled."""
        state = super().__getstate__()
        if "discovery_" not in state:
            return state
        found = state["discovery_"]
        front = tuple(replace(f) for f in found.front)
        return {**state, "discovery_": replace(found, front=front, chosen=replace(found.chosen))}

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "discovery_")

    @property
    def formula_(self) -> "Formula":
        return self._found().chosen

    @property
    def equations_(self) -> "pd.DataFrame":
        return equations(self._found().front)

    @property
    def constants_(self) -> "pd.DataFrame":
        return constants_table(self._found().chosen)

    @property
    def network_(self) -> Any:
        return self._found().network

    @property
    def activations_(self) -> Any:
        return self._found().activations

    def _found(self) -> Any:
        if not hasattr(self, "discovery_"):
            raise AttributeError("Nothing has been found yet; call fit(X, y) first.")
        return self.discovery_

    def predict(self, X: Any, return_std: bool = False) -> Any:
        """Values of the formula at the rows of ``X``, shape (rows,).

        NaN where the formula has no real value. With ``return_std=True`` also the standard error that the
        errors of the constants leave in it, ``sqrt(diag(J C Jᵀ))``.
        """
        check_is_fitted(self)
        X = validated(self, X, reset=False, dtype=np.float64)
        value = self.formula_.predict(X)
        return (value, self.formula_.std(X)) if return_std else value

    def sympy(self) -> "sympy.Expr":
        """The formula as a sympy expression in plain symbols named like the columns."""
        check_is_fitted(self)
        return self.formula_.sympy()

    def latex(self) -> str:
        """The equation in LaTeX, its constants rounded to what their errors allow."""
        check_is_fitted(self)
        return self.formula_.latex()

    def export(self, target: str = "python") -> str:
        """The formula as text for another tool: ``"python"``, ``"c"``, ``"latex"``, …

        Raises
        ------
        ValueError
            For an unknown target, with the near match.
        """
        from kantools.symbolic.exporters import EXPORTERS

        check_is_fitted(self)
        if target not in EXPORTERS:
            raise SettingError(f'There is no exporter "{target}"; {did_you_mean(target, EXPORTERS)}')
        return EXPORTERS[target](self.formula_)

    def plot(self) -> "Figure":
        """The learned network as a diagram: every edge with its curve."""
        check_is_fitted(self)
        from kantools.plots import network_diagram

        if self.activations_ is None:
            raise SettingError("There is no network to draw: the formula was found without one.")
        snapped = self.discovery_.snapped if hasattr(self, "discovery_") else None
        return network_diagram(self.activations_, formula=self.formula_, snapped=snapped)

    def save(self, path: str | Path) -> None:
        """Write the model into one file: formulas, network, settings; nothing in it can run.

        The format is safetensors with JSON, see ``docs/model-file.md``; a ``WriteError`` names the folder.
        """
        from kantools.estimators.saved import save_regressor

        check_is_fitted(self)
        save_regressor(self, path)

    @classmethod
    def load(cls, path: str | Path) -> "SymbolicRegressor":
        """Read what :meth:`save` wrote; a damaged or foreign file is a ``ModelFileError``."""
        from kantools.estimators.saved import load_regressor

        return load_regressor(cls, path)
