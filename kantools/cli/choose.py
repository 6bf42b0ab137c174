"""The command ``choose``: the front of a saved model, and another formula of it made *the* formula."""

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
        chosen = next((row for row, f in enumerate(found.front) if f is found.chosen), None)
        return print_json({"chosen": chosen, "front": [members_of(f) for f in found.front]})
    console().print(front_grid(found.front, found.chosen, numbered=True))


def choose_formula(path: Path, row: int, out: Path | None, *, quiet: bool) -> None:
    """Write the model with the formula of this row as the chosen one.

    Raises
    ------
    SettingError
        For a row that the front does not have.
    """
    model = SymbolicRegressor.load(path)
    front, target = model.discovery_.front, out or path
    if row not in range(len(front)):
        raise SettingError(
            f"A row of this front is 0 to {len(front) - 1}; got {row}. Look at kantools choose {path}."
        )
    model.fitted_ = model.fitted_.with_front(front, front[row])
    model.save(target)
    typer.echo(str(model.formula_))
    if not quiet:
        typer.echo(f"Written to {target}.", err=True)
