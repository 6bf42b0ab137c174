"""What ``--help`` shows below the options: examples of each command, and the exit codes.

The same examples stand on the page ``docs/command-line.md``, and the tests check them against the options.
"""

__all__ = ["CODES", "EXAMPLES", "examples_of", "exit_codes"]

#: What each exit code says.
CODES = {
    0: "all is well",
    1: "a flaw of kantools; please report what it printed",
    2: "the input cannot be used, or an option is unknown; the message says what to do",
    3: "a file cannot be written; what was found has been printed",
    130: "Ctrl-C; the best formula so far has been printed and written",
}

#: Commands that work, and what they are for, by the command.
EXAMPLES = {
    "fit": {
        "kantools fit planets": "a data set that comes with kantools",
        "kantools fit data.csv --target y --out result": "a table of your own; open result/report.html",
        "kantools fit data.csv --target y --sigma y_error --x-sigma x=0.1": "with errors of measurement",
        "kantools fit data.csv --target y --json -q > found.json": "for a program to read",
        "kantools fit data.csv --target y -v": "and tell what is found on the way",
    },
    "refit": {
        'kantools refit data.csv --target y --form "a*x/(b + x)"': "the constants of a formula of your own",
        'kantools refit data.csv --target y --form "a*exp(-b*x)" --start a=1,b=2': "from values near them",
        'kantools refit data.csv --target y --form "a*exp(-b*x)" --profile 0.95': "bounds by the loss itself",
        'kantools refit data.csv --target y --form "a*x + b" --json': "for a program to read",
    },
    "predict": {
        "kantools predict result/model.kantools new.csv --std": "values with their standard errors",
        "kantools predict result/model.kantools new.csv --interval 0.95 --out y.csv": "for measurements",
        "kantools predict result/model.kantools new.csv --json": "for a program to read",
    },
    "choose": {
        "kantools choose result/model.kantools": "the formulas that were found, with their rows",
        "kantools choose result/model.kantools 2 --out other.kantools": "take another one from here on",
    },
    "report": {
        "kantools report result/model.kantools": "writes report.html",
        "kantools report result/model.kantools --data data.csv --out found.json": "with residuals, as JSON",
    },
    "export": {
        "kantools export result/model.kantools --to excel": "as text on the terminal",
        "kantools export result/model.kantools --to c --out law.c": "law.c and its header law.h",
    },
    "datasets": {
        "kantools datasets": "all of them",
        "kantools datasets ohm --csv ohm.csv": "one, and its table as a file",
        "kantools datasets --json": "for a program to read",
    },
    "hypotheses": {
        "kantools hypotheses": "what a search tries, when, and at what cost",
        "kantools hypotheses short formulas": "one, with its thresholds and their reasons",
        "kantools hypotheses --policy": "the thresholds of the search as a whole",
        "kantools hypotheses --json": "for a program to read",
    },
    "bench": {
        "kantools bench feynman --sample 10 --time 20": "ten laws, twenty seconds each",
        "kantools bench feynman bonus --noise 0,0.01 --jobs 2 --out found.csv": "goes on where it was ended",
        "kantools bench random --seed 7 --laws 40 --noise 0.01": "laws that nobody has seen",
        "kantools bench decades --noise 0.05 --proportional --far": "with the error beyond the range",
        "kantools bench nguyen --json -q > found.json": "for a program to read",
    },
}


def examples_of(command: str) -> str:
    """The epilog of a command's help, one paragraph an example.

    >>> print(examples_of("export").splitlines()[2])
    [green]kantools export result/model.kantools --to excel[/green]  as text on the terminal
    """
    shown = (f"[green]{line}[/green]  {what}" for line, what in EXAMPLES[command].items())
    return "\n\n".join(("[bold]Examples[/bold]", *shown))


def exit_codes() -> str:
    """The epilog of the help as a whole.

    >>> print(exit_codes().splitlines()[2])
    [green]0[/green]  all is well
    """
    shown = (f"[green]{code}[/green]  {what}" for code, what in CODES.items())
    return "\n\n".join(("[bold]Exit codes[/bold]", *shown))
