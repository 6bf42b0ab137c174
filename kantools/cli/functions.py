"""The functions that formulas may contain, as options of the command line."""

import re

from kantools.cli.input import names_in
from kantools.errors import SettingError

__all__ = ["forbidden_in", "primitives_in"]

NESTING = re.compile(r"(\w+)\((\w+)\)")


def primitives_in(text: str | None) -> list[str] | dict[str, int | None] | None:
    """Names separated by commas, with costs where any is given.

    Raises
    ------
    SettingError
        For a cost that is not a whole number.

    Examples
    --------
    >>> primitives_in("sin, exp"), primitives_in("sin=3, exp")
    (['sin', 'exp'], {'sin': 3, 'exp': None})
    """
    names = names_in(text)
    if names is None or "=" not in "".join(names):
        return names
    return dict(_with_cost(name) for name in names)


def _with_cost(text: str) -> tuple[str, int | None]:
    name, told, cost = (part.strip() for part in text.partition("="))
    if told and not cost.isdecimal():
        raise SettingError(
            f'--primitives takes names and costs such as sin=3; got "{text}". '
            "Give a whole number of symbols as the cost."
        )
    return name, int(cost) if told else None


def forbidden_in(text: str | None) -> dict[str, list[str]] | None:
    """Nestings separated by commas.

    Raises
    ------
    SettingError
        For what is not written as one function inside another.

    Examples
    --------
    >>> forbidden_in("sin(sin), sin(exp), exp(log)")
    {'sin': ['sin', 'exp'], 'exp': ['log']}
    """
    names = names_in(text)
    if names is None:
        return None
    forbidden: dict[str, list[str]] = {}
    for name in names:
        found = NESTING.fullmatch(name)
        if found is None:
            raise SettingError(
                f'--forbid takes nestings such as sin(exp), separated by commas; got "{name}". '
                "Write the outer function and, in brackets, the inner one."
            )
        forbidden.setdefault(found[1], []).append(found[2])
    return forbidden
