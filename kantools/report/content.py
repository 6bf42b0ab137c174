"""What a report tells of: a discovery, the table it was made in if at hand, and how it was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kantools.discovery.noise.as_found import as_found
from kantools.report.goodness import GoodnessOfFit, goodness_of
from kantools.symbolic.examine.paired import Paired, paired
from kantools.symbolic.examine.telling import Telling, telling_point
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.formula import Formula
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery

__all__ = ["Report"]


@dataclass(frozen=True)
class Report:
    """Everything that a report is written from.

    Attributes
    ----------
    discovery : Discovery
    table : Table or None
        The measurements. Without them a report has no residuals, no summary of the data and no warnings that
        come from them, and says so.
    settings : mapping
        The arguments that the search was started with.
    units : mapping of str to str
        Of columns and target.
    command : str
        The command line, or the expression in Python, that the model came from.
    file : Path or None
        Where the table was read from.
    made : datetime
    """

    discovery: "Discovery"
    table: Table | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    command: str = ""
    file: Path | None = None
    made: datetime = field(default_factory=datetime.now)

    @property
    def chosen(self) -> Formula:
        return self.discovery.chosen

    @cached_property
    def front(self) -> tuple[Formula, ...]:
        """The formulas by rising complexity; the chosen one is among them."""
        front = self.discovery.front
        if any(same(f, self.chosen) for f in front):
            return tuple(front)
        return tuple(sorted((*front, self.chosen), key=lambda f: (f.complexity, f.loss)))

    @cached_property
    def place(self) -> int:
        """Where in the front the chosen formula stands."""
        return next(k for k, f in enumerate(self.front) if same(f, self.chosen))

    @property
    def rivals(self) -> tuple[Formula, ...]:
        """What the data cannot tell from the chosen formula."""
        return self.discovery.rivals

    @cached_property
    def telling(self) -> Telling | None:
        """Where the next measurement tells it from them; None without rivals or a table."""
        return None if self.table is None else telling_point((self.chosen, *self.rivals), self.table.X)

    @cached_property
    def paired(self) -> tuple[Paired, ...] | None:
        """How much more each rival loses on the rows than the chosen formula; None without a table."""
        if self.table is None:
            return None
        data = data_of(self.table, loss=str(self.settings.get("loss", "squared")))
        rows, unit = as_found(data, self.discovery), self.discovery.scale**2
        each = (paired(f, self.chosen, rows) for f in self.rivals)
        return tuple(Paired(unit * p.difference, unit * p.error) for p in each)

    @cached_property
    def fits(self) -> tuple[GoodnessOfFit, ...] | None:
        """How each formula of the front fits the table; None without a table."""
        if self.table is None:
            return None
        loss, noise = str(self.settings.get("loss", "squared")), self.discovery.noise
        return tuple(goodness_of(f, self.table, noise, loss) for f in self.front)

    @property
    def fit(self) -> GoodnessOfFit | None:
        """How the chosen formula fits."""
        return None if self.fits is None else self.fits[self.place]


def same(one: Formula, other: Formula) -> bool:
    """Whether two formulas are the same one, whatever file they came from."""
    return one is other or (
        one.template == other.template
        and [c.value for c in one.constants] == [c.value for c in other.constants]
    )
