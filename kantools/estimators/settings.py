"""The settings of a search, checked.

What a setting is checked against is imported where it is not the usual one, so that the command line can
check what it was given before anything heavy is there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from kantools.catalogue import did_you_mean
from kantools.clock import refuse_effort
from kantools.errors import SettingError

if TYPE_CHECKING:
    from kantools.discovery import Progress
    from kantools.discovery.roster import Choice
    from kantools.symbolic.primitive import Selection

__all__ = ["TABLE", "Settings", "positive"]

#: Stands for the units of the table.
TABLE = "table"
#: Fields that say how a search is run; all others are arguments of ``discover``.
HOW = ("units", "time_limit", "n_jobs", "progress", "warm_start")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of a symbolic regressor, as its parameters of these names are documented.

    A new one is a field here and a parameter there.

    Raises
    ------
    SettingError
        For a setting that cannot be used.

    Examples
    --------
    >>> Settings(loss="hubber")
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: There is no loss "hubber"; did you mean "huber"?
    """

    primitives: "Selection | None" = None
    forbid: Mapping[str, Sequence[str]] | None = None
    basis: str = "bspline"
    max_complexity: int = 60
    loss: str = "squared"
    noise: str = "auto"
    selection: str = "description_length"
    hypotheses: "Sequence[Choice] | None" = None
    effort: float | None = None
    units: Mapping[str, str] | str | None = None
    time_limit: float = 60
    n_jobs: int = 1
    progress: "bool | Callable[[Progress], None]" = False
    warm_start: bool = False

    def __post_init__(self) -> None:
        if self.basis != Settings.basis:
            from kantools.bases import BASES

            known("basis", self.basis, BASES)
        if self.selection != Settings.selection:
            from kantools.symbolic.front import SELECTIONS

            known("selection", self.selection, SELECTIONS)
        if self.loss != Settings.loss:
            from kantools.symbolic.fit.robust import LOSSES

            known("loss", self.loss, LOSSES)
        if self.noise != Settings.noise:
            from kantools.symbolic.noise import AUTO, NOISE

            known("noise", self.noise, [AUTO, *NOISE])
        positive("time_limit", self.time_limit)
        positive("max_complexity", self.max_complexity)
        refuse_effort(self.effort)
        if self.n_jobs == 0:
            raise SettingError("n_jobs is a number of processes, or -1 for one on each core; got 0.")
        if self.primitives is not None or self.forbid is not None:
            self._check_language()
        if self.hypotheses is not None:
            from kantools.discovery.roster import roster_of

            roster_of(self.hypotheses)

    def _check_language(self) -> None:
        from kantools.symbolic.language.language import language_of

        try:
            language_of(self.primitives, self.forbid)
        except ValueError as error:
            raise SettingError(error.args[0]) from None

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> "Settings":
        """Those among an estimator's parameters, or among some of them."""
        return cls(**{f.name: parameters[f.name] for f in fields(cls) if f.name in parameters})

    def told(self) -> dict[str, Any]:
        """The arguments of ``discover`` that these settings are."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in HOW}


def known(kind: str, name: str, names: Collection[str]) -> None:
    """Raise where there is none of this name."""
    if name not in names:
        raise SettingError(f'There is no {kind} "{name}"; {did_you_mean(str(name), names)}')


def positive(name: str, number: float) -> None:
    """Raise where a number is not."""
    if not number > 0:
        raise SettingError(f"{name} is positive; got {number!r}.")
