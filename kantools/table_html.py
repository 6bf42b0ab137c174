"""A table in a notebook: its first rows, and a line that says what they are the first of."""

from collections.abc import Mapping
from html import escape

import numpy as np

__all__ = ["first_rows"]

SHOWN = 5


def first_rows(columns: Mapping[str, np.ndarray], caption: str) -> str:
    """The first rows of columns by their heads, as HTML.

    >>> html = first_rows({"length [m]": np.ones(9)}, "9 rows, target: period")
    >>> html.count("<tr>"), "length [m]" in html, html.endswith("<p>9 rows, target: period</p>")
    (5, True, True)
    """
    import pandas as pd

    first = pd.DataFrame({head: values[:SHOWN] for head, values in columns.items()})
    return first.to_html(index=False) + f"<p>{escape(caption)}</p>"
