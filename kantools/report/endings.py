"""The endings that the name of a report may have: they choose its kind."""

from pathlib import Path

from kantools.errors import SettingError

__all__ = ["ENDINGS", "check_ending"]

ENDINGS = (".html", ".htm", ".txt", ".json")


def check_ending(path: Path) -> None:
    """Raise :class:`~kantools.errors.SettingError` for another ending.

    >>> check_ending(Path("law.pdf"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: A report ends in .html, .htm, .txt, .json; got "law.pdf". ...
    """
    if path.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise SettingError(f'A report ends in {known}; got "{path.name}". Choose one of these endings.')
