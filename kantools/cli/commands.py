"""The command line: ``kantools fit DATA --target COL`` and its companions.

A command reads its input, calls the library, and shows or writes what came back; nothing heavy is imported
before a command runs. Results go to standard output, notes, progress and errors to standard error. Examples
and exit codes, which ``--help`` shows, stand in :mod:`kantools.cli.examples`.
"""

from pathlib import Path
from typing import Annotated

import typer

from kantools.cli import completion
from kantools.cli.examples import examples_of, exit_codes

__all__ = ["app", "main"]

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
    units: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help='A JSON or TOML file of columns and units; "table" for those of a data set.'
        ),
    ] = None,
    drop_missing: DropMissingOption = False,
    time_limit: Annotated[float, typer.Option(metavar="S", help="Seconds to search.")] = 60.0,
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
    from kantools.cli.input import errors_in, names_in, notes_and_refusals, table_of

    with notes_and_refusals(quiet=quiet):
        from kantools.cli.functions import forbidden_in, primitives_in
        from kantools.cli.log import logged
        from kantools.cli.output import search, show, write_all
        from kantools.cli.resume import keeper_in, ready_folder
        from kantools.cli.units_file import labelled, units_in
        from kantools.estimators.symbolic_regressor import SymbolicRegressor

        told = units_in(units)
        model = SymbolicRegressor(
            primitives=primitives_in(primitives),
            forbid=forbidden_in(forbid),
            units=told,
            time_limit=time_limit,
            max_complexity=max_complexity,
            loss=loss,
            selection=selection,
            n_jobs=jobs,
            random_state=seed,
        )
        model.check_settings()
        table = table_of(
            data,
            target,
            sigma,
            names_in(columns),
            x_sigma=errors_in(x_sigma),
            drop_missing=drop_missing,
            seed=seed,
        )
        table, folder = labelled(table, told), ready_folder(out)
        keeper = None if folder is None else keeper_in(folder, model, table, quiet=quiet)
        with logged(verbose):
            interrupted = search(model, table, quiet=quiet, keeper=keeper)
        show(model, table, quiet=quiet, as_json=as_json, interrupted=interrupted)
        if folder is not None:
            write_all(folder, model, table, data, quiet=quiet)
        if interrupted:
            raise KeyboardInterrupt
        if keeper is not None:
            keeper.remove()


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
    drop_missing: DropMissingOption = False,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the formula and nothing else.")] = False,
) -> None:
    """Fit the constants of a formula that you have already."""
    from kantools.cli.input import errors_in, names_in, notes_and_refusals, table_of

    with notes_and_refusals(quiet=quiet):
        from kantools.cli.given import first_values_in, show_given
        from kantools.symbolic.fit.refit import refit as fitted

        errors, first = errors_in(x_sigma), first_values_in(start)
        table = table_of(data, target, sigma, names_in(columns), x_sigma=errors, drop_missing=drop_missing)
        show_given(fitted(form, table, first, loss), table, quiet=quiet, as_json=as_json)


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
    from kantools.cli.input import notes_and_refusals

    with notes_and_refusals(quiet=quiet):
        from kantools.cli.as_json import columns_json
        from kantools.cli.input import formula_of, inputs_of
        from kantools.cli.output import predictions, write_text

        formula = formula_of(model)
        inputs = inputs_of(data, formula.columns)
        frame = predictions(formula, inputs, std=std, interval=interval)
        write_text(columns_json(frame) if as_json else frame.to_csv(index=False), out)


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
    from kantools.cli.input import notes_and_refusals

    with notes_and_refusals(quiet=quiet):
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
    from kantools.cli.input import notes_and_refusals

    with notes_and_refusals(quiet=quiet):
        from kantools.cli import output
        from kantools.cli.input import table_of
        from kantools.estimators.symbolic_regressor import SymbolicRegressor

        fitted = SymbolicRegressor.load(model)
        formula = fitted.formula_
        table = None if data is None else table_of(data, formula.target, sigma, formula.columns)
        output.report(fitted, out, table, data)
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
    from kantools.cli.input import notes_and_refusals

    with notes_and_refusals(quiet=quiet):
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
    from kantools.cli.input import notes_and_refusals

    with notes_and_refusals(quiet=quiet):
        from kantools.cli.datasets import list_all, show_one

        if name is None:
            list_all(csv, as_json=as_json)
        else:
            show_one(name, csv, as_json=as_json, quiet=quiet)


@app.command(epilog=examples_of("bench"))
def bench(
    collections: Annotated[
        list[str],
        typer.Argument(
            metavar="COLLECTION...",
            help="feynman, bonus, strogatz, nguyen.",
            autocompletion=completion.collection,
        ),
    ],
    method: Annotated[str, typer.Option(help="kantools, pyoperon or gplearn.")] = "kantools",
    noise: Annotated[
        str,
        typer.Option(metavar="G,G", help="SRBench's γ: noise of the training target, relative to its rms."),
    ] = "0",
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
        str, typer.Option(metavar="I,I", help="Of rows, noise and search; several are several runs.")
    ] = "0",
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
    from kantools.cli.input import notes_and_refusals

    with notes_and_refusals(quiet=quiet):
        from kantools.cli.bench import benchmark, numbers_in, tasks_of
        from kantools.cli.input import names_in

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
        )
        benchmark(tasks, jobs=jobs, out=out, plot=plot, as_json=as_json, quiet=quiet)
