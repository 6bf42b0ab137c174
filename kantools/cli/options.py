"""Options that hold several things, from their text to names, pairs and numbers."""

import re

from kantools.errors import SettingError

__all__ = ["errors_in", "first_values_in", "forbidden_in", "names_in", "numbers_in", "primitives_in"]

NESTING = re.compile(r"(\w+)\((\w+)\)")


def names_in(text: str | None) -> list[str] | None:
    """Names separated by commas.

    >>> names_in("mass, flow rate")
    ['mass', 'flow rate']
    """
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


def numbers_in(text: str, option: str) -> list[float]:
    """Numbers separated by commas.

    >>> numbers_in("0,0.01", "--noise")
    [0.0, 0.01]
    """
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        raise SettingError(f'{option} takes numbers separated by commas; got "{text}".') from None


def errors_in(text: str | None) -> dict[str, str | float] | None:
    """Standard errors of inputs: ``distance=distance_error,time=0.1``, a column or a number for each.

    >>> errors_in("a=a_error, b=0.1")
    {'a': 'a_error', 'b': 0.1}
    """
    if text is None:
        return None
    pairs = [pair.rpartition("=")[::2] for pair in names_in(text) or []]
    if any(not name or not error for name, error in pairs):
        raise SettingError(
            f'--x-sigma gives inputs their errors, such as "a=a_error,b=0.1"; got "{text}". Write name=error.'
        )
    return {name.strip(): _number_or_name(error.strip()) for name, error in pairs}


def _number_or_name(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


def first_values_in(text: str | None) -> dict[str, float]:
    """First values of constants: ``a=1,b=0.5``.

    Raises
    ------
    SettingError
        For what is not a name, an equals sign and a number.

    Examples
    --------
    >>> first_values_in("a=1, b=0.5")
    {'a': 1.0, 'b': 0.5}
    """
    return dict(_first_value(pair) for pair in names_in(text) or [])


def _first_value(pair: str) -> tuple[str, float]:
    name, _, value = (part.strip() for part in pair.rpartition("="))
    try:
        number = float(value)
    except ValueError:
        number = None
    if not name or number is None:
        raise SettingError(
            f'--start gives constants first values, such as "a=1,b=0.5"; got "{pair}". Write a=1.'
        )
    return name, number


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
