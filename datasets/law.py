"""Collections of laws written as text, one law a line.

A line names the law, its target, its formula and its columns with their ranges, as in
``"m_0 1:5; v 1:2; c 3:10"``; a range holds for all the columns before it. Units belong to names, not to laws:
in a collection a name stands for the same quantity throughout.
"""

from collections.abc import Mapping

from kantools.datasets.problem import Problem

__all__ = ["law", "ranges", "units_by_name"]


def ranges(text: str) -> dict[str, tuple[float, float]]:
    """The columns of a line with their ranges, in order.

    >>> ranges("m_0 1:5; v u 1:2")
    {'m_0': (1.0, 5.0), 'v': (1.0, 2.0), 'u': (1.0, 2.0)}
    """
    found: dict[str, tuple[float, float]] = {}
    for group in text.split(";"):
        *columns, span = group.split()
        low, high = span.split(":")
        found |= {column: (float(low), float(high)) for column in columns}
    return found


def units_by_name(groups: Mapping[str, str]) -> dict[str, str]:
    """The unit of every name, from the names of every unit.

    >>> units_by_name({"m/s": "c v", "1": "theta"})
    {'c': 'm/s', 'v': 'm/s', 'theta': '1'}
    """
    return {name: unit for unit, names in groups.items() for name in names.split()}


def law(
    name: str, title: str, target: str, formula: str, columns: str, *, source: str, units: Mapping[str, str]
) -> Problem:
    """The problem that a line stands for."""
    spans = ranges(columns)
    return Problem(
        name=name,
        title=title,
        target=target,
        formula=formula,
        columns=tuple(spans),
        lows=tuple(low for low, _ in spans.values()),
        highs=tuple(high for _, high in spans.values()),
        source=source,
        units={key: units[key] for key in (*spans, target) if key in units},
    )
