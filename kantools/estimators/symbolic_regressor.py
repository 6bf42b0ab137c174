"""Symbolic regression in scikit-learn's clothes.

:class:`SymbolicRegressor` makes a table of ``X`` and ``y``, has it searched
(:mod:`kantools.estimators.searching`), and keeps what came back under the names that users know. It can stand
wherever a scikit-learn regressor can: pipelines, grid search, cross-validation, ``clone`` and pickle.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import RegressorMixin
from sklearn.utils.validation import check_is_fitted

from kantools.errors import SettingError
from kantools.estimators.files.model_file import SavedModel, settings_of
from kantools.estimators.fitted import Fitted
from kantools.estimators.front import of_fit
from kantools.estimators.given_units import units_of
from kantools.estimators.inputs import Inputs, give_inputs, inputs_of, row_weights, seed_of, target_names
from kantools.estimators.settings import Settings
from kantools.estimators.steerable import SteeredFront
from kantools.estimators.tables import Given, Sigma, Values, XSigma, sigma_columns, tables_of
from kantools.estimators.validated import validated, validated_inputs
from kantools.estimators.verbs.constants_table import constants_table
from kantools.estimators.verbs.equations import equations, equations_of_each
from kantools.estimators.verbs.exporting import export
from kantools.estimators.verbs.predicting import predicted, stacked
from kantools.symbolic.formula import Formula
from kantools.symbolic.usual.named import NamedForm, named_form
from kantools.table import MINIMUM_ROWS, Table

if TYPE_CHECKING:
    import pandas as pd
    import sympy

    from kantools.discovery import Progress
    from kantools.discovery.roster import Choice
    from kantools.estimators.verbs.stability import Stability
    from kantools.steering import Shortlist
    from kantools.symbolic.primitive import Selection

__all__ = ["SeveralTargets", "SymbolicRegressor"]


class SeveralTargets(AttributeError, SettingError):
    """What there is once for each target was asked of the model of all."""

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        super().__init__(
            f"A formula has one target; this model has {len(names)}: {', '.join(names)}. "
            f'Each has a model of its own, such as models_["{names[0]}"].'
        )


class SymbolicRegressor(RegressorMixin, SteeredFront):
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
        Seconds after which the search ends with the best formula it has; what has to be compiled once is
        compiled before they count.
    effort : float, optional
        Units of work in the place of the time limit, about as many as seconds of one core: with the same seed
        and effort the result is the same however busy the machine is.
    hypotheses : sequence, optional
        What is tried: names of ``kantools hypotheses``, instances with thresholds of their own, ``...`` for
        all others, and a minus before the name of one to be left out:
        ``[..., FewTerms(most_terms=20), "-networks"]``. All by default.
    max_complexity : int
        The longest formula that is wanted, in symbols, numbers and operations.
    loss : {"squared", "huber", "soft_l1", "cauchy"}
        What residuals cost. The robust ones are for tables with gross outliers: structures are looked for
        without the rows that lie far off, constants are fitted to all rows at the loss, and :attr:`outliers_`
        says which rows lie far off the law.
    noise : {"auto", "constant", "proportional", "mixed", "counts", "rounding"}
        How measurements scatter around the law where ``sigma`` is not given: alike on all rows, in proportion
        to the value, both together, as counts, or as the digits of the numbers leave it. By default what the
        data speak for; ``formula_.scatter`` says which it was.
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
    rivals_ : tuple of Formula
        Other functions that the data cannot tell from the chosen one, the shortest description first; where
        the next measurement would tell them apart, ``plot("rivals")`` shows.
    equations_ : DataFrame
        The front, one row per formula, and the rivals.
    constants_ : DataFrame
        The chosen formula's constants, one a row: value, standard error, 95 % interval by Student's
        distribution, the exact number where it was recognised as one, unit.
    usual_form_ : NamedForm or None
        What people call the chosen formula, with the constants that they quote, where it has a name.
    network_ : KAN or None
        The network that was learned on the way.
    activations_ : Activations or None
        Its functions as curves.
    discovery_ : Discovery
        All of it, with the steps of the search.
    units_ : dict of str to str
        Of columns and target: those that the search was told, else the labels of the table.
    outliers_ : ndarray of bool, shape (rows,)
        Under a robust loss: the rows of ``X`` that lie more than 4 standard deviations of the scatter off the
        formula.
    models_ : dict of str to SymbolicRegressor
        Only where ``y`` had several columns: a model of each, by its name, with all of the above; of the
        above the model of all has ``equations_`` only, with the targets in its first column.
    fitted_ : Fitted
        Everything that the fit has left, where there is one target.
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

    fitted_: Fitted
    discovery_ = of_fit("discovery")
    formula_ = of_fit("formula")
    rivals_ = of_fit("rivals")
    units_ = of_fit("units")
    network_ = of_fit("discovery.network")
    activations_ = of_fit("discovery.activations")

    def __init__(
        self,
        *,
        primitives: "Selection | None" = None,
        forbid: Mapping[str, Sequence[str]] | None = None,
        units: Mapping[str, str] | str | None = None,
        basis: str = "bspline",
        time_limit: float = 60,
        effort: float | None = None,
        hypotheses: "Sequence[Choice] | None" = None,
        max_complexity: int = 60,
        loss: str = "squared",
        noise: str = "auto",
        selection: str = "description_length",
        n_jobs: int = 1,
        random_state: int | np.random.RandomState | None = None,
        progress: "bool | Callable[[Progress], None]" = False,
        warm_start: bool = False,
    ) -> None:
        self.primitives = primitives
        self.forbid = forbid
        self.units = units
        self.basis = basis
        self.time_limit = time_limit
        self.effort = effort
        self.hypotheses = hypotheses
        self.max_complexity = max_complexity
        self.loss = loss
        self.noise = noise
        self.selection = selection
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.progress = progress
        self.warm_start = warm_start

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sigma: Sigma = None,
        sample_weight: Values = None,
        x_sigma: XSigma = None,
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
        rows, target = validated(
            self, X, y, multi_output=True, y_numeric=True, ensure_min_samples=MINIMUM_ROWS
        )
        columns, weight = inputs_of(self).columns, row_weights(sample_weight, rows)
        names = target_names(y, 1 if target.ndim == 1 else target.shape[1], columns)
        return self._learn(tables_of(rows, target, columns, names, sigma, weight, x_sigma))

    def fit_table(self, table: Table, known: Sequence[Formula] = ()) -> "SymbolicRegressor":
        """The same for a :class:`~kantools.table.Table`, with its names, units and standard errors.

        Formulas that are ``known``, found elsewhere, are fitted to the table and compete.

        Raises
        ------
        SettingError
            For settings that cannot be used.
        """
        give_inputs(self, Inputs(len(table.columns), table.columns))
        return self._learn([table], known)

    def _learn(self, tables: Sequence[Table], known: Sequence[Formula] = ()) -> "SymbolicRegressor":
        settings = self._settings()  # refused before torch is imported
        from kantools.estimators.searching import fitted_to, fitted_to_each

        before = self._all_found() if self.warm_start else []
        seed = self._seed(before)
        if len(tables) > 1:
            return self._take(fitted_to_each(tables, settings, seed, {f.target: f for f in before}))
        goes_on = before[0] if len(before) == 1 else None
        return self._take([fitted_to(tables[0], settings, seed, known, goes_on)])

    def _seed(self, before: Sequence[Fitted]) -> int:
        """That of a search; one that was drawn is kept where the fit goes on."""
        drawn = not isinstance(self.random_state, int | np.integer)
        kept = before[0].seed if drawn and before else None
        return seed_of(self.random_state) if kept is None else kept

    def _settings(self) -> Settings:
        return Settings.of(self.get_params(deep=False))

    def _take(self, found: Sequence[Fitted]) -> "SymbolicRegressor":
        """Have learned one formula, or a model of each target."""
        for before in ("fitted_", "models_"):
            self.__dict__.pop(before, None)
        if len(found) > 1:
            self.models_ = {f.target: self._of_one(f) for f in found}
        else:
            (self.fitted_,) = found
        return self

    def _of_one(self, fitted: Fitted) -> "SymbolicRegressor":
        """The model of one of several targets."""
        units = units_of(self.units, (*fitted.columns, fitted.target))
        own = {"random_state": fitted.seed, "units": units}
        part = type(self)(**self.get_params(deep=False) | own)
        give_inputs(part, inputs_of(self))
        return part._take([fitted])

    def check_settings(self) -> None:
        """Raise :class:`~kantools.errors.SettingError` for a setting that cannot be used.

        >>> SymbolicRegressor(basis="bsplin").check_settings()
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: There is no basis "bsplin"; did you mean "bspline"?
        """
        self._settings()

    def _all_found(self) -> list[Fitted]:
        """What is left of the search of each target; nothing before a fit."""
        several = [model._found() for model in vars(self).get("models_", {}).values()]
        return several or super()._all_found()

    def _found(self) -> Fitted:
        """What is left of the search, where there is one target."""
        if len(found := self._all_found()) > 1:
            raise SeveralTargets(f.target for f in found)
        return super()._found()

    @property
    def outliers_(self) -> np.ndarray:
        """The rows that lie far off the law; only under a robust loss."""
        outliers = self._found().outliers
        if outliers is None:
            raise AttributeError(f'Rows lie far off the law under a robust loss; this is "{self.loss}".')
        return outliers

    @property
    def equations_(self) -> "pd.DataFrame":
        """The front, one row per formula, and the rivals that are not on it, told by their ``role``.

        Of several targets all of them, the target in the first column.

        >>> from kantools import load
        >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0)
        >>> print(*model.fit_table(load("ohm")).equations_.columns)
        complexity loss score equation sympy description_length held_out_loss domain role
        """
        found = self._all_found()
        return equations_of_each(found) if len(found) > 1 else equations(self._found().discovery)

    @property
    def constants_(self) -> "pd.DataFrame":
        """The chosen formula's constants, one a row.

        >>> from kantools import load
        >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0)
        >>> print(*model.fit_table(load("ohm")).constants_.columns)
        value error lower upper exact unit
        """
        return constants_table(self._found().formula)

    @property
    def usual_form_(self) -> NamedForm | None:
        """What people call the chosen formula, and the numbers they quote of it; None where it has no name.

        >>> from kantools import load
        >>> model = SymbolicRegressor(hypotheses=["usual forms"], random_state=0)
        >>> print(*model.fit_table(load("filter")).usual_form_.quoted, sep=", ")
        centre = 451.541 ± 0.047, height = 0.3802 ± 0.0038, width at half height = 9.63 ± 0.11
        """
        return named_form(self._found().formula)

    def predict(
        self, X: ArrayLike, return_std: bool = False, interval: float | None = None, sigma: Sigma = None
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
            one. A measurement scatters as those of the table did, by the noise model that the residuals
            speak for (``formula_.scatter``). Where the fit was given ``sigma``, a
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
        check_is_fitted(self)
        rows, found = validated_inputs(self, X), self._all_found()
        each = []  # in a loop, as a comprehension would be another caller of what warns
        for fitted, errors in zip(found, sigma_columns(sigma, (len(rows), len(found))), strict=True):
            each.append(predicted(fitted.formula, rows, return_std, interval, errors))
        return stacked(each) if len(found) > 1 else each[0]

    def stability(
        self,
        X: Given = None,
        y: Values = None,
        *,
        sigma: Sigma = None,
        sample_weight: Values = None,
        x_sigma: XSigma = None,
        time_limit: float | None = None,
        **options: Any,
    ) -> "Stability":
        """How often the formula and its terms come back when the rows are drawn again.

        Parameters
        ----------
        X, y, sigma, sample_weight, x_sigma : as in :meth:`fit`, optional
            What the model was fitted to, which it remembers until it is pickled or saved.
        time_limit : float, optional
            Seconds for each repeat; the model's own limit where it is None.
        **options
            ``repeats``, ``method``, ``fraction``, ``n_jobs`` and ``random_state`` of
            :func:`kantools.estimators.verbs.stability.stability`.
        """
        from kantools.estimators.searching import fitted_to
        from kantools.estimators.verbs.stability import stability

        rows, settings = self._rows(X, y, sigma, sample_weight, x_sigma), self._settings()
        if rows is None:
            raise SettingError("Rows of the fit are drawn again; this model has none. Pass X and y.")
        if time_limit is not None:
            settings = replace(settings, time_limit=time_limit, effort=None)
        return stability(self._found(), rows, settings, fitted_to, **options)

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
        check_is_fitted(self)
        return export(replace(self.formula_, units=self.units_), target, path)

    def report(
        self, path: str | Path, X: Given = None, y: Values = None, sigma: Sigma = None, x_sigma: XSigma = None
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
        from kantools.estimators.verbs.reporting import write_report

        rows = self._rows(X, y, sigma, x_sigma=x_sigma)
        write_report(self._found(), path, rows, settings_of(self), command=repr(self))

    def steer(
        self, X: Given = None, y: Values = None, sigma: Sigma = None, sample_weight: Values = None
    ) -> "Shortlist":
        """A shortlist: choose another formula of the front, add one of your own, ``docs/steering.md``.

        The model stays as it is until :meth:`adopt`, unlike with its own verbs, ``model.choose(2)``.

        Parameters
        ----------
        X, y, sigma, sample_weight : as in :meth:`fit`, optional
            Rows to fit to; those the model was fitted to where they are left out.
        """
        from kantools.estimators.verbs.by_hand import shortlist_of

        rows = self._rows(X, y, sigma, sample_weight)
        return shortlist_of(self._found(), rows, self._settings())

    def adopt(self, bench: "Shortlist") -> "SymbolicRegressor":
        """Take over front and choice of a shortlist."""
        from kantools.estimators.verbs.by_hand import with_formulas

        check_is_fitted(self)
        self.fitted_ = with_formulas(self._found(), bench)
        return self

    def _saved(self) -> SavedModel:
        from kantools.estimators.files.saved import searches_out

        return searches_out(type(self).__name__, settings_of(self), inputs_of(self), self._all_found())

    def _take_from(self, saved: SavedModel) -> None:
        from kantools.estimators.files.saved import searches_in

        self._take(searches_in(saved))
