"""``kantools hypotheses``: what a search tries, when, at what cost, and by which thresholds."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table as Grid
from rich.text import Text

from kantools.cli.console import console, print_json
from kantools.discovery.about import Threshold, about, about_all, thresholds_of
from kantools.discovery.policy import Policy
from kantools.errors import SettingError

__all__ = ["list_all", "show_one", "show_policy"]


def list_all(*, as_json: bool = False) -> None:
    """Names, formulas, when and at what cost, in the order in which a search comes to them."""
    known = about_all()
    if as_json:
        return print_json([asdict(of) for of in known])
    out = console()
    for of in known:
        out.print(Text(of.name, style="bold"))
        out.print(Text(f"  {_shown(of.does)}"), soft_wrap=True)
        out.print(Text(f"  {', '.join(of.when)}; {of.cost}"), soft_wrap=True)


def show_one(name: str, *, as_json: bool = False) -> None:
    """The prose and the thresholds of one hypothesis.

    Raises
    ------
    SettingError
        For an unknown name, with the nearest one.
    """
    of = about(name)
    if as_json:
        return print_json(asdict(of))
    out = console()
    out.print(Text(of.name, style="bold"))
    for part in (of.does, f"Tried {', '.join(of.when)}; {of.cost} in one view.", of.prose):
        out.print(Text(f"\n{_shown(part)}"), soft_wrap=True)
    if of.thresholds:
        out.print()
        out.print(_grid(of.thresholds))


def show_policy(name: str, *, as_json: bool = False) -> None:
    """The thresholds of the walk, which no hypothesis owns."""
    if name:
        raise SettingError(f'--policy shows the thresholds of the walk; for those of "{name}" leave it out.')
    some = thresholds_of(Policy())
    if as_json:
        return print_json([asdict(t) for t in some])
    console().print(_grid(some))


def _grid(some: Sequence[Threshold]) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for heading in ("threshold", "value", "kind"):
        grid.add_column(heading, no_wrap=True)
    grid.add_column("reason", overflow="fold")
    for t in some:
        grid.add_row(t.name, Text(str(t.value)), t.kind, Text(_shown(t.reason)))
    return grid


def _shown(text: str) -> str:
    """Without the marks of code and of references that docstrings have."""
    return text.replace("``", "").replace(":mod:", "").replace("`", "").strip()
