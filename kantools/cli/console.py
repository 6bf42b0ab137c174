"""How the command line speaks: texts and JSON to standard output, what it is doing to standard error."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.text import Text

from kantools.writing import plain, write_atomically

if TYPE_CHECKING:
    from kantools.table import Table

__all__ = ["WIDTH", "as_text", "at_work", "console", "print_json", "tell_search", "write_text"]

#: Columns of text where there is no terminal to ask.
WIDTH = 160


def console() -> Console:
    """Standard output, as wide as the terminal."""
    out = Console(highlight=False)
    if not out.is_terminal:
        out.width = WIDTH
    return out


@contextmanager
def at_work(doing: str, *, quiet: bool) -> Iterator[None]:
    """Say on a terminal what is being done, while the block runs; the line is gone afterwards."""
    err = Console(stderr=True)
    if quiet or not err.is_terminal:
        yield
        return
    with err.status(Text(doing)):
        yield


def tell_search(table: "Table", *, quiet: bool) -> None:
    """Say what is looked for, in what."""
    if not quiet:
        inputs = ", ".join(_with_unit(c, table.units) for c in table.columns)
        target = _with_unit(table.target, table.units)
        typer.echo(f"Looking for {target} as a formula in {inputs}: {table.rows} rows.", err=True)


def _with_unit(name: str, units: Mapping[str, str]) -> str:
    unit = units.get(name, "1")
    return name if unit in ("1", "") else f"{name} ({unit})"


def write_text(text: str, out: Path | None) -> None:
    """To a file, or to standard output where there is none."""
    text = text if text.endswith("\n") else text + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_atomically(out, text)


def print_json(document: Any) -> None:
    """On standard output; numbers that are not finite become null."""
    typer.echo(as_text(document))


def as_text(document: Any) -> str:
    """A document as JSON.

    >>> as_text({"rows": 8}).split()
    ['{', '"rows":', '8', '}']
    """
    return json.dumps(plain(document), ensure_ascii=False, indent=1, allow_nan=False)
