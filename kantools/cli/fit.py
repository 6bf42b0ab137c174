"""``kantools fit``, once the table is read and the settings are checked: search, show, write."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from kantools.cli.log import logged
from kantools.cli.output import show, write_all
from kantools.cli.resume import keeper_in, searched
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.kernels.prepare import prepare
from kantools.table import Table

__all__ = ["find"]


def find(
    table: Table,
    settings: Mapping[str, Any],
    data: str,
    folder: Path | None,
    *,
    verbose: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Search, print what was found, and write it into the folder if there is one.

    Raises
    ------
    KeyboardInterrupt
        In the end, where Ctrl-C has ended the search.
    """
    prepare(_silent if quiet else _tell)
    model = SymbolicRegressor(**settings)
    keeper = None if folder is None else keeper_in(folder, model, table, quiet=quiet)
    with logged(verbose):
        interrupted = searched(model, table, keeper, quiet=quiet)
    show(model, table, quiet=quiet, as_json=as_json, interrupted=interrupted)
    if folder is not None:
        write_all(folder, model, table, data, quiet=quiet)
    if interrupted:
        raise KeyboardInterrupt
    if keeper is not None:
        keeper.remove()


def _tell(note: str) -> None:
    typer.echo(note, err=True)


def _silent(note: str) -> None:
    """Nothing on standard error."""
