"""A table in a notebook: its first rows under names and units."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kantools.table import Table

__all__ = ["table_html"]

SHOWN = 5


def table_html(table: "Table") -> str:
    """The first rows, the target last, with the number of all.

    >>> import numpy as np
    >>> from kantools.table import Table
    >>> html = table_html(Table(("length",), np.ones((9, 1)), "period", np.ones(9), units={"length": "m"}))
    >>> "length [m]" in html, "9 rows, target: period" in html
    (True, True)
    """
    from html import escape

    import pandas as pd

    def head(name: str) -> str:
        return f"{name} [{table.units[name]}]" if table.units.get(name) else name

    columns = {head(name): table.X[:SHOWN, k] for k, name in enumerate(table.columns)}
    columns[head(table.target)] = table.y[:SHOWN]
    columns |= {} if table.sigma is None else {f"± {table.target}": table.sigma[:SHOWN]}
    told = f"{table.rows} rows, target: {escape(table.target)}"
    return pd.DataFrame(columns).to_html(index=False) + f"<p>{told}</p>"
