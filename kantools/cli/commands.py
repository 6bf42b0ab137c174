"""The command line: ``kantools fit DATA --target COL`` and its companions.

A command first reads and checks what it was given. Only then it imports what does the work, from the file of
its name beside this one, so that a misspelt name is told at once. Results go to standard output, notes,
progress and errors to standard error. Examples and exit codes, which ``--help`` shows, stand in
:mod:`kantools.cli.examples`.
"""

from pathlib import Path
from typing import Annotated

import typer

from kantools.cli import completion
from kantools.cli.asked import asked_for
from kantools.cli.console import at_work, tell_search
from kantools.cli.examples import examples_of, exit_codes
from kantools.cli.folder import ready_folder
from kantools.cli.input import check_data, check_model, notes_and_refusals, table_of
from kantools.cli.options import (
    errors_in,
    first_values_in,
    forbidden_in,
    names_in,
    numbers_in,
    primitives_in,
)
from kantools.cli.units_file import labelled, units_in
from kantools.estimators.settings import Settings
from kantools.report.endings import check_ending

__all__ = ["app", "main"]

#: Said on a terminal while the libraries are loaded.
STARTING = "starting"

app = typer.Typer(
    help="Find the law in a table of measurements.",
    no_args_is_help=True,
    epilog=exit_codes(),
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DataArgument = Annotated[
    str, typer.Argument(metavar="DATA", help="A CSV, TSV, Parquet or Excel file, or the name of a data set.")
]
ModelArgument = Annotated[
    Path, typer.Argument(metavar="MODEL", help="A model.kantools that `fit --out` wrote.")
]
OutFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write here instead of to standard output.")
]
TargetOption = Annotated[str | None, typer.Option(metavar="COL", help="The column to explain.")]
SigmaOption = Annotated[
    str | None, typer.Option(metavar="COL", help="The column with the target's standard errors.")
]
ColumnsOption = Annotated[
    str | None, typer.Option(metavar="A,B", help="The input columns; all others by default.")
]
XSigmaOption = Annotated[
    str | None,
    typer.Option(metavar="A=COL,B=0.1", help="Standard errors of inputs, a column or a number for each."),
]
LossOption = Annotated[
    str,
    typer.Option(
        help="squared; huber, soft_l1 or cauchy for tables with outliers.",
        autocompletion=completion.loss,
    ),
]
DropMissingOption = Annotated[bool, typer.Option("--drop-missing", help="Leave out rows with missing cells.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Leave out notes.")]


def main() -> None:
    """Run the command line."""
    app(prog_name="kantools")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"kantools {version('kantools')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit."),
    ] = False,
) -> None:
    """Options of every command."""


@app.command(epilog=examples_of("fit"))
def fit(
    data: DataArgument,
    target: TargetOption = None,
    sigma: SigmaOption = None,
    columns: ColumnsOption = None,
    x_sigma: XSigmaOption = None,
    loss: LossOption = "squared",
    noise: Annotated[
        str,
        typer.Option(
            help="How the target scatters: auto, constant, proportional, mixed, counts or rounding.",
            autocompletion=completion.noise,
        ),
    ] = "auto",
    units: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help='A JSON or TOML file of columns and units; "table" for those of a data set.'
        ),
    ] = None,
    drop_missing: DropMissingOption = False,
    time_limit: Annotated[float, typer.Option(metavar="S", help="Seconds to search.")] = 60.0,
    effort: Annotated[
        float | None,
        typer.Option(metavar="E", help="Work in place of the time limit: alike on every machine."),
    ] = None,
    hypotheses: Annotated[
        str | None,
        typer.Option(metavar="A,-B,…", help='What is tried: names; "-name" leaves out, "..." is all others.'),
    ] = None,
    max_complexity: Annotated[int, typer.Option(metavar="N", help="The longest formula wanted.")] = 60,
    primitives: Annotated[
        str | None,
        typer.Option(metavar="A,B=3", help="The functions a formula may contain; sin=3 makes sin cost 3."),
    ] = None,
    forbid: Annotated[
        str | None, typer.Option(metavar="A(B),…", help="What must not be nested: sin(sin),exp(log).")
    ] = None,
    selection: Annotated[
        str,
        typer.Option(
            help="Which formula is chosen: description_length, loss or knee.",
            autocompletion=completion.selection,
        ),
    ] = "description_length",
    seed: Annotated[int, typer.Option(help="The same number gives the same result.")] = 0,
    jobs: Annotated[
        int, typer.Option(metavar="N", help="Searches at a time, with different seeds; -1 is one a core.")
    ] = 1,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write formulas, model, report and figures into this folder."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was found as one JSON document.")
    ] = False,
    verbose: Annotated[
        int,
        typer.Option(
            "--verbose",
            "-v",
            count=True,
            metavar="",
            help="Show what is found on the way; -vv what is tried.",
        ),
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the formula and nothing else.")] = False,
) -> None:
    """Find the formula of one column in the others.

    Ctrl-C ends the search with the best formula so far. A search with --out that was ended goes on when the
    same command is given again.
    """
    with notes_and_refusals(quiet=quiet):
        told = units_in(units)
        settings = {
            "primitives": primitives_in(primitives),
            "forbid": forbidden_in(forbid),
            "units": told,
            "time_limit": time_limit,
            "effort": effort,
            "hypotheses": names_in(hypotheses),
            "max_complexity": max_complexity,
            "loss": loss,
            "noise": noise,
            "selection": selection,
            "n_jobs": jobs,
            "random_state": seed,
        }
        Settings.of(settings)
        inputs, errors = names_in(columns), errors_in(x_sigma)
        with at_work(f"reading {data}", quiet=quiet):
            table = table_of(
                data, target, sigma, inputs, x_sigma=errors, drop_missing=drop_missing, seed=seed
            )
        table, folder = labelled(table, told), ready_folder(out)
        tell_search(table, quiet=quiet)
        with at_work(STARTING, quiet=quiet):
            from kantools.cli.fit import find
        find(table, settings, data, folder, verbose=verbose, quiet=quiet, as_json=as_json)


