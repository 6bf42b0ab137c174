"""A table of measurements: named columns, a target, and how well the target was measured.

Everything kantools does starts from a :class:`Table`. It is made by :func:`table_from_arrays` or, from files
and data frames, by :mod:`kantools.reading`; each of them checks the numbers once, here, so that nothing
behind has to: at least five rows, finite cells, positive errors, a target that varies. What cannot be right
is a :class:`TableError`, which says where; what merely cannot matter (an input that never varies) is left
out with a warning.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from kantools.catalogue import did_you_mean
from kantools.errors import TableError
from kantools.numbers import as_numbers
from kantools.row_names import RowNames
from kantools.warn import Notice, warn

__all__ = [
    "ColumnIgnored",
    "MissingRowsDropped",
    "Table",
    "TableError",
    "check",
    "input_errors",
    "table_from_arrays",
    "varying",
]

#: A law with one constant and a few rows is a coincidence.
MINIMUM_ROWS = 5
#: Unicode's categories of characters that no name has: controls, surrogates, breaks of lines and paragraphs.
NOT_IN_NAMES = ("Cc", "Cs", "Zl", "Zp")


class MissingRowsDropped(Notice):
    """Rows with missing or infinite cells were left out, as asked.

    >>> import warnings
    >>> x = np.array([1.0, 2.0, 3.0, 4.0, 5.0, np.nan])
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     print(table_from_arrays(x, np.arange(6.0), drop_missing=True).rows)
    5
    >>> print(told[0].message)
    1 of 6 rows of the table have missing or infinite cells and are left out: row 6.
    """


class ColumnIgnored(Notice):
    """A column that cannot matter was left out of the inputs.

    >>> import warnings
    >>> x = np.column_stack([np.arange(5.0), np.ones(5)])
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     print(table_from_arrays(x, x[:, 0] ** 2, ["time", "gravity"]).columns)
    ('time',)
    >>> print(told[0].message)
    "gravity" of the table does not vary and is left out of the inputs.
    """


@dataclass(frozen=True)
class Table:
    """Named input columns and one target.

    Attributes
    ----------
    columns : tuple of str
        Names of the inputs.
    X : ndarray, shape (rows, len(columns)), float64
    target : str
        Name of the target.
    y : ndarray, shape (rows,), float64
    sigma : ndarray, shape (rows,), or None
        Standard error of each target value, in the target's unit; None where it is not known.
    weight : ndarray, shape (rows,), or None
        How much a row counts (scikit-learn's ``sample_weight``).
    units : mapping of str to str
        Units of the columns, for labels.
    x_sigma : ndarray, shape (rows, len(columns)), or None
        Standard errors of the inputs, each in its column's unit; zero where a value is exact.

    Examples
    --------
    >>> length = np.array([0.5, 1.0, 1.5, 2.0])
    >>> table = Table(("length",), length[:, None], "period", 2.006 * np.sqrt(length), units={"length": "m"})
    >>> table.rows, table.columns, table.target
    (4, ('length',), 'period')
    """

    columns: tuple[str, ...]
    X: np.ndarray
    target: str
    y: np.ndarray
    sigma: np.ndarray | None = None
    weight: np.ndarray | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    x_sigma: np.ndarray | None = None

    @property
    def rows(self) -> int:
        """How many rows there are.

        >>> Table(("x",), np.zeros((7, 1)), "y", np.zeros(7)).rows
        7
        """
        return len(self.y)

    def _repr_html_(self) -> str:
        from kantools.table_html import first_rows

        named = dict(zip(self.columns, self.X.T, strict=True)) | {self.target: self.y}
        heads = (f"{name} [{unit}]" if (unit := self.units.get(name)) else name for name in named)
        columns = dict(zip(heads, named.values(), strict=True))
        columns |= {} if self.sigma is None else {f"± {self.target}": self.sigma}
        return first_rows(columns, f"{self.rows} rows, target: {self.target}")

    def take(self, rows: np.ndarray | Sequence[int] | slice) -> "Table":
        """The same table with these rows only.

        >>> x = np.arange(6.0)
        >>> table = Table(("x",), x[:, None], "y", x**2, sigma=0.1 * x)
        >>> table.take(slice(0, 3)).y.tolist(), table.take(x > 3).sigma.round(2).tolist()
        ([0.0, 1.0, 4.0], [0.4, 0.5])
        """
        names = ("X", "y", "sigma", "weight", "x_sigma")
        part = {k: v[rows] for k in names if (v := getattr(self, k)) is not None}
        return replace(self, **part)

    def select(self, columns: Sequence[str]) -> "Table":
        """The same table with these input columns only, in this order.

        Raises
        ------
        ValueError
            For a name that is no input column.

        Examples
        --------
        >>> table = Table(("a", "b"), np.array([[1.0, 10.0], [2.0, 20.0]]), "y", np.array([1.0, 2.0]))
        >>> table.select(["b"]).X.tolist()
        [[10.0], [20.0]]
        """
        index = [self.columns.index(c) for c in columns]
        errors = None if self.x_sigma is None else self.x_sigma[:, index]
        return replace(self, columns=tuple(columns), X=self.X[:, index], x_sigma=errors)


def table_from_arrays(
    X: np.ndarray,
    y: np.ndarray,
    columns: Sequence[str] | None = None,
    *,
    target: str = "y",
    sigma: np.ndarray | float | None = None,
    weight: np.ndarray | None = None,
    units: Mapping[str, str] | None = None,
    x_sigma: Any = None,
    drop_missing: bool = False,
) -> Table:
    """A table from numpy arrays.

    Parameters
    ----------
    X : array, shape (rows, inputs), or (rows,) for one input
    y : array, shape (rows,)
    columns : sequence of str, optional
        Names of the inputs; ``x0``, ``x1``, … where they are not given.
    target : str
        Name of the target.
    sigma : array, shape (rows,), or float, optional
        Standard error of the target values.
    weight : array, shape (rows,), optional
        How much each row counts.
    units : mapping of str to str, optional
    x_sigma : array, shape (rows, inputs) or (inputs,), or float, or mapping of str to these, optional
        Standard errors of the inputs; a mapping gives them by column, and the others are exact.
    drop_missing : bool
        Leave out rows with missing or infinite cells instead of refusing them.

    Raises
    ------
    TableError
        For arrays that do not fit together, and for everything that :func:`check` refuses.

    Examples
    --------
    >>> table = table_from_arrays(np.arange(10.0).reshape(5, 2), np.arange(5.0), ["mass", "flow rate"])
    >>> table.columns, table.target, table.rows
    (('mass', 'flow rate'), 'y', 5)
    """
    X, y = as_numbers("X", X), as_numbers("y", y)
    X = X[:, None] if X.ndim == 1 else X
    if X.ndim != 2 or y.shape != (len(X),):
        raise TableError(
            f"X has shape (rows, inputs) and y shape (rows,); got {X.shape} and {y.shape}. Reshape one."
        )
    names = tuple(f"x{i}" for i in range(X.shape[1])) if columns is None else tuple(map(str, columns))
    if len(names) != X.shape[1]:
        raise TableError(f"Each of the {X.shape[1]} inputs has one name; got {len(names)} names in columns.")
    refuse_unclear((*names, target), "the table")
    refuse_duplicates(names, "columns")
    if target in names:
        raise TableError(
            f'The target cannot be its own input; got "{target}" for both. Pass another target name.'
        )
    errors, weight = _per_row("sigma", sigma, y), _per_row("weight", weight, y)
    table = Table(names, X, target, y, errors, weight, units or {}, input_errors(x_sigma, names, len(y)))
    return check(table, "the table", drop_missing=drop_missing)


def input_errors(x_sigma: Any, columns: Sequence[str], rows: int) -> np.ndarray | None:
    """Standard errors of the inputs as an array, shape (rows, columns); None where there are none.

    >>> input_errors({"b": 0.5}, ["a", "b"], 2).tolist()
    [[0.0, 0.5], [0.0, 0.5]]
    """
    if x_sigma is None:
        return None
    if isinstance(x_sigma, Mapping):
        unknown = [str(c) for c in x_sigma if c not in columns]
        if unknown:
            raise TableError(
                f'x_sigma names input columns; got "{unknown[0]}", {did_you_mean(unknown[0], columns)}'
            )
        nothing = np.zeros(rows)
        parts = [_per_row(f'x_sigma of "{c}"', x_sigma.get(c, 0.0), nothing) for c in columns]
        return np.stack(parts, axis=1)  # type: ignore[arg-type]
    shape = (rows, len(columns))
    try:
        return np.array(np.broadcast_to(as_numbers("x_sigma", x_sigma), shape))
    except ValueError:
        raise TableError(
            f"x_sigma has one value a row and input, {shape} in all; got shape {np.shape(x_sigma)}. "
            "Give one for each, one for each input, or a mapping by column."
        ) from None


def _per_row(name: str, values: Any, y: np.ndarray) -> np.ndarray | None:
    if values is None:
        return None
    try:
        return np.array(np.broadcast_to(as_numbers(name, values), y.shape))
    except ValueError:
        raise TableError(
            f"{name} has one value a row, {len(y)} in all; got shape {np.shape(values)}. Give one for each."
        ) from None


def refuse_unclear(names: Sequence[str], where: str) -> None:
    """Raise where a name is blank, or more than one line: a formula could not be read."""
    for number, name in enumerate(names, 1):
        if not name.strip():
            raise TableError(
                f"Every column has a name; that of column {number} of {where} is blank. Name it."
            )
        if any(unicodedata.category(c) in NOT_IN_NAMES for c in name):
            raise TableError(
                f"A name is one line of visible characters; {where} has {name!r} for column {number}. "
                "Rename it."
            )


def refuse_duplicates(names: Sequence[str], where: str) -> None:
    """Raise where a name stands twice, blanks around it aside."""
    bare = [n.strip() for n in names]
    twice = sorted({n for n in bare if bare.count(n) > 1})
    if twice:
        raise TableError(
            f"Column names are unique; {where} has "
            + ", ".join(f'"{n}"' for n in twice)
            + " more than once. "
            "Rename one of them."
        )


def check(table: Table, where: str, rows: RowNames | None = None, *, drop_missing: bool = False) -> Table:
    """The table, once everything in it can be used.

    Parameters
    ----------
    table : Table
    where : str
        What the table is called in messages: the name of its file.
    rows : RowNames, optional
        How its rows are counted in messages.
    drop_missing : bool
        Leave out rows with missing or infinite cells, with a :class:`MissingRowsDropped` warning.

    Returns
    -------
    Table
        Without the inputs that never vary (a :class:`ColumnIgnored` warning names them).

    Raises
    ------
    TableError
        For no inputs, missing or infinite cells, fewer than 5 rows, errors or weights that are not positive,
        and a target that never varies.

    Examples
    --------
    >>> check(Table(("x",), np.zeros((3, 1)), "y", np.zeros(3)), "drop.csv")
    Traceback (most recent call last):
        ...
    kantools.errors.TableError: A law needs at least 5 rows; drop.csv has 3. Add measurements.
    """
    rows = rows or RowNames()
    refuse_unclear((*table.columns, table.target), where)
    if not table.columns:
        raise TableError(f"A law needs at least one input column; {where} has none besides the target.")
    if drop_missing:
        table, rows = _without_missing(table, where, rows)
    refuse_missing(_named(table), where, rows)
    if table.rows < MINIMUM_ROWS:
        raise TableError(
            f"A law needs at least {MINIMUM_ROWS} rows; {where} has {table.rows}. Add measurements."
        )
    _refuse_bad_sigma(table, where, rows)
    counted = np.ones(table.rows, dtype=bool) if table.weight is None else table.weight > 0
    if counted.sum() < MINIMUM_ROWS:
        raise TableError(
            f"A law needs at least {MINIMUM_ROWS} rows that count; {where} has {counted.sum()} of positive "
            "weight. Give more rows a weight."
        )
    if table.y[counted].min() == table.y[counted].max():
        raise TableError(
            f'The target has to vary; "{table.target}" is {table.y[0]:g} in every row of {where}. '
            "Choose another target."
        )
    return _without_constants(table, where)


def _named(table: Table) -> dict[str, np.ndarray]:
    """Every column that has to be finite, by name."""
    named = {c: table.X[:, i] for i, c in enumerate(table.columns)} | {table.target: table.y}
    named |= {} if table.sigma is None else {"sigma": table.sigma}
    if table.x_sigma is not None:
        named |= {f"x_sigma of {c}": table.x_sigma[:, i] for i, c in enumerate(table.columns)}
    return named | ({} if table.weight is None else {"weight": table.weight})


def refuse_missing(named: Mapping[str, np.ndarray], where: str, rows: RowNames) -> None:
    """Raise where a column has missing or infinite cells, with their number and places."""
    bad = {name: np.flatnonzero(~np.isfinite(values)) for name, values in named.items()}
    count = sum(len(b) for b in bad.values())
    if not count:
        return
    places = "; ".join(f'"{name}" in {rows.name(b)}' for name, b in bad.items() if len(b))
    cells = "cell is" if count == 1 else "cells are"
    raise TableError(
        f"Every cell holds a finite number; {count} {cells} missing or infinite in {where}: {places}. "
        "Fill them in, or leave these rows out with drop_missing=True (--drop-missing)."
    )


def _without_missing(table: Table, where: str, rows: RowNames) -> tuple[Table, RowNames]:
    finite = np.all([np.isfinite(v) for v in _named(table).values()], axis=0)
    dropped = np.flatnonzero(~finite)
    if not len(dropped):
        return table, rows
    warn(
        f"{len(dropped)} of {table.rows} rows of {where} have missing or infinite cells and are left out: "
        f"{rows.name(dropped)}.",
        MissingRowsDropped,
    )
    kept = np.flatnonzero(finite)
    return table.take(finite), RowNames(rows.noun, lambda i: rows.number(int(kept[i])))


def _refuse_bad_sigma(table: Table, where: str, rows: RowNames) -> None:
    if table.sigma is not None and (table.sigma <= 0).any():
        bad = np.flatnonzero(table.sigma <= 0)
        raise TableError(
            f"A standard error is positive; sigma is zero or negative in {rows.name(bad)} of {where}. "
            "Correct it, or leave sigma out."
        )
    if table.x_sigma is not None and (table.x_sigma < 0).any():
        bad = np.flatnonzero((table.x_sigma < 0).any(axis=1))
        raise TableError(
            f"A standard error is not negative; x_sigma is in {rows.name(bad)} of {where}. "
            "Correct it; zero says that a value is exact."
        )
    if table.weight is not None and ((table.weight < 0).any() or not table.weight.any()):
        raise TableError("Weights are not negative and not all zero; got such weights. Correct them.")


def varying(table: Table) -> tuple[str, ...]:
    """The input columns that are not the same number in every row."""
    return tuple(c for c, values in zip(table.columns, table.X.T, strict=True) if values.min() < values.max())


def _without_constants(table: Table, where: str) -> Table:
    kept = varying(table)
    if not kept:
        raise TableError(
            f"At least one input has to vary; none of those of {where} does: {_quoted(table.columns)}."
        )
    ignored = [c for c in table.columns if c not in kept]
    if not ignored:
        return table
    verb = "does not vary and is" if len(ignored) == 1 else "do not vary and are"
    warn(f"{_quoted(ignored)} of {where} {verb} left out of the inputs.", ColumnIgnored)
    return table.select(kept)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{n}"' for n in names)
