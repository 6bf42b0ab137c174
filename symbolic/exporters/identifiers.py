"""Names of columns as identifiers of a programming language.

A scientist's columns are called ``lambda``, ``flow rate`` or ``Δt``; a program needs ``lambda_``,
``flow_rate`` and ``Delta_t``. Identifiers are plain ASCII, none is a reserved word, and no two are equal.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable

__all__ = ["identifiers"]


def identifiers(
    names: Iterable[str], reserved: Collection[str] = (), *, case_sensitive: bool = True
) -> tuple[str, ...]:
    """One identifier a name, in order.

    Parameters
    ----------
    names : iterable of str
    reserved : collection of str
        Words of the language, and whatever else is taken.
    case_sensitive : bool
        False where ``m`` and ``M`` are the same name (Fortran).

    Examples
    --------
    >>> identifiers(["lambda", "flow rate", "flow-rate", "λ", "2nd", "m", "M"], ["lambda"])
    ('lambda_', 'flow_rate', 'flow_rate_', 'lambda_2', 'x_2nd', 'm', 'M')
    """
    fold = str if case_sensitive else str.lower
    taken, found = {fold(word) for word in reserved}, []
    for name in names:
        word = _free(_ascii(name), taken, fold)
        taken.add(fold(word))
        found.append(word)
    return tuple(found)


def _free(word: str, taken: set[str], fold: Callable[[str], str]) -> str:
    candidate, number = word, 1
    while fold(candidate) in taken:
        candidate = f"{word.rstrip('_')}_" + (str(number) if number > 1 else "")
        number += 1
    return candidate


def _ascii(name: str) -> str:
    """Letters, digits and single underscores, with a letter first."""
    spelled = "".join(_letter(c) for c in unicodedata.normalize("NFKD", name))
    word = re.sub(r"\W+", "_", spelled, flags=re.ASCII).strip("_")
    word = re.sub(r"_+", "_", word)[:55]
    return word if word[:1].isalpha() else f"x_{word}".rstrip("_")


def _letter(c: str) -> str:
    """A Greek letter by its name, an accent dropped, any other letter as it is."""
    words = unicodedata.name(c, "").split()
    if words[:1] == ["COMBINING"]:
        return ""
    if words[:1] == ["GREEK"] and "LETTER" in words:
        spelled = words[-1].replace("LAMDA", "LAMBDA").lower()
        return f"{spelled.capitalize() if 'CAPITAL' in words else spelled}_"
    return c
