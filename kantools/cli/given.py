"""A form that is given, fitted to a table: what ``kantools refit`` prints."""

from collections.abc import Iterator

import typer

from kantools.cli.as_json import given
from kantools.cli.asked import Asked
from kantools.cli.console import print_json
from kantools.cli.output import fit_in_words
from kantools.estimators.verbs.constants_table import constants_table
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["show_given"]


def show_given(formula: Formula, table: Table, asked: Asked, *, quiet: bool, as_json: bool = False) -> None:
    """Print the formula, its constants with 95 % intervals, what was asked for, and how well it fits."""
    if as_json:
        return print_json(given(formula, table) | asked.members(formula, table))
    more = [] if quiet else list(asked.lines(formula, table))
    typer.echo(str(formula))
    if not quiet:
        lines = ["", *_constants(formula), *([""] if more else []), *more, ""]
        typer.echo("\n".join([*lines, f"{fit_in_words(formula, table)}."]))


def _constants(formula: Formula) -> Iterator[str]:
    found = constants_table(formula)
    ends = zip(formula.constants, found["lower"], found["upper"], strict=True)
    for constant, low, high in ends:
        yield f"  {constant.symbol} = {constant}, 95 % between {low:.5g} and {high:.5g}"
