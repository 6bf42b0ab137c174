"""Files as cells: what stands in a CSV, Parquet or Excel file, before any column was chosen.

Text is read as an editor shows it: comments (lines that begin with ``#``) and empty lines are skipped and
counted. A reader is one function from a path to a :class:`Cells`, registered under its suffixes at the end.
"""

import csv
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from kantools.catalogue import did_you_mean
from kantools.row_names import RowNames
from kantools.table import ColumnIgnored, TableError, refuse_duplicates
from kantools.warn import warn

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["READERS", "Cells", "check_file", "read_cells"]


@dataclass(frozen=True)
class Cells:
    """What was read, before any column was chosen: its name for messages, its cells, how its rows count."""

    name: str
    frame: pd.DataFrame
    rows: RowNames


def read_cells(path: str | Path) -> Cells:
    """The cells of a file, whichever of the known formats it has."""
    path = Path(path)
    check_file(path)
    return READERS[path.suffix.lower()](path)


def check_file(path: Path) -> None:
    """Raise :class:`~kantools.errors.TableError` for a file that is not there or has another format."""
    if path.suffix.lower() not in READERS:
        raise TableError(
            f'A table is one of {", ".join(READERS)}; got "{path.name}". Save it as CSV, for instance.'
        )
    if not path.is_file():
        siblings = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        near = did_you_mean(path.name, siblings) if siblings else ""
        raise TableError(f'There is no file "{path}"' + (f"; {near}" if near.startswith("did") else "."))


def _read_text(path: Path) -> Cells:
    lines = _uncommented(path)
    filled = [i for i, line in enumerate(lines) if line.strip()]
    if not filled:
        raise TableError(f"{path.name} is empty; a table has a line of column names and its rows below.")
    separator = _separator(lines[filled[0]], path.suffix.lower())
    names = [n.strip() for n in next(_records([lines[filled[0]]], separator))]
    _refuse_numbers_as_names(names, path.name)
    body = "\n".join(lines[filled[0] + 1 :])
    frame = _parse(body, names, separator, path.name, filled[0] + 1)
    return _named_only(
        Cells(path.name, frame, RowNames("line", _line_finder(body, separator, filled[0] + 2)))
    )


def _uncommented(path: Path) -> list[str]:
    """The lines of a text file; a comment becomes an empty line, so that the others keep their numbers."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            f"A text table is UTF-8; {path.name} is not (byte {error.start}: {error.reason}). Save it so."
        ) from None
    return ["" if line.lstrip().startswith("#") else line for line in text.split("\n")]


def _separator(header: str, suffix: str) -> str:
    """Tab, semicolon or comma, whichever stands in the header; else blanks, in ``.txt`` and ``.dat``."""
    bare = re.sub('"[^"]*"', "", header)
    for separator in "\t;,":
        if separator in bare:
            return separator
    return " " if suffix in (".txt", ".dat") else ","


def _records(lines: list[str], separator: str) -> "Reader":
    return csv.reader(lines, delimiter=separator, skipinitialspace=True)


def _refuse_numbers_as_names(names: list[str], where: str) -> None:
    if all(re.fullmatch(r"[-+]?[\d.,]+(e[-+]?\d+)?", n, re.IGNORECASE) for n in names):
        raise TableError(
            f"The first line of a table names its columns; in {where} it holds numbers "
            f"({', '.join(names[:3])}). Add a line of names."
        )
    refuse_duplicates([n for n in names if n], where)


def _parse(body: str, names: list[str], separator: str, where: str, header: int) -> pd.DataFrame:
    options: dict[str, Any] = {
        "header": None,
        "names": range(len(names)),
        "index_col": False,
        "sep": r"\s+" if separator == " " else separator,
        "skipinitialspace": True,
        "low_memory": False,
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(io.StringIO(body), **options)
            if separator != "," and _decimal_commas(frame):
                frame = pd.read_csv(io.StringIO(body), decimal=",", **options)
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        raise TableError(_ragged(body, separator, len(names), where, header)) from None
    return frame.set_axis(names, axis=1)


def _decimal_commas(frame: pd.DataFrame) -> bool:
    text = frame.select_dtypes(["object", "string"])
    return any(text[c].astype(str).str.fullmatch(r"\s*[-+]?\d+,\d+(e[-+]?\d+)?\s*").any() for c in text)


def _ragged(body: str, separator: str, width: int, where: str, header: int) -> str:
    reader = _records(body.split("\n"), separator)
    for cells in reader:
        if len([c for c in cells if c] if separator == " " else cells) > width:
            return (
                f"A row has a cell for each of the {width} column names; line {header + reader.line_num} of "
                f"{where} has {len(cells)}. Correct this line (quote cells that contain the separator)."
            )
    return f"{where} cannot be read as a table; look for an unclosed quote."


def _line_finder(body: str, separator: str, first: int) -> Callable[[int], int]:
    """The line of a row; worked out when a message asks for it."""
    numbers: list[int] = []

    def number(row: int) -> int:
        if not numbers:
            reader = _records(body.split("\n"), separator)
            numbers.extend(reader.line_num + first - 1 for cells in reader if any(cells))
        return numbers[row]

    return number


def _named_only(source: Cells) -> Cells:
    """Without the columns that have no name: the row numbers that a spreadsheet or a frame was saved with."""
    named = [bool(str(c)) for c in source.frame.columns]
    if all(named):
        return source
    warn(
        f"{source.name} has {named.count(False)} column(s) without a name, which are left out.",
        ColumnIgnored,
    )
    return Cells(source.name, source.frame.loc[:, named], source.rows)


def _read_excel(path: Path) -> Cells:
    cells = _guarded(path, lambda: pd.read_excel(path, header=None, dtype=object)).dropna(how="all", axis=1)
    if cells.empty:
        raise TableError(f"{path.name} is empty; a table has a row of column names and its rows below.")
    names = ["" if pd.isna(n) else str(n).strip() for n in cells.iloc[0]]
    _refuse_numbers_as_names(names, path.name)
    frame = cells.iloc[1:].set_axis(names, axis=1).dropna(how="all")
    numbers = frame.index.to_numpy() + 1
    frame = frame.reset_index(drop=True)
    return _named_only(Cells(path.name, frame, RowNames("row", lambda i: int(numbers[i]))))


def _read_parquet(path: Path) -> Cells:
    frame = _guarded(path, lambda: pd.read_parquet(path)).reset_index(drop=True)
    frame.columns = [str(c) for c in frame.columns]
    refuse_duplicates(list(frame.columns), path.name)
    return Cells(path.name, frame, RowNames())


def _guarded(path: Path, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Libraries raise whatever they like on a damaged file; here it is always a TableError."""
    try:
        return read()
    except Exception as error:
        raise TableError(
            f"{path.name} cannot be read as {path.suffix.lower()[1:]} ({type(error).__name__}: {error}). "
            "Save it again, or as CSV."
        ) from error


READERS: dict[str, Callable[[Path], Cells]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".dat"), _read_text),
    **dict.fromkeys((".parquet", ".pq"), _read_parquet),
    **dict.fromkeys((".xlsx", ".xlsm"), _read_excel),
}
