"""A form that is given, fitted to a table: what ``kantools refit`` prints."""

from collections.abc import Iterator

import typer

from kantools.cli.as_json import given, print_json
from kantools.cli.input import names_in
from kantools.cli.output import fit_in_words
from kantools.errors import SettingError
from kantools.estimators.verbs.constants_table import constants_table
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["first_values_in", "show_given"]


def first_values_in(text: str | None) -> dict[str, float]:
    """First values of constants: ``a=1,b=0.5``.

    Raises
    ------
    SettingError
        For what is not a name, an equals sign and a number.

    Examples
    --------
    >>> first_values_in("a=1, b=0.5")
    {'a': 1.0, 'b': 0.5}
    """
    return dict(_first_value(pair) for pair in names_in(text) or [])


def _first_value(pair: str) -> tuple[str, float]:
    name, _, value = (part.strip() for part in pair.rpartition("="))
    try:
        number = float(value)
    except ValueError:
        number = None
    if not name or number is None:
        raise SettingError(
            f'--start gives constants first values, such as "a=1,b=0.5"; got "{pair}". Write a=1.'
        )
    return name, number


def show_given(formula: Formula, table: Table, *, quiet: bool, as_json: bool = False) -> None:
    """Print the fitted formula, its constants with 95 % intervals, and how well it fits."""
    if as_json:
        return print_json(given(formula, table))
    typer.echo(str(formula))
    if not quiet:
        typer.echo("\n".join(["", *_constants(formula), "", f"{fit_in_words(formula, table)}."]))


def _constants(formula: Formula) -> Iterator[str]:
    found = constants_table(formula)
    ends = zip(formula.constants, found["lower"], found["upper"], strict=True)
    for constant, low, high in ends:
        yield f"  {constant.symbol} = {constant}, 95 % between {low:.5g} and {high:.5g}"