@app.command(epilog=examples_of("refit"))
def refit(
    data: DataArgument,
    form: Annotated[
        str,
        typer.Option(metavar="TEXT", help='What the target is: "a*x/(b + x)"; other names are constants.'),
    ],
    target: TargetOption = None,
    sigma: SigmaOption = None,
    columns: ColumnsOption = None,
    x_sigma: XSigmaOption = None,
    loss: LossOption = "squared",
    start: Annotated[
        str | None, typer.Option(metavar="A=1,B=2", help="First values of constants; seldom needed.")
    ] = None,
    profile: Annotated[
        float | None,
        typer.Option(metavar="P", help="Bounds of constants from the loss itself, 0.95 of confidence."),
    ] = None,
    negligible: Annotated[
        bool, typer.Option("--negligible", help="Tell which terms change no value by more than the noise.")
    ] = False,
    drop_missing: DropMissingOption = False,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the formula and nothing else.")] = False,
) -> None:
    """Fit the constants of a formula that you have already."""
    with notes_and_refusals(quiet=quiet):
        Settings(loss=loss)
        first, inputs, errors = first_values_in(start), names_in(columns), errors_in(x_sigma)
        asked = asked_for(profile, negligible, loss)
        with at_work(f"reading {data}", quiet=quiet):
            table = table_of(data, target, sigma, inputs, x_sigma=errors, drop_missing=drop_missing)
        with at_work(STARTING, quiet=quiet):
            from kantools.cli.given import show_given
            from kantools.symbolic.given.refit import refit as fitted
        show_given(fitted(form, table, first, loss), table, asked, quiet=quiet, as_json=as_json)


