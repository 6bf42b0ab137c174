"""What the command line prints and writes: the front, the law with its constants, and files."""

import io
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from kantools.cli.as_json import found
from kantools.cli.console import WIDTH, console, print_json, write_text
from kantools.cli.constant_units import unit_of
from kantools.row_names import RowNames
from kantools.symbolic.examine.telling import telling_point
from kantools.symbolic.formula import Formula
from kantools.symbolic.usual.named import named_form
from kantools.table import Table
from kantools.writing import replacing

if TYPE_CHECKING:
    from kantools.discovery import Discovery
    from kantools.estimators.symbolic_regressor import SymbolicRegressor

__all__ = [
    "report",
    "save_figure",
    "show",
    "write_all",
]


def show(model: "SymbolicRegressor", table: Table, *, quiet: bool, as_json: bool, interrupted: bool) -> None:
    """Print what was found to standard output."""
    if as_json:
        return print_json(found(model, table, interrupted=interrupted))
    if quiet:
        console().print(Text(str(model.formula_)), soft_wrap=True)
    else:
        print_found(console(), model, table)


def print_found(out: Console, model: "SymbolicRegressor", table: Table) -> None:
    """The front as a grid, then the chosen formula, its constants, its rivals and how well it fits."""
    formula, discovery = model.formula_, model.discovery_
    out.print(front_grid(discovery.front, formula, discovery.rivals))
    out.print()
    out.print(Text(str(formula), style="bold green"), soft_wrap=True)
    if formula.free:
        out.print()
        out.print(Text(f"  {formula.target} = {formula.template}"), soft_wrap=True)
    elif formula.constants:
        out.print()
    for constant in formula.constants:
        # A number recognised as exact stands in the formula itself, without a symbol.
        name = f"{constant.symbol} = " if constant.exact is None else "exact: "
        unit = unit_of(constant, formula, table.units) if constant.unit is None else ""
        out.print(Text(f"  {name}{constant}{' ' if unit else ''}{unit}"), soft_wrap=True)
    _print_usual_form(out, formula)
    if getattr(model, "outliers_", np.zeros(0)).any():
        out.print()
        rows = RowNames().name(np.flatnonzero(model.outliers_))
        out.print(Text(f"Far off the law: {rows} of the table."), soft_wrap=True)
    for line in rival_lines(discovery, table):
        out.print(Text(line), soft_wrap=True)
    if formula.domain is not None:
        out.print()
        out.print(Text(f"Seen in {formula.domain}."), soft_wrap=True)
    out.print()
    took = f"{discovery.seconds:.1f} {discovery.unit}, {discovery.stopped}"
    noise = "" if formula.scatter is None else f"; noise: {formula.scatter}"
    out.print(Text(f"{fit_in_words(formula, table)}{noise}; {took}."), soft_wrap=True)


def _print_usual_form(out: Console, formula: Formula) -> None:
    """What people call the formula, and the numbers that they quote of it."""
    named = named_form(formula)
    if named is not None:
        out.print()
        out.print(Text(f"Known as: {named}."), soft_wrap=True)
        for quoted in named.quoted:
            out.print(Text(f"  {quoted}"), soft_wrap=True)


def front_grid(
    formulas: Sequence[Formula], chosen: Formula, rivals: Sequence[Formula], *, numbered: bool = False
) -> Grid:
    """One row a formula; an arrow points at the chosen one, ``≈`` at its rivals, or at their numbers."""
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    grid.add_column("", justify="right")
    for heading in ("complexity", "loss", "held out", "description length"):
        grid.add_column(heading, justify="right")
    grid.add_column("equation", overflow="fold")
    for row, formula in enumerate(formulas):
        mark = "→" if _same(formula, chosen) else "≈" if formula in rivals else ""
        losses = f"{formula.loss:.3g}", _or_blank(formula.held_out_loss)
        numbers = (str(formula.complexity), *losses, f"{formula.description_length:.1f}")
        first = f"{mark} {row}" if numbered else mark
        grid.add_row(first, *numbers, Text(str(formula)), style="bold" if mark == "→" else "")
    return grid


def _or_blank(number: float) -> str:
    return "" if np.isnan(number) else f"{number:.3g}"


def _same(one: Formula, other: Formula) -> bool:
    return (one.template, one.description_length) == (other.template, other.description_length)


def rival_lines(discovery: "Discovery", table: Table) -> Iterator[str]:
    """What fits as well as the chosen formula within the noise, and where that can be decided."""
    chosen = discovery.chosen
    if discovery.rivals:
        yield from ("", "As good within noise:")
    for rival in discovery.rivals:
        nats = rival.description_length - chosen.description_length
        yield f"  {rival}  ({nats:+.1f} nats, loss {rival.loss:.3g})"
    told = telling_point((chosen, *discovery.rivals), table.X)
    if told is not None:
        yield str(told)


def fit_in_words(formula: Formula, table: Table) -> str:
    """``R² = 0.999 on 8 rows, typical deviation 0.01 %``."""
    residual = table.y - formula.predict(table.X)
    share = float(residual @ residual / np.sum((table.y - table.y.mean()) ** 2))
    deviation = float(np.sqrt(np.mean(residual**2) / np.mean(table.y**2)))
    return f"1 - R² = {share:.2g} on {table.rows} rows, deviation {100 * deviation:.2g} % (rms)"


def write_all(folder: Path, model: "SymbolicRegressor", table: Table, data: str, *, quiet: bool) -> None:
    """The files of ``fit --out``; their names are printed unless quiet."""
    writers = _writers(model, table, data)
    for name, write in writers.items():
        write(folder / name)
    if not quiet:
        typer.echo(f"Written to {folder}: {', '.join(writers)}.", err=True)


def _writers(model: "SymbolicRegressor", table: Table, data: str) -> dict[str, Callable[[Path], object]]:
    formula = model.formula_
    writers: dict[str, Callable[[Path], object]] = {
        "formula.txt": lambda path: write_text(_as_text(model, table), path),
        "formula.tex": lambda path: model.export("latex", path),
        "formula.py": lambda path: model.export("python", path),
        "equations.csv": lambda path: write_text(model.equations_.to_csv(index=False), path),
        "model.kantools": model.save,
        "report.html": lambda path: report(model, path, table, data, shlex.join(["kantools", *sys.argv[1:]])),
        "parity.png": lambda path: _draw_parity(formula, table, path),
    }
    if model.activations_ is not None:
        writers["network.png"] = lambda path: save_figure(model.plot(), path)
    return writers


def report(
    model: "SymbolicRegressor", path: Path, table: Table | None, data: str | None, command: str = ""
) -> None:
    """A report that tells the file of the data and, where it is that of the search, the command line."""
    from kantools.estimators.files.model_file import settings_of
    from kantools.estimators.verbs.reporting import write_report

    file = Path(data) if data is not None and Path(data).is_file() else None
    command = command or repr(model)
    write_report(model.fitted_, path, table, settings_of(model), command=command, file=file)


def _as_text(model: "SymbolicRegressor", table: Table) -> str:
    out = Console(file=io.StringIO(), width=WIDTH, highlight=False, color_system=None)
    print_found(out, model, table)
    lines = out.file.getvalue().splitlines()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines)


def _draw_parity(formula: Formula, table: Table, path: Path) -> None:
    from kantools.plots import parity

    save_figure(parity(formula, table), path)


def save_figure(figure: Any, path: Path) -> None:
    """A figure, or the figure that axes are in, into a file of the kind that its ending says."""
    with replacing(path) as unfinished:
        getattr(figure, "figure", figure).savefig(unfinished, dpi=150, bbox_inches="tight")
