"""What cells are numbers, and which only look so.

Numpy turns many things into floats without a word: a date into the days since 1970, a complex number into its
real part, a masked cell into whatever lies under the mask. Here each of them is told apart: what is hidden or
missing becomes NaN, which tables refuse or leave out as asked, and what is no number is refused.
"""

from typing import Any

import numpy as np

from kantools.errors import NotNumbers

__all__ = ["as_numbers", "refuse_other_kinds"]

#: Kinds of numpy's types that could be cast and are no real numbers, and what to do about them.
OTHER_KINDS = {
    "c": "Give real and imaginary part as two columns",
    "M": "Give the time since some moment as a number, in seconds or days",
    "m": "Give the span as a number, in seconds or days",
}


def as_numbers(name: str, values: Any) -> np.ndarray:
    """The values as floats; NaN for what is missing or masked.

    Parameters
    ----------
    name : str
        What they are called in messages.
    values : array, frame, series or nested sequence
        Of numbers, booleans, or text that is a number as Python writes it.

    Raises
    ------
    NotNumbers
        For dates, time spans, complex numbers, sparse matrices, whole numbers beyond the range of floats, and
        text that is no number.

    Examples
    --------
    >>> as_numbers("X", [True, 2, "1e3"]).tolist()
    [1.0, 2.0, 1000.0]
    >>> as_numbers("X", np.ma.masked_greater([1.0, 9.0], 5)).tolist()
    [1.0, nan]
    >>> as_numbers("day", np.array(["2020-01-01"], dtype="M8"))
    Traceback (most recent call last):
        ...
    kantools.errors.NotNumbers: day holds real numbers only; got datetime64[D]. Give the time since some \
moment as a number, in seconds or days.
    """
    refuse_other_kinds(name, values)
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.filled(values.astype(float), np.nan)
    try:
        if hasattr(values, "iloc"):  # pandas, whose missing cells numpy does not know
            return values.to_numpy(dtype=float, na_value=np.nan)
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotNumbers(f"{name} holds numbers only; got something else ({error}). Convert it.") from None


def refuse_other_kinds(name: str, values: Any) -> None:
    """Raise where a type says that the values are no real numbers."""
    if hasattr(values, "toarray"):
        raise NotNumbers(
            f"{name} is an array with every cell in it; got a sparse {type(values).__name__}. "
            "Give its toarray()."
        )
    for dtype in _types(values):
        remedy = OTHER_KINDS.get(getattr(dtype, "kind", "O"))
        if remedy is not None:
            raise NotNumbers(f"{name} holds real numbers only; got {dtype}. {remedy}.")


def _types(values: Any) -> list[Any]:
    """The types of a frame's columns, or of an array."""
    if hasattr(values, "dtypes") and hasattr(values, "columns"):
        return list(values.dtypes)
    return [values.dtype] if hasattr(values, "dtype") else []
