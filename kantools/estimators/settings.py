"""Settings of a symbolic regressor that cannot be used, told before a search begins.

What a setting is checked against is imported for that setting only: the command line checks what it was given
before anything heavy is there.
"""

from collections.abc import Collection, Mapping
from typing import Any

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError

__all__ = ["check_settings"]


def check_settings(settings: Mapping[str, Any]) -> None:
    """Raise :class:`~kantools.errors.SettingError` for a setting that cannot be used.

    Parameters
    ----------
    settings : mapping
        All parameters of a :class:`~kantools.SymbolicRegressor`, or some.

    Examples
    --------
    >>> check_settings({"loss": "hubber"})
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: There is no loss "hubber"; did you mean "huber"?
    """
    if "basis" in settings:
        from kantools.bases import BASES

        _refuse_unknown("basis", settings["basis"], BASES)
    if "selection" in settings:
        from kantools.symbolic.front import SELECTIONS

        _refuse_unknown("selection", settings["selection"], SELECTIONS)
    if "loss" in settings:
        from kantools.symbolic.fit.robust import LOSSES

        _refuse_unknown("loss", settings["loss"], LOSSES)
    _check_numbers(settings)
    _check_language(settings.get("primitives"), settings.get("forbid"))


def _refuse_unknown(setting: str, name: Any, known: Collection[str]) -> None:
    if name not in known:
        raise SettingError(f'There is no {setting} "{name}"; {did_you_mean(str(name), known)}')


def _check_numbers(settings: Mapping[str, Any]) -> None:
    for name in ("time_limit", "max_complexity"):
        if name in settings and not settings[name] > 0:
            raise SettingError(f"{name} is positive; got {settings[name]!r}.")
    if settings.get("n_jobs") == 0:
        raise SettingError("n_jobs is a number of processes, or -1 for one on each core; got 0.")


def _check_language(primitives: Any, forbid: Any) -> None:
    if primitives is None and forbid is None:
        return
    from kantools.symbolic.language.language import language_of

    try:
        language_of(primitives, forbid)
    except ValueError as error:
        raise SettingError(error.args[0]) from None
