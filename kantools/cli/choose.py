"""The command ``choose``: the formulas of a saved model, and another of them made *the* formula."""

from pathlib import Path

import typer

from kantools.cli.as_json import members_of
from kantools.cli.console import console, print_json
from kantools.cli.output import front_grid
from kantools.errors import SettingError
from kantools.estimators.symbolic_regressor import SymbolicRegressor

__all__ = ["choose_formula", "show_front"]


def show_front(path: Path, *, as_json: bool) -> None:
    """Print the formulas of a saved model with their rows, counted from 0 as in ``equations_``."""
    found = SymbolicRegressor.load(path).discovery_
    if as_json:
        rows = {f: row for row, f in enumerate(found.listed)}
        told = {"chosen": rows.get(found.chosen), "front": [members_of(f) for f in found.front]}
        rivals = [{"row": rows[f], **members_of(f)} for f in found.rivals]
        return print_json({**told, "rivals": rivals})
    console().print(front_grid(found.listed, found.chosen, found.rivals, numbered=True))


def choose_formula(path: Path, row: int, out: Path | None, *, quiet: bool) -> None:
    """Write the model with the formula of this row as the chosen one.

    Raises
    ------
    SettingError
        For a row that there is not.
    """
    model = SymbolicRegressor.load(path)
    listed, target = model.discovery_.listed, out or path
    if row not in range(len(listed)):
        raise SettingError(
            f"A row of this front is 0 to {len(listed) - 1}; got {row}. Look at kantools choose {path}."
        )
    model.fitted_ = model.fitted_.choosing(listed[row])
    model.save(target)
    typer.echo(str(model.formula_))
    if not quiet:
        typer.echo(f"Written to {target}.", err=True)
