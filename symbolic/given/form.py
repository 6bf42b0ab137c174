"""What somebody gives as a form: its template, the constants that are to be fitted, and first values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sympy import Expr, Symbol

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.symbolic.formula import Constant, Formula, with_exact_numbers
from kantools.symbolic.written.parse import parse
from kantools.table import Table

__all__ = ["GivenForm", "read_form"]


@dataclass(frozen=True)
class GivenForm:
    """A form that is fitted to a table.

    Attributes
    ----------
    template : Expr
        In plain symbols.
    exact : tuple of Constant
        Those that stay as they are.
    free : tuple of Symbol
        Those that are fitted, in the order of the alphabet, numbers in names by size.
    start : mapping of str to float
        First values by name, as far as there are any.
    """

    template: Expr
    exact: tuple[Constant, ...]
    free: tuple[Symbol, ...]
    start: Mapping[str, float]

    @cached_property
    def free_template(self) -> Expr:
        """With the exact numbers in their places."""
        return with_exact_numbers(self.template, self.exact)

    @property
    def first_values(self) -> np.ndarray:
        """Of the constants that are fitted; NaN where none was told."""
        return np.array([self.start.get(s.name, np.nan) for s in self.free])


def read_form(form: Expr | Formula | str, table: Table, start: Mapping[str | Symbol, float]) -> GivenForm:
    """The form with its constants told from the table's columns.

    Raises
    ------
    SettingError
        For a form that is none, one that contains the target, and first values that are not finite or of no
        constant.

    Examples
    --------
    >>> table = Table(("x",), np.ones((1, 1)), "y", np.ones(1))
    >>> given = read_form("a*exp(b*x)", table, {"b": -1.0})
    >>> given.free, given.first_values.tolist()
    ((a, b), [nan, -1.0])
    """
    form = parse(form, columns=table.columns) if isinstance(form, str) else form
    template, before, exact = _parts(form)
    told = before | {s.name if isinstance(s, Symbol) else s: float(v) for s, v in start.items()}
    _refuse_target(template, table)
    free = _constants_of(with_exact_numbers(template, exact), table)
    _refuse_unknown(told, free)
    return GivenForm(template, exact, free, told)


def _parts(form: Expr | Formula) -> tuple[Expr, dict[str, float], tuple[Constant, ...]]:
    """Template in plain symbols, values that constants have by name, constants that stay as they are."""
    if isinstance(form, Formula):
        exact = tuple(c for c in form.constants if c.exact is not None)
        return form.template, {c.symbol.name: c.value for c in form.free}, exact
    if not isinstance(form, Expr):
        raise SettingError(
            f"A form is a sympy expression, a Formula or text; got {type(form).__name__}. "
            "Write it as text: 'a*exp(x)'."
        )
    return form.subs({s: Symbol(s.name) for s in form.free_symbols}), {}, ()


def _constants_of(template: Expr, table: Table) -> tuple[Symbol, ...]:
    """What is not a column, in the order of the alphabet, numbers in names by size."""
    free = (s for s in template.free_symbols if s.name not in table.columns)
    return tuple(sorted(free, key=lambda s: (s.name.rstrip("0123456789"), len(s.name), s.name)))


def _refuse_target(template: Expr, table: Table) -> None:
    if Symbol(table.target) in template.free_symbols:
        raise SettingError(
            f'A form gives the target in terms of the columns; it contains the target "{table.target}" '
            "itself. Give what stands on the other side of the equation."
        )


def _refuse_unknown(start: Mapping[str, float], constants: Sequence[Symbol]) -> None:
    names = [s.name for s in constants]
    for name, value in start.items():
        if name not in names:
            raise SettingError(f'There is no constant "{name}" in the form; {did_you_mean(name, names)}')
        if not np.isfinite(value):
            raise SettingError(f'First values are finite; "{name}" begins at {value}. Leave it out.')
