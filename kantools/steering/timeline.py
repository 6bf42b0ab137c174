"""States in a row, with a place among them: what undo and redo walk along."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from kantools.errors import UserError

__all__ = ["Timeline"]

T = TypeVar("T")


@dataclass(frozen=True)
class Timeline(Generic[T]):
    """All states that there were, the present one at ``place``.

    A state is never changed: whoever steps back finds it bit for bit as it was.

    Attributes
    ----------
    states : tuple
    place : int

    Examples
    --------
    >>> line = Timeline(("raw",)).then("cut").then("polished")
    >>> line.back().now, line.back().back().forward().now
    ('cut', 'cut')
    >>> line.back().then("broken").states
    ('raw', 'cut', 'broken')
    """

    states: tuple[T, ...]
    place: int = 0

    @property
    def now(self) -> T:
        return self.states[self.place]

    @property
    def past(self) -> tuple[T, ...]:
        """The states up to now."""
        return self.states[: self.place + 1]

    def then(self, state: T) -> "Timeline[T]":
        """A new state; those that were undone are forgotten."""
        return Timeline((*self.past, state), self.place + 1)

    def back(self) -> "Timeline[T]":
        if self.place == 0:
            raise UserError("undo() takes back a step; none has been taken. Take one first.")
        return replace(self, place=self.place - 1)

    def forward(self) -> "Timeline[T]":
        if self.place + 1 == len(self.states):
            raise UserError("redo() repeats a step that was undone; none was. Call undo() first.")
        return replace(self, place=self.place + 1)
