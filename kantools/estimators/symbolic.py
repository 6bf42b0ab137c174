"""Symbolic regression in scikit-learn's clothes.

:class:`SymbolicRegressor` makes a table of ``X`` and ``y``, hands it to :func:`kantools.discovery.discover`,
and keeps what came back under the names that users know. It can stand wherever a scikit-learn regressor
can: pipelines, grid search, cross-validation, ``clone`` and pickle.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import check_is_fitted

from kantools.estimators.constants_table import constants_table
from kantools.estimators.drawing import without_rows
from kantools.estimators.equations import equations
from kantools.estimators.fit_arguments import input_names, row_weights
from kantools.estimators.given_units import units_for
from kantools.estimators.notebook import InNotebooks
from kantools.estimators.outliers import outlying
from kantools.estimators.several_targets import (
    SeveralTargets,
    equations_of,
    fit_each,
    predict_each,
    tables_of,
    target_names,
)
from kantools.estimators.steerable import SteeredFront
from kantools.estimators.validated import validated
from kantools.estimators.warm_start import seed_for
from kantools.table import MINIMUM_ROWS, Table

if TYPE_CHECKING:
    import pandas as pd
    import sympy
    from matplotlib.figure import Figure

    from kantools.estimators.stability import Stability
    from kantools.steering import Shortlist
    from kantools.symbolic.formula import Formula
    from kantools.symbolic.primitive import Selection

__all__ = ["SymbolicRegressor"]


class SymbolicRegressor(InNotebooks, SteeredFront, RegressorMixin, BaseEstimator):
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
    warm_start : bool
        Whether a second ``fit`` goes on where the last one ended: on the same data it spends its time on what
        has not been tried yet, on other data the old front is fitted anew and competes. What has been tried
        is not pickled or saved, the front is. With ``n_jobs`` above 1 only the first search goes on, the
        others begin anew from the front.

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
    models_ : dict of str to SymbolicRegressor
        Only where ``y`` had several columns: a model of each, by its name, with all of the above; of the
        above the model of all has ``equations_`` only, with the targets in its first column.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Only where ``X`` had column names.

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> friction = problem("I.12.1").sample(100, seed=0)
    >>> model = SymbolicRegressor(time_limit=20, random_state=0).fit_table(friction)
    >>> print(model.formula_)
    F = Nn*mu
    >>> model.sympy().diff("mu"), model.constants_.empty, len(model.equations_) == len(model.discovery_.front)
    (Nn, True, True)
    >>> import pandas as pd
    >>> new = pd.DataFrame({"mu": [2.0], "Nn": [4.0]})
    >>> [part.round(6).tolist() for part in model.predict(new, return_std=True)]
    [[8.0], [0.0]]
    >>> model.export("python").splitlines()[-1]
    '    return Nn*mu'
    >>> model.export("pythn")
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: There is no exporter "pythn"; did you mean "python"?
    >>> model.plot("parity").axes[0].get_xlabel()
    'measured $F$ (kg·m/s²)'
    >>> bench = model.steer()
    >>> model.adopt(bench.choose(len(bench.front) - 1)).formula_ is bench.formula
    True
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     model.report(f"{folder}/friction.txt")
    ...     model.save(f"{folder}/friction.kan")
    ...     again = SymbolicRegressor.load(f"{folder}/friction.kan")
    >>> again.latex() == model.latex()
    True
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
        warm_start: bool = False,
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
        self.warm_start = warm_start

    def fit(
        self, X: Any, y: Any, sigma: Any = None, sample_weight: Any = None, x_sigma: Any = None
    ) -> "SymbolicRegressor":
        """Find the formula of ``y`` in the columns of ``X``.

        Parameters
        ----------
        X : DataFrame or array, shape (rows, inputs)
            At least five rows; text and missing cells are refused.
        y : Series or array, shape (rows,), or DataFrame or array, shape (rows, targets)
            A Series' name becomes the target's. Of several targets each gets a formula, in ``models_``; what
            is found for one is tried on the next, and all share the time limit.
        sigma : float or array, shape (rows,), or (rows, targets), optional
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

        Examples
        --------
        >>> SymbolicRegressor().fit([[1.0], [2.0], [3.0]], [2.0, 4.0, 6.0])  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        kantools.errors.TableError: ...
        """
        given = y
        X, y = validated(
            self, X, y, multi_output=True, y_numeric=True, dtype=np.float64, ensure_min_samples=MINIMUM_ROWS
        )
        columns, weight = input_names(self), row_weights(sample_weight, X)
        targets = target_names(given, 1 if y.ndim == 1 else y.shape[1], columns)
        tables = tables_of(X, y, columns, targets, sigma, weight, x_sigma)
        return self._learn(tables[0]) if len(tables) == 1 else self._learn_each(tables)

    def fit_table(self, table: Table, known: "Sequence[Formula]" = ()) -> "SymbolicRegressor":
        """The same for a :class:`~kantools.table.Table`, with its names, units and standard errors.

        Formulas that are ``known``, found elsewhere, are fitted to the table and compete.

        Raises
        ------
        SettingError
            For settings that cannot be used.
        """
        self.n_features_in_ = len(table.columns)
        self.feature_names_in_ = np.array(table.columns, dtype=object)
        return self._learn(table, known)

    def _learn_each(self, tables: "Sequence[Table]") -> "SymbolicRegressor":
        self.check_settings()
        self.models_ = fit_each(self, tables, seed_for(self))
        for of_one in ("discovery_", "table_", "outliers_"):
            self.__dict__.pop(of_one, None)
        return self

    def _learn(
        self, table: Table, known: "Sequence[Formula]" = (), time_limit: float | None = None
    ) -> "SymbolicRegressor":
        from kantools.estimators.searching import discovery_of

        self.check_settings()
        units = units_for(table, self.units)
        limit = self.time_limit if time_limit is None else time_limit
        with self._showing_progress() as show:
            self.discovery_ = discovery_of(self, table, units, known, limit, show)
        self.units_ = dict(table.units) if units is None else units
        self.table_ = table
        self.__dict__.pop("models_", None)
        if self.loss != "squared":
            self.outliers_ = outlying(self.discovery_, table, self.loss)
        return self

    def check_settings(self) -> None:
        """Raise :class:`~kantools.errors.SettingError` for a setting that cannot be used.

        >>> SymbolicRegressor(basis="bsplin").check_settings()
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: There is no basis "bsplin"; did you mean "bspline"?
        """
        from kantools.estimators.settings import check_settings

        check_settings(self.get_params(deep=False))

    def _showing_progress(self) -> Any:
        if self.progress is True:
            from kantools.estimators.progress_bar import progress_bar

            return progress_bar()
        return nullcontext(self.progress or None)

    def __getstate__(self) -> dict[str, Any]:
        """Without the rows it was fitted to, the memory, and programs of formulas: no pickle has these."""
        state = {k: v for k, v in without_rows(super().__getstate__()).items() if k != "_memory"}
        if "discovery_" not in state:
            return state
        found = state["discovery_"]
        front = tuple(replace(f) for f in found.front)
        return {**state, "discovery_": replace(found, front=front, chosen=replace(found.chosen))}

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "discovery_") or hasattr(self, "models_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    @property
    def formula_(self) -> "Formula":
        """The chosen formula."""
        return self._found().chosen

    @property
    def equations_(self) -> "pd.DataFrame":
        """The front, one row per formula; of several targets all fronts, the target in the first column.

        >>> from kantools import load
        >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0)
        >>> print(*model.fit_table(load("ohm")).equations_.columns)
        complexity loss score equation sympy description_length held_out_loss domain
        """
        if hasattr(self, "models_"):
            return equations_of(self.models_)
        return equations(self._found().front)

    @property
    def constants_(self) -> "pd.DataFrame":
        """The chosen formula's constants, one a row.

        >>> from kantools import load
        >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0)
        >>> print(*model.fit_table(load("ohm")).constants_.columns)
        value error lower upper exact unit
        """
        return constants_table(self._found().chosen)

    @property
    def network_(self) -> Any:
        """The network that was learned on the way, or None."""
        return self._found().network

    @property
    def activations_(self) -> Any:
        """Its functions as curves, or None."""
        return self._found().activations

    def _found(self) -> Any:
        if hasattr(self, "models_"):
            raise SeveralTargets(self.models_)
        if not hasattr(self, "discovery_"):
            raise AttributeError("Nothing has been found yet; call fit(X, y) first.")
        return self.discovery_

    def predict(
        self,
        X: Any,
        return_std: bool = False,
        interval: float | None = None,
        sigma: Any = None,
    ) -> Any:
        """Values at the rows of ``X``, shape (rows,) or (rows, targets), or with what is asked for besides.

        ``f ± t(level, ν) sqrt(j C jᵀ + s²)``; NaN where the formula has no real value.

        Parameters
        ----------
        X : DataFrame or array, shape (rows, inputs)
        return_std : bool
            Also the standard error that the errors of the constants leave in the value, ``sqrt(j C jᵀ)``.
        interval : float, optional
            Also lower and upper ends between which a new measurement lies with this probability, 0.95 for
            one. A measurement scatters as those of the table did, alike everywhere or in proportion to the
            value, whichever the residuals say (``formula_.scatter``). Where the fit was given ``sigma``, a
            new one is typical of these; better give its own.
        sigma : float or array, shape (rows,), optional
            Standard error of each new measurement, for ``interval``.

        Returns
        -------
        value, or a tuple of value, std, lower, upper, those that were asked for : ndarray, shape (rows,)

        Warns
        -----
        ExtrapolationWarning
            Where rows lie outside of the ranges seen, or have no finite value.

        Raises
        ------
        SettingError
            For an interval outside of (0, 1) or a negative sigma.

        Examples
        --------
        >>> import pandas as pd
        >>> from kantools import load
        >>> ohm = load("ohm")
        >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0).fit_table(ohm)
        >>> value, low, high = model.predict(pd.DataFrame(ohm.X, columns=list(ohm.columns)), interval=0.95)
        >>> bool(((low < value) & (value < high)).all())
        True
        """
        from kantools.estimators.extrapolation import tell_of_formula

        check_is_fitted(self)
        if hasattr(self, "models_"):
            return predict_each(self.models_, X, sigma, return_std=return_std, interval=interval)
        X = validated(self, X, reset=False, dtype=np.float64)
        formula = self.formula_
        value = formula.predict(X)
        tell_of_formula(formula, X, value)
        std = (formula.std(X),) if return_std else ()
        ends = () if interval is None else formula.interval(X, interval, sigma)
        return (value, *std, *ends) if std or ends else value

    def stability(self, X: Any, y: Any, **settings: Any) -> "Stability":
        """How often the formula and its terms come back when the rows are drawn again.

        Parameters
        ----------
        X, y
            What the model was fitted to.
        **settings
            ``sigma``, ``sample_weight``, ``repeats``, ``method``, ``n_jobs``, … of
            :func:`kantools.estimators.stability.stability`.
        """
        from kantools.estimators.stability import stability

        return stability(self, X, y, **settings)

    def sympy(self) -> "sympy.Expr":
        """The formula as a sympy expression in plain symbols named like the columns."""
        check_is_fitted(self)
        return self.formula_.sympy()

    def latex(self) -> str:
        """The equation in LaTeX, its constants rounded to what their errors allow."""
        check_is_fitted(self)
        return self.formula_.latex()

    def export(self, target: str = "python", path: str | Path | None = None) -> str | bytes:
        """The formula for another tool: ``"python"``, ``"c"``, ``"latex"``, ``"onnx"``, …

        Parameters
        ----------
        target : str
            A name in ``kantools.symbolic.exporters.EXPORTERS``.
        path : str or Path, optional
            Where to write it; what belongs to it, such as C's header, is written beside it.

        Returns
        -------
        str, or bytes of a format that is no text

        Raises
        ------
        SettingError
            For an unknown target, with the near match.
        """
        from kantools.estimators.exporting import export

        check_is_fitted(self)
        return export(replace(self.formula_, units=self.units_), target, path)

    def plot(
        self, kind: str = "network", X: Any = None, y: Any = None, sigma: Any = None, **options: Any
    ) -> "Figure":
        """Draw the model; nothing is shown or written, ``figure.savefig(path)`` does that.

        Parameters
        ----------
        kind : str
            ``"network"`` with its curves, ``"activations"`` one by one, ``"front"``, ``"parity"``,
            ``"residuals"``, ``"curve"`` over one input, ``"dependence"`` on each input, ``"importance"`` of
            inputs and pairs, ``"history"`` and ``"tree"`` of the search.
        X, y, sigma : array, optional
            Rows to compare with; those that the model was fitted to otherwise, which it remembers until it is
            pickled or saved.
        **options
            ``theme="light"`` or ``"dark"``, ``ax`` or ``figure`` to draw on or ``width="single"`` or
            ``"double"``, columns of a journal, and what else the function of ``kantools.plots`` takes.

        Raises
        ------
        SettingError
            For an unknown kind or option, with the near match, and for what this model cannot show.
        """
        check_is_fitted(self)
        from kantools.estimators.drawing import figure_of

        return figure_of(self, kind, X, y, sigma, options)

    def report(
        self, path: str | Path, X: Any = None, y: Any = None, sigma: Any = None, x_sigma: Any = None
    ) -> None:
        """Write what was found, how sure it is and how to find it again into one file.

        Parameters
        ----------
        path : str or Path
            ``.html`` makes a page that stands alone, ``.txt`` plain text, ``.json`` plain values.
        X : DataFrame, array or Table, optional
            The data, as in :meth:`fit` or :meth:`fit_table`; those that the model was fitted to otherwise,
            which it remembers until it is pickled or saved. Without any the report has no residuals and no
            summary of the data, and says so.
        y, sigma, x_sigma : array, optional
            As in :meth:`fit`; a Table has its own.

        Raises
        ------
        ValueError
            For another ending of the name, and for data that the formula cannot be applied to.
        """
        from kantools.estimators.reporting import given_table, write_report

        check_is_fitted(self)
        write_report(self, path, given_table(self, X, y, sigma, x_sigma))

    def steer(
        self, X: Any = None, y: Any = None, sigma: Any = None, sample_weight: Any = None
    ) -> "Shortlist":
        """A shortlist: choose another formula of the front, add one of your own, ``docs/steering.md``.

        The model stays as it is until :meth:`adopt`, unlike with its own verbs, ``model.choose(2)``.

        Parameters
        ----------
        X, y, sigma, sample_weight : as in :meth:`fit`, optional
            Rows to fit to; those the model was fitted to where they are left out.
        """
        from kantools.estimators.steered import shortlist_of

        return shortlist_of(self, X, y, sigma, sample_weight)

    def adopt(self, bench: "Shortlist") -> "SymbolicRegressor":
        """Take over front and choice of a shortlist."""
        from kantools.estimators.steered import adopt_front

        adopt_front(self, bench)
        return self

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
