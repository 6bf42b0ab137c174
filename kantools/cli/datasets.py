"""``kantools datasets``: what data come with kantools, and where they are from."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from kantools.catalogue import did_you_mean
from kantools.cli.as_json import print_json
from kantools.cli.input import SAMPLE, bundled
from kantools.cli.output import WIDTH, write_text
from kantools.datasets import EXPERIMENTS, PROBLEMS
from kantools.errors import SettingError

if TYPE_CHECKING:
    from kantools.datasets import Experiment, Problem

__all__ = ["list_all", "show_one"]


def list_all(csv: Path | None, *, as_json: bool = False) -> None:
    """Names and titles of the measured tables, and how many laws there are to sample."""
    if csv is not None:
        raise SettingError("--csv writes one data set; name it: kantools datasets NAME --csv FILE.")
    if as_json:
        return print_json(
            {
                "experiments": {name: e.title for name, e in EXPERIMENTS.items()},
                "problems": {name: p.title for name, p in PROBLEMS.items()},
            }
        )
    console = _console()
    grid = Grid(box=None, pad_edge=False, show_header=False)
    for name, experiment in EXPERIMENTS.items():
        grid.add_row(Text(name, style="bold"), Text(experiment.title))
    console.print(grid)
    names = ", ".join(list(PROBLEMS)[:3])
    console.print(Text(f"\nand {len(PROBLEMS)} laws to sample: {names}, …"), soft_wrap=True)


def show_one(name: str, csv: Path | None, *, as_json: bool = False, quiet: bool = False) -> None:
    """Columns, source and law of one data set; its table into ``csv`` where asked."""
    if name in EXPERIMENTS:
        facts = _experiment(EXPERIMENTS[name])
    elif name in PROBLEMS:
        facts = _problem(PROBLEMS[name])
    else:
        raise SettingError(f'There is no data set "{name}"; {did_you_mean(name, [*EXPERIMENTS, *PROBLEMS])}')
    if as_json:
        print_json({"name": name, "title": facts.pop(name), **facts})
    else:
        _print(facts)
    if csv is not None:
        _write(name, csv)
        if not quiet:
            typer.echo(f"Written: {csv}.", err=True)


def _print(facts: dict[str, str]) -> None:
    grid = Grid(box=None, pad_edge=False, show_header=False)
    for label, text in facts.items():
        grid.add_row(Text(label, style="bold"), Text(text))
    _console().print(grid)


def _console() -> Console:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console


def _experiment(experiment: "Experiment") -> dict[str, str]:
    table = experiment.table()
    facts = {
        experiment.name: experiment.title,
        "rows": str(table.rows),
        "inputs": _columns(dict(experiment.inputs)),
        "target": _columns({experiment.target: experiment.unit}),
        "source": experiment.source,
        "note": experiment.note,
    }
    if experiment.law:
        constants = ", ".join(f"{k} = {v:g}" for k, v in experiment.constants.items())
        facts["law"] = f"{experiment.target} = {experiment.law}" + (f", {constants}" if constants else "")
    return facts


def _problem(problem: "Problem") -> dict[str, str]:
    ranges = zip(problem.columns, problem.lows, problem.highs, strict=True)
    return {
        problem.name: problem.title,
        "rows": f"any number; {SAMPLE} are drawn",
        "inputs": ", ".join(f"{c} from {low:g} to {high:g}" for c, low, high in ranges),
        "target": problem.target,
        "source": problem.source,
        "law": f"{problem.target} = {problem.formula}",
    }


def _columns(units: dict[str, str]) -> str:
    return ", ".join(name if unit == "1" else f"{name} ({unit})" for name, unit in units.items())


def _write(name: str, csv: Path) -> None:
    table = bundled(name)
    assert table is not None
    frame = pd.DataFrame(table.X, columns=list(table.columns))
    frame[table.target] = table.y
    if table.sigma is not None:
        frame["sigma"] = table.sigma
    write_text(frame.to_csv(index=False), csv)
