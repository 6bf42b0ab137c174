"""What the command line reads: tables by file or name, saved formulas; and how it refuses."""

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError, UserError
from kantools.warn import Notice
from kantools.writing import WriteError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from kantools.symbolic.formula import Formula
    from kantools.table import Table

__all__ = ["check_data", "check_model", "formula_of", "inputs_of", "notes_and_refusals", "table_of"]

#: Rows drawn of a data set that is a law, not a table.
SAMPLE = 1000


@contextmanager
def notes_and_refusals(quiet: bool = False) -> Iterator[None]:
    """Show what the library warns of; end with a message and an exit code at what the user can put right."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _let_through(quiet)
        try:
            yield
        except WriteError as error:
            typer.echo(f"Error: {error}", err=True)
            raise typer.Exit(3) from None
        except UserError as error:
            typer.echo(f"Error: {error}", err=True)
            raise typer.Exit(2) from None
        except KeyboardInterrupt:
            typer.echo("Interrupted.", err=True)
            raise typer.Exit(130) from None
        except OSError as error:
            typer.echo(f"Error: {error.strerror}: {error.filename}", err=True)
            raise typer.Exit(2) from None


def _let_through(quiet: bool) -> None:
    """Print the warnings about the user's table and units as notes."""
    warnings.simplefilter("ignore" if quiet else "always", Notice)
    warnings.showwarning = lambda message, *rest, **options: print(f"Note: {message}", file=sys.stderr)


def table_of(
    data: str,
    target: str | None,
    sigma: str | None,
    columns: Sequence[str] | None,
    *,
    x_sigma: Mapping[str, str | float] | None = None,
    drop_missing: bool = False,
    seed: int = 0,
) -> "Table":
    """The table of a file, or of a data set by name (whose target is known)."""
    from kantools.reading import read_table, table_from_frame

    table = bundled(data, seed)
    if table is None:
        if target is None:
            raise SettingError(f"Which column is to be explained? Name it with --target; {_known(data)}")
        return read_table(
            data, target=target, sigma=sigma, columns=columns, x_sigma=x_sigma, drop_missing=drop_missing
        )
    asked = target or table.target
    chosen = table_from_frame(
        _frame(table), asked, sigma=sigma, columns=columns, x_sigma=x_sigma, units=table.units
    )
    same = asked == table.target and sigma is None
    return replace(chosen, sigma=table.sigma) if same else chosen


def check_data(data: str) -> None:
    """Refuse what is neither a file that could be a table nor a data set."""
    from kantools.cells import check_file

    if not _is_data_set(data):
        check_file(Path(data))


def check_model(path: Path) -> None:
    """Refuse a model file that is not there."""
    from kantools.estimators.files.container import refuse_absent

    refuse_absent(path)


def bundled(data: str, seed: int = 0) -> "Table | None":
    """The table of the data set of this name; None where the name is that of a file."""
    from kantools.datasets import EXPERIMENTS, PROBLEMS

    if not _is_data_set(data):
        return None
    return EXPERIMENTS[data].table() if data in EXPERIMENTS else PROBLEMS[data].sample(SAMPLE, seed=seed)


def _is_data_set(data: str) -> bool:
    """Whether a name is that of a data set, and not that of a file."""
    from kantools.cells import READERS
    from kantools.datasets import EXPERIMENTS, PROBLEMS

    if Path(data).is_file():
        return False
    if data in EXPERIMENTS or data in PROBLEMS:
        return True
    if Path(data).suffix.lower() not in READERS:
        near = did_you_mean(data, [*EXPERIMENTS, *PROBLEMS])
        hint = near if near.startswith("did") else "`kantools datasets` lists the data sets."
        raise SettingError(f'There is neither a file nor a data set "{data}"; {hint}')
    return False


def _frame(table: "Table") -> "pd.DataFrame":
    import pandas as pd

    frame = pd.DataFrame(table.X, columns=list(table.columns))
    frame[table.target] = table.y
    return frame


def _known(data: str) -> str:
    """The columns of a file, for a message."""
    from kantools.cells import read_cells

    source = read_cells(data)
    return f"{source.name} has " + ", ".join(f'"{c}"' for c in source.frame.columns) + "."


def inputs_of(data: str, columns: Sequence[str]) -> "np.ndarray":
    """The inputs of a saved formula from a file or a data set, shape (rows, len(columns))."""
    from kantools.reading import read_columns
    from kantools.table import TableError

    table = bundled(data)
    if table is None:
        return read_columns(data, columns)
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise TableError(
            f'There is no column "{missing[0]}" in {data}; {did_you_mean(missing[0], table.columns)}'
        )
    return table.select(columns).X


def formula_of(path: Path) -> "Formula":
    """The formula of a saved model."""
    from kantools.estimators.files.model_file import ModelFileError, read_model

    formula = read_model(path).chosen
    if formula is None:
        raise ModelFileError(
            f"{path.name} holds a network without a formula. Give a model of `kantools fit`."
        )
    return formula
