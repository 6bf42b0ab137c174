"""The steps of a search as the lines of an outline: table, view, hypothesis, formula."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kantools.plots.markers import GAVE, outcome_of
from kantools.symbolic.formula import Formula

if TYPE_CHECKING:
    from kantools.discovery.result import Step

__all__ = ["Line", "lines_of"]

#: Of a view: hypotheses that are shown; of a hypothesis: formulas; of a search: views.
HYPOTHESES, FORMULAS, VIEWS = 4, 3, 12
RANK = (GAVE, "rejected", "followed", "tested")


@dataclass(frozen=True)
class Line:
    """A line of the outline.

    Attributes
    ----------
    depth : int
    kind : {"table", "view", "hypothesis", "formula", "others"}
    text : str
    error : float
        The relative error that speaks for it or against it; NaN where there is none.
    verdict : str
        A key of ``MARKERS``; empty where nothing was judged.
    said : str
        The verdict in the search's words.
    formula : Formula or None
    chosen : bool
        Whether it is the chosen formula.
    """

    depth: int
    kind: str
    text: str
    error: float = float("nan")
    verdict: str = ""
    said: str = ""
    formula: Formula | None = None
    chosen: bool = False


@dataclass
class _View:
    """A view with what was tested in it and the views that were made from it."""

    name: str
    steps: "list[Step]" = field(default_factory=list)
    children: "list[_View]" = field(default_factory=list)

    @property
    def own(self) -> "Step | None":
        """What was said of the view itself."""
        return next((s for s in reversed(self.steps) if s.hypothesis == self.name), None)

    @property
    def tests(self) -> "list[Step]":
        return [s for s in self.steps if s.hypothesis != self.name]

    @property
    def gave(self) -> set[str]:
        """The formulas that came of it and of what was made from it."""
        return {f for s in self.steps for f in s.formulas}.union(*(c.gave for c in self.children))

    @property
    def begin(self) -> float:
        return min([s.seconds for s in self.steps] + [c.begin for c in self.children], default=0.0)

    @property
    def error(self) -> float:
        return min([s.error for s in self.steps] + [c.error for c in self.children], default=np.inf)


def lines_of(
    steps: "Sequence[Step]", front: Sequence[Formula] = (), chosen: Formula | None = None
) -> list[Line]:
    """The outline of a search.

    Parameters
    ----------
    steps : sequence of Step
    front : sequence of Formula
        The formulas that steps tell by their text, to be typeset.
    chosen : Formula, optional
        The one that is marked; its target gives the views their name.
    """
    formulas = {str(f): f for f in (*front, *([] if chosen is None else [chosen]))}
    root = _tree(steps)
    _thin_out(root, str(chosen))
    return [Line(0, "table", "table"), *_below(root, 1, formulas, chosen)]


def _tree(steps: "Sequence[Step]") -> _View:
    """Views below those that they were made from; the root is the table itself."""
    views = {"": _View("")}
    for step in steps:
        views.setdefault(step.view, _View(step.view)).steps.append(step)
    made_from = {s.view: s.source for s in steps if s.view}
    for source in made_from.values():
        views.setdefault(source, _View(source))
    for name in [n for n in views if n]:
        source = made_from.get(name, "")
        parent = "" if _leads_to(source, name, made_from) else source
        views[parent].children.append(views[name])
    return views[""]


def _leads_to(view: str, goal: str, made_from: Mapping[str, str]) -> bool:
    """Whether a view was made from another, however indirectly (two views may be made from each other)."""
    seen: set[str] = set()
    while view and view not in seen:
        if view == goal:
            return True
        seen.add(view)
        view = made_from.get(view, "")
    return False


def _thin_out(root: _View, chosen: str) -> None:
    """Leave out views that gave nothing where there are too many, the worst first."""
    views = sorted(_all(root), key=lambda v: (chosen not in v.gave, not v.gave, v.error))
    kept = {id(v) for v in views[:VIEWS]}
    for view in (root, *views):
        view.children = [c for c in view.children if id(c) in kept or any(id(v) in kept for v in _all(c))]


def _all(view: _View) -> Iterator[_View]:
    for child in view.children:
        yield child
        yield from _all(child)


def _below(
    view: _View, depth: int, formulas: Mapping[str, Formula], chosen: Formula | None
) -> Iterator[Line]:
    """What was tested in a view and what it led to, in the order of time, and the rest in a line."""
    kept = sorted(view.tests, key=lambda s: (RANK.index(outcome_of(s)), s.error))[:HYPOTHESES]
    kept += [s for s in view.tests if s.formulas and s not in kept]
    parts: list[tuple[float, Step | _View]] = [(s.seconds, s) for s in kept]
    parts += [(child.begin, child) for child in view.children]
    for _, part in sorted(parts, key=lambda p: p[0]):
        if isinstance(part, _View):
            yield _line_of(part, depth, chosen)
            yield from _below(part, depth + 1, formulas, chosen)
        else:
            yield from _hypothesis(part, depth, formulas, chosen)
    rest = [s for s in view.tests if s not in kept]
    if rest:
        noun = "hypothesis" if len(rest) == 1 else "hypotheses"
        yield Line(
            depth,
            "others",
            f"and {len(rest)} more {noun}",
            min(s.error for s in rest),
            "tested",
            "the best of them",
        )


def _line_of(view: _View, depth: int, chosen: Formula | None) -> Line:
    name = view.name if chosen is None or not view.name.startswith("y") else chosen.target + view.name[1:]
    own = view.own
    if own is None:
        return Line(depth, "view", name, view.error)
    verdict = GAVE if view.gave else outcome_of(own)
    return Line(depth, "view", name, own.error, verdict, own.says)


def _hypothesis(
    step: "Step", depth: int, formulas: Mapping[str, Formula], chosen: Formula | None
) -> Iterator[Line]:
    """A step and the formulas that came of it."""
    text = step.hypothesis.removeprefix(f"{step.view}: ")
    yield Line(depth, "hypothesis", text, step.error, outcome_of(step), step.says)
    best = str(chosen)
    shown = sorted(step.formulas, key=lambda f: f != best)[:FORMULAS]
    for name in (f for f in step.formulas if f in shown):
        yield Line(depth + 1, "formula", name, formula=formulas.get(name), chosen=name == best)
    rest = len(step.formulas) - len(shown)
    if rest:
        yield Line(depth + 1, "others", f"and {rest} more formula{'s' * (rest > 1)}")
