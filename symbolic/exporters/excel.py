"""Excel (also LibreOffice Calc, Google Sheets): a cell formula for the second row, to be filled down.

The columns stand in the table's order from A on, with their names in row 1. Where the formula is not a real
number the cell shows an error, ``#NUM!`` or ``#DIV/0!``; Excel itself reads 15 digits of a number.
"""

import sympy

from kantools.errors import SettingError
from kantools.symbolic.evaluate import column_symbols
from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.syntax import COMMON, Syntax, spell
from kantools.symbolic.formula import Formula

__all__ = ["EXCEL"]

#: A call for powers: in a spreadsheet ``-2^2`` is 4. A root where the exponent is a fraction: LibreOffice
#: would take the third root of -8.
SYNTAX = Syntax(
    {f: name.upper() for f, name in COMMON.items()} | {sympy.log: "LN"},
    power="POWER({base}, {exponent})",
    fraction="POWER(SQRT({base}), {twice})",
    pi="PI()",
)


#: Characters of a formula, as Microsoft's "Excel specifications and limits" says.
LONGEST = 8192


def write(formula: Formula) -> str:
    """One line: ``=4.9*POWER(A2, 2)``.

    Raises
    ------
    SettingError
        For a formula that is too long for a cell.
    """
    symbols = column_symbols(formula.columns)
    cells = {symbol: f"{_letters(i)}2" for i, symbol in enumerate(symbols)}
    text = f"={spell(formula.expression, SYNTAX, cells)}"
    if len(text) > LONGEST:
        raise SettingError(
            f"A cell of Excel holds a formula of at most {LONGEST} characters; this one has {len(text)}. "
            "Take a shorter formula of the front, or export to Python."
        )
    return f"{text}\n"


def _letters(column: int) -> str:
    """The heading of a column, counted from 0.

    >>> [_letters(i) for i in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    rest, letter = divmod(column, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + letter)


EXCEL = Exporter("excel", ".txt", write)
