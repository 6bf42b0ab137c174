"""Settings of a symbolic regressor that cannot be used, told before a search begins."""

from typing import TYPE_CHECKING

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError

if TYPE_CHECKING:
    from kantools.estimators.symbolic import SymbolicRegressor

__all__ = ["check_settings"]


def check_settings(model: "SymbolicRegressor") -> None:
    """Raise :class:`~kantools.errors.SettingError` for a setting that cannot be used.

    >>> from kantools import SymbolicRegressor
    >>> check_settings(SymbolicRegressor(loss="hubber"))
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: There is no loss "hubber"; did you mean "huber"?
    """
    from kantools.bases import BASES
    from kantools.symbolic.fit.robust import LOSSES
    from kantools.symbolic.front import SELECTIONS
    from kantools.symbolic.language.language import language_of

    if model.basis not in BASES:
        raise SettingError(f'There is no basis "{model.basis}"; {did_you_mean(str(model.basis), BASES)}')

    if model.selection not in SELECTIONS:
        raise SettingError(
            f'There is no selection "{model.selection}"; {did_you_mean(str(model.selection), SELECTIONS)}'
        )
    if model.loss not in LOSSES:
        raise SettingError(f'There is no loss "{model.loss}"; {did_you_mean(str(model.loss), LOSSES)}')
    for name in ("time_limit", "max_complexity"):
        if not getattr(model, name) > 0:
            raise SettingError(f"{name} is positive; got {getattr(model, name)!r}.")
    if model.n_jobs == 0:
        raise SettingError("n_jobs is a number of processes, or -1 for one on each core; got 0.")
    try:
        language_of(model.primitives, model.forbid)
    except ValueError as error:
        raise SettingError(error.args[0]) from None
