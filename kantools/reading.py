"""Tables from files and data frames.

CSV and TSV (comma, semicolon, tab or blanks between the cells; lines that begin with ``#`` are comments;
decimal commas where the separator is another one), Parquet, and the first sheet of an Excel file. Messages
count the rows as an editor or a spreadsheet shows them, so that a bad cell is found at once.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from kantools.catalogue import did_you_mean
from kantools.cells import Cells, read_cells
from kantools.row_names import RowNames
from kantools.table import Table, TableError, check, input_errors, refuse_duplicates, refuse_missing

__all__ = ["read_columns", "read_table", "table_from_frame"]


def read_table(
    path: str | Path,
    *,
    target: str,
    sigma: str | None = None,
    columns: Sequence[str] | None = None,
    x_sigma: Mapping[str, str | float] | None = None,
    drop_missing: bool = False,
    units: Mapping[str, str] | None = None,
) -> Table:
    """A table from a CSV, TSV, Parquet or Excel file.

    Parameters
    ----------
    path : str or Path
        ``.csv``, ``.tsv``, ``.txt``, ``.dat``, ``.parquet``, ``.pq``, ``.xlsx`` or ``.xlsm``.
    target : str
        The column to explain.
    sigma : str, optional
        The column with the target's standard errors.
    columns : sequence of str, optional
        The inputs; all other columns where it is None.
    x_sigma : mapping of str to str or float, optional
        For an input the column with its standard errors, or one number for all rows.
    drop_missing : bool
        Leave out rows with missing or infinite cells, with a warning, instead of refusing them.
    units : mapping of str to str, optional
        Units of the columns.

    Raises
    ------
    TableError
        For a file that cannot be read or a column that cannot be used; the message names the cells.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "fall.csv"
    >>> _ = file.write_text("# a stone\\nt,height\\n0,0\\n1,4.9\\n2,19.6\\n3,44.1\\n4,78.5\\n")
    >>> read_table(file, target="height").X.T.tolist()
    [[0.0, 1.0, 2.0, 3.0, 4.0]]
    """
    return _table(read_cells(path), target, sigma, columns, x_sigma or {}, drop_missing, units)


def table_from_frame(
    frame: pd.DataFrame,
    target: str,
    *,
    sigma: str | None = None,
    columns: Sequence[str] | None = None,
    x_sigma: Mapping[str, str | float] | None = None,
    drop_missing: bool = False,
    units: Mapping[str, str] | None = None,
) -> Table:
    """A table from a pandas data frame; arguments and errors as in :func:`read_table`.

    Examples
    --------
    >>> frame = pd.DataFrame({"t": range(5), "height": [0, 4.9, 19.6, 44.1, 78.5]})
    >>> table_from_frame(frame, "height").columns
    ('t',)
    """
    names = [str(c) for c in frame.columns]
    refuse_duplicates(names, "the frame")
    source = Cells("the frame", frame.set_axis(names, axis=1).reset_index(drop=True), RowNames())
    return _table(source, target, sigma, columns, x_sigma or {}, drop_missing, units)


def read_columns(path: str | Path, columns: Sequence[str]) -> np.ndarray:
    """These columns of a file as numbers, shape (rows, columns); the file may hold any others.

    Raises
    ------
    TableError
        As :func:`read_table`, but any number of rows will do and a column need not vary.
    """
    source = read_cells(path)
    named = {c: _numbers(source, _existing(source, c)) for c in columns}
    refuse_missing(named, source.name, source.rows)
    return np.stack(list(named.values()), axis=1) if named else np.empty((len(source.frame), 0))


def _table(
    source: Cells,
    target: str,
    sigma: str | None,
    columns: Sequence[str] | None,
    x_sigma: Mapping[str, str | float],
    drop_missing: bool,
    units: Mapping[str, str] | None,
) -> Table:
    inputs = _inputs(source, target, sigma, columns, x_sigma)
    X = [_numbers(source, c) for c in inputs]
    table = Table(
        columns=inputs,
        X=np.stack(X, axis=1) if X else np.empty((len(source.frame), 0)),
        target=target,
        y=_numbers(source, target),
        sigma=None if sigma is None else _numbers(source, sigma),
        units=units or {},
        x_sigma=_input_errors(source, inputs, x_sigma),
    )
    return check(table, source.name, source.rows, drop_missing=drop_missing)


def _input_errors(
    source: Cells, inputs: Sequence[str], x_sigma: Mapping[str, str | float]
) -> np.ndarray | None:
    told = {c: _numbers(source, e) if isinstance(e, str) else e for c, e in x_sigma.items()}
    return input_errors(told or None, inputs, len(source.frame))


def _inputs(
    source: Cells,
    target: str,
    sigma: str | None,
    columns: Sequence[str] | None,
    x_sigma: Mapping[str, str | float],
) -> tuple[str, ...]:
    """The names of the inputs, once target, errors and inputs are known to exist and to differ."""
    taken = {_existing(source, target): "target"}
    if sigma is not None:
        if sigma == target:
            raise TableError(f'The target cannot be its own standard error; got "{sigma}" for both.')
        taken[_existing(source, sigma)] = "sigma"
    for name, error in x_sigma.items():
        if isinstance(error, str) and _existing(source, error) in (target, _existing(source, name)):
            raise TableError(f'A column cannot be its own standard error; got "{error}" as that of "{name}".')
        if isinstance(error, str):
            taken[error] = f"standard error of {name}"
    if columns is None:
        inputs = tuple(c for c in source.frame.columns if c not in taken)
        _refuse_labels(source, inputs)
        return inputs
    refuse_duplicates(columns, "the choice of columns")
    for name in columns:
        if _existing(source, name) in taken:
            raise TableError(
                f'An input is neither target nor error; got "{name}" as an input and the {taken[name]}. '
                "Take it out of the columns."
            )
    return tuple(columns)


def _existing(source: Cells, name: str) -> str:
    if name not in source.frame.columns:
        raise TableError(
            f'There is no column "{name}" in {source.name}; {did_you_mean(name, source.frame.columns)}'
        )
    return name


def _numbers(source: Cells, name: str) -> np.ndarray:
    """A column as floats (missing cells are NaN); text in it is refused, with its places."""
    values, text = _parsed(source, name)
    if len(text):
        cells = source.frame[name]
        raise TableError(
            f'Inputs and target are numbers; the column "{name}" of {source.name} has text in {len(text)} of '
            f"{len(cells)} cells: {_shown(source, name, text)}. Correct these cells, or empty them and use "
            "drop_missing=True (--drop-missing)."
        )
    return values


def _parsed(source: Cells, name: str) -> tuple[np.ndarray, np.ndarray]:
    """A column as floats, and the rows in which there is text that is no number."""
    cells = source.frame[name]
    if _looks_like_numbers(cells.dtype):
        cells = cells.astype(str)
    values = pd.to_numeric(cells, errors="coerce")
    text = np.flatnonzero((values.isna() & cells.notna()).to_numpy())
    return values.to_numpy(dtype=float, na_value=np.nan), text


def _looks_like_numbers(dtype: object) -> bool:
    """Whether pandas would cast the cells to numbers that they are not: dates, spans, complex numbers."""
    return isinstance(dtype, pd.PeriodDtype) or getattr(dtype, "kind", "O") in "cMm"


def _shown(source: Cells, name: str, text: np.ndarray) -> str:
    cells = source.frame[name]
    shown = ", ".join(f'"{cells.iloc[i]}" in {source.rows.name([i])}' for i in text[:3])
    return shown + (f", … ({len(text)} in all)" if len(text) > 3 else "")


def _refuse_labels(source: Cells, inputs: Sequence[str]) -> None:
    """Raise where inputs that nobody chose hold nothing but text."""
    text = {c: rows for c in inputs if len(rows := _parsed(source, c)[1])}
    labels = [c for c, rows in text.items() if len(rows) == source.frame[c].notna().sum()]
    if not labels:
        return
    rest = [c for c in inputs if c not in labels]
    found = "; ".join(f'"{c}" ({_shown(source, c, text[c])})' for c in labels)
    raise TableError(
        f"Inputs are numbers; {source.name} has text in the column {found}. "
        f"If it is a label, choose the other columns: columns={rest} (--columns {','.join(rest)})."
    )
