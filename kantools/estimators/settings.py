"""The settings of a search, checked, and settings in the form that a file can hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.symbolic.fit.robust import LOSSES
from kantools.symbolic.front import SELECTIONS
from kantools.symbolic.primitive import PRIMITIVES, Primitive, Selection
from kantools.symbolic.whole.language import language_of

if TYPE_CHECKING:
    from kantools.discovery import Progress

__all__ = ["TABLE", "Settings", "positive", "settings_of"]

#: Stands for the units of the table.
TABLE = "table"
#: The basis that is there without reading the folder of bases, which imports torch.
USUAL_BASIS = "bspline"
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

    primitives: Selection | None = None
    forbid: Mapping[str, Sequence[str]] | None = None
    basis: str = USUAL_BASIS
    max_complexity: int = 60
    loss: str = "squared"
    selection: str = "description_length"
    units: Mapping[str, str] | str | None = None
    time_limit: float = 60
    n_jobs: int = 1
    progress: "bool | Callable[[Progress], None]" = False
    warm_start: bool = False

    def __post_init__(self) -> None:
        if self.basis != USUAL_BASIS:
            from kantools.bases import BASES

            known("basis", self.basis, BASES)
        known("selection", self.selection, SELECTIONS)
        known("loss", self.loss, LOSSES)
        positive("time_limit", self.time_limit)
        positive("max_complexity", self.max_complexity)
        if self.n_jobs == 0:
            raise SettingError("n_jobs is a number of processes, or -1 for one on each core; got 0.")
        try:
            language_of(self.primitives, self.forbid)
        except ValueError as error:
            raise SettingError(error.args[0]) from None

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> "Settings":
        """Those among an estimator's parameters."""
        return cls(**{f.name: parameters[f.name] for f in fields(cls)})

    def told(self) -> dict[str, Any]:
        """The arguments of ``discover`` that these settings are."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in HOW}


def known(kind: str, name: str, names: Iterable[str]) -> None:
    """Raise where there is none of this name."""
    if name not in (names := list(names)):
        raise SettingError(f'There is no {kind} "{name}"; {did_you_mean(str(name), names)}')


def positive(name: str, number: float) -> None:
    """Raise where a number is not."""
    if not number > 0:
        raise SettingError(f"{name} is positive; got {number!r}.")


def settings_of(model: BaseEstimator) -> dict[str, Any]:
    """An estimator's parameters as a file can hold them: generators and callables are left out."""
    settings = {k: _portable(v) for k, v in model.get_params(deep=False).items() if not callable(v)}
    return {k: v for k, v in settings.items() if not isinstance(v, np.random.RandomState)}


def _portable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_portable(v) for v in value]
    if isinstance(value, Mapping):
        return {_portable(k): _portable(v) for k, v in value.items()}
    if isinstance(value, Primitive):
        return value.name if PRIMITIVES.get(value.name) == value else value
    return getattr(value, "name", value)