@app.command(epilog=examples_of("predict"))
def predict(
    model: ModelArgument,
    data: DataArgument,
    out: OutFile = None,
    std: Annotated[bool, typer.Option("--std", help="Add the standard error of each value.")] = False,
    interval: Annotated[
        float | None,
        typer.Option(metavar="P", help="Add the ends that a new measurement lies between, 0.95 of them."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON: a list for each column.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Evaluate a saved formula at the rows of a table, as CSV."""
    with notes_and_refusals(quiet=quiet):
        check_model(model)
        check_data(data)
        with at_work(STARTING, quiet=quiet):
            from kantools.cli.predict import predict_rows
        predict_rows(model, data, out, std=std, interval=interval, as_json=as_json)


@app.command(epilog=examples_of("choose"))
def choose(
    model: ModelArgument,
    row: Annotated[
        int | None, typer.Argument(metavar="[ROW]", help="The formula that is to be the chosen one.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write here instead of into MODEL.")
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show the front of a saved model, or choose another formula of it."""
    with notes_and_refusals(quiet=quiet):
        check_model(model)
        with at_work(STARTING, quiet=quiet):
            from kantools.cli.choose import choose_formula, show_front
        if row is None:
            show_front(model, as_json=as_json)
        else:
            choose_formula(model, row, out, quiet=quiet)


@app.command(epilog=examples_of("report"))
def report(
    model: ModelArgument,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Its ending chooses: .html, .txt or .json.")
    ] = Path("report.html"),
    data: Annotated[
        str | None,
        typer.Option(metavar="DATA", help="The table of the fit, for residuals and a summary of the data."),
    ] = None,
    sigma: SigmaOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write what was found, how sure it is and how to find it again into one file."""
    with notes_and_refusals(quiet=quiet):
        check_ending(out)
        check_model(model)
        if data is not None:
            check_data(data)
        with at_work(STARTING, quiet=quiet):
            from kantools.cli.report import write_report
        write_report(model, out, data, sigma)
        if not quiet:
            typer.echo(f"Written to {out}.", err=True)


@app.command(epilog=examples_of("export"))
def export(
    model: ModelArgument,
    to: Annotated[
        str,
        typer.Option(metavar="TARGET", help="python, latex, c, excel, …", autocompletion=completion.target),
    ] = "python",
    out: OutFile = None,
    quiet: QuietOption = False,
) -> None:
    """Write a saved formula in the language of another tool, or a saved network as ONNX."""
    with notes_and_refusals(quiet=quiet):
        check_model(model)
        with at_work(STARTING, quiet=quiet):
            from kantools.cli.export import export_model
        export_model(model, to, out)


@app.command(epilog=examples_of("datasets"))
def datasets(
    name: Annotated[
        str | None, typer.Argument(help="Show this one.", autocompletion=completion.data_set)
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write its table into this file.")
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """List the data sets that come with kantools, or show one with its source and law."""
    with notes_and_refusals(quiet=quiet):
        from kantools.cli.datasets import list_all, show_one

        if name is None:
            list_all(csv, as_json=as_json)
        else:
            show_one(name, csv, as_json=as_json, quiet=quiet)


@app.command(epilog=examples_of("hypotheses"))
def hypotheses(
    name: Annotated[
        list[str] | None, typer.Argument(help="Show this one.", autocompletion=completion.hypothesis)
    ] = None,
    policy: Annotated[
        bool, typer.Option("--policy", help="Show the thresholds of the search as a whole.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List what a search tries, when and at what cost, or show one hypothesis with its thresholds."""
    from kantools.cli.input import notes_and_refusals

    with notes_and_refusals():
        from kantools.cli.hypotheses import list_all, show_one, show_policy

        asked = " ".join(name or ())
        if policy:
            show_policy(asked, as_json=as_json)
        elif asked:
            show_one(asked, as_json=as_json)
        else:
            list_all(as_json=as_json)


@app.command(epilog=examples_of("bench"))
def bench(
    collections: Annotated[
        list[str],
        typer.Argument(
            metavar="COLLECTION...",
            help="feynman, bonus, strogatz, nguyen, random, decades.",
            autocompletion=completion.collection,
        ),
    ],
    method: Annotated[str, typer.Option(help="kantools, pyoperon or gplearn.")] = "kantools",
    noise: Annotated[
        str,
        typer.Option(metavar="G,G", help="SRBench's γ: noise of the training target, relative to its rms."),
    ] = "0",
    proportional: Annotated[
        bool, typer.Option("--proportional", help="Noise relative to each value instead of the rms.")
    ] = False,
    rows: Annotated[
        int | None,
        typer.Option(metavar="N", help="Training rows; 1000 by default (Strogatz 300, Nguyen 20)."),
    ] = None,
    time: Annotated[float, typer.Option(metavar="S", help="Seconds for each search.")] = 60.0,
    units: Annotated[bool, typer.Option("--units", help="Tell the method the units.")] = False,
    columns: Annotated[int, typer.Option(metavar="K", help="Random columns to add to each table.")] = 0,
    only: Annotated[str | None, typer.Option(metavar="NAME,NAME", help="These problems only.")] = None,
    odd: Annotated[bool, typer.Option("--odd", help="The first, third, … of each collection.")] = False,
    even: Annotated[bool, typer.Option("--even", help="The second, fourth, … of each collection.")] = False,
    sample: Annotated[
        int | None, typer.Option(metavar="N", help="So many of all these, evenly spread over the list.")
    ] = None,
    seed: Annotated[
        str,
        typer.Option(
            metavar="I,I", help="Of rows, noise and search, and of random laws; several are several runs."
        ),
    ] = "0",
    laws: Annotated[int, typer.Option(metavar="N", help="Random laws to draw for each seed.")] = 40,
    far: Annotated[
        bool, typer.Option("--far", help="Show the error beyond the range of the training rows, too.")
    ] = False,
    jobs: Annotated[int, typer.Option(metavar="N", help="Problems at a time, each on one core.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="A CSV file for the results; what stands in it is not done again."
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot", metavar="FILE", help="A figure of problems solved over time, PNG, SVG or PDF."
        ),
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Measure how often the true law is found, by SRBench's protocol."""
    with notes_and_refusals(quiet=quiet):
        from kantools.cli.bench import benchmark, tasks_of

        tasks = tasks_of(
            collections,
            only=names_in(only),
            odd=odd,
            even=even,
            sample=sample,
            noise=numbers_in(noise, "--noise"),
            rows=rows,
            seeds=[int(number) for number in numbers_in(seed, "--seed")],
            method=method,
            limit=time,
            units=units,
            irrelevant=columns,
            laws=laws,
            proportional=proportional,
        )
        benchmark(tasks, jobs=jobs, out=out, plot=plot, far=far, as_json=as_json, quiet=quiet)
