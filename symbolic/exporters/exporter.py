"""What an exporter is: a formula in, a text in some language out, or the files of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from kantools.symbolic.formula import Formula

__all__ = ["Content", "Exporter", "Write"]

#: Text, or the bytes of a format that is none.
Content = str | bytes
Write = Callable[[Formula], Content]


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
    beside : mapping of str to callable
        What else belongs to it, by suffix: the header of a C file.

    Examples
    --------
    >>> import sympy
    >>> plain = Exporter("plain", ".txt", write=lambda formula: f"{formula}")
    >>> plain(Formula(("t",), "s", 5 * sympy.Symbol("t") ** 2))
    's = 5*t**2'
    """

    name: str
    suffix: str
    write: Write
    beside: Mapping[str, Write] = field(default_factory=dict)

    def __call__(self, formula: Formula) -> Content:
        return self.write(formula)

    def files(self, formula: Formula, name: str) -> dict[str, Content]:
        """The content of each file by its name, the first one's as given.

        >>> import sympy
        >>> from kantools.symbolic.exporters import EXPORTERS
        >>> fall = Formula(("t",), "s", 5 * sympy.Symbol("t") ** 2)
        >>> list(EXPORTERS["c"].files(fall, "fall.c"))
        ['fall.c', 'fall.h']
        """
        others = {str(PurePath(name).with_suffix(end)): write(formula) for end, write in self.beside.items()}
        return {name: self.write(formula), **others}
