"""How a message says which rows it is about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["RowNames"]


@dataclass(frozen=True)
class RowNames:
    """How the rows are counted where the user sees them.

    Attributes
    ----------
    noun : str
        What a row is called: a ``"line"`` of a text file, a ``"row"`` of a sheet.
    number : callable
        The number that the user sees, from the row's place in the table (0, 1, …).

    Examples
    --------
    >>> RowNames().name([3])
    'row 4'
    >>> RowNames("line", lambda i: i + 2).name(range(9))
    'lines 2, 3, 4, 5, … (9 in all)'
    """

    noun: str = "row"
    number: Callable[[int], int] = lambda i: i + 1

    def name(self, rows: Iterable[int]) -> str:
        """These rows in words; a long list is cut short."""
        rows = [int(i) for i in rows]
        numbers = [str(self.number(i)) for i in rows[:4]]
        if len(rows) > 4:
            return f"{self.noun}s {', '.join(numbers)}, … ({len(rows)} in all)"
        if len(rows) == 1:
            return f"{self.noun} {numbers[0]}"
        return f"{self.noun}s {', '.join(numbers[:-1])} and {numbers[-1]}"
