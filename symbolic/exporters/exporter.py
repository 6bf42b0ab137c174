"""What an exporter is: a formula in, text in some language out."""

from collections.abc import Callable
from dataclasses import dataclass

from kantools.symbolic.formula import Formula

__all__ = ["Exporter"]


@dataclass(frozen=True)
class Exporter:
    """A target that formulas are written for.

    Attributes
    ----------
    name : str
        What a user asks for: ``"python"``, ``"latex"``, …
    suffix : str
        Of a file with this text, with the dot.
    write : callable
        ``write(formula)`` gives the text. The exporter itself can be called in its place.
    """

    name: str
    suffix: str
    write: Callable[[Formula], str]

    def __call__(self, formula: Formula) -> str:
        return self.write(formula)
