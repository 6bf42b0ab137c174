"""What people fit first: the usual forms of one column, from saturation to a damped sine.

They are short, so that they win where the rows do not contradict them, and their names are what answers are
told by. Whatever column the target may follow is tried by itself; columns that tell nothing are no obstacle.
All forms are fitted to means of the rows (:mod:`kantools.symbolic.usual.separable`); only the ones that are
short descriptions of all rows are fitted to these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene, When
from kantools.discovery.threshold import judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import ARGUMENT
from kantools.symbolic.usual.separable import Curve, FittedForm, best_of, curve_of, starts
from kantools.symbolic.usual.shapes import price_of_name
from kantools.symbolic.usual_form import USUAL_FORMS, UsualForm
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["UsualForms"]


@dataclass(frozen=True)
class UsualForms(Hypothesis):
    """``y = f(x_j)``, f a curve that people fit by name, along each of the columns."""

    name = "usual forms"
    cost = Cost.TENTHS
    when = When.FIRST
    most_columns: int = size(6, "columns, each of which may be the one that the target follows")
    most_refined: int = size(18, "forms whose inner parameters are fitted, the best ones of the grids")
    most_fitted: int = size(8, "forms that are fitted to all rows")
    most_offered: int = size(4, "forms that are worked out, those with the shortest descriptions")
    cells: int = size(20, "cells of neighbouring rows that say whether the target follows a column")
    rows_a_cell: int = size(5, "rows in a cell, so that its mean says something")
    follows: float = judgement(
        1.3, "times the variance within cells of the best column, for one that may be followed alone; a guess"
    )
    behind: float = judgement(
        25.0, "nats that a form may be behind the best one while its constants are priced roughly; a guess"
    )

    def shortest(self, columns: int) -> float:
        return 3 if columns == 1 else inf

    def applies(self, scene: Scene) -> bool:
        priced = scene.data.language.costs  # a name says nothing of what its parts cost
        return not priced and 1 <= scene.view.inputs <= self.most_columns

    def findings(self, scene: Scene) -> Iterator[Finding]:
        if scene.budget.late:
            return
        drafts = scene.once(self.name, self, work=partial(self.drafts, scene))
        told = f"{scene.view}: {self.name}"
        for draft in drafts[: self.most_offered]:
            yield Form(draft, told)
        if drafts:
            yield Tested(told, min(d.error(scene.data) for d in drafts), Verdict.READ)

    def drafts(self, scene: Scene) -> list[Draft]:
        """The best forms along any column, fitted to all rows, the shortest description first."""
        view, data = scene.view, scene.data
        followed = (a for a in self._followed(view, data) if not scene.budget.late)
        begun = sorted((r for a in followed for r in a.begun()), key=lambda r: r.nats)
        rough = sorted((r.refined() for r in begun[: self.most_refined]), key=lambda r: r.nats)
        near = [r for r in rough[: self.most_fitted] if r.nats < rough[0].nats + self.behind]
        drafts = [d for r in near if (d := r.draft()) is not None]
        return sorted(drafts, key=lambda d: d.length(data))

    def _followed(self, view: View, data: Data) -> list["Along"]:
        """The columns whose cells leave least; if the target follows one alone, it is among these."""
        along = [Along(view, data, column) for column in range(view.inputs)]
        left = [a.curve.left_by_cells(min(self.cells, len(a.curve.x) // self.rows_a_cell)) for a in along]
        return [a for a, share in zip(along, left, strict=True) if share <= self.follows * min(left)]


@dataclass(frozen=True)
class Along:
    """A column of a view that the target may follow."""

    view: View
    data: Data
    column: int

    @cached_property
    def curve(self) -> Curve:
        rows = self.view.rows
        return curve_of(rows.X[:, self.column], rows.y, rows.weight)

    def forms(self) -> Iterator[UsualForm]:
        """Those of such a column that the language allows and the rows can carry."""
        x, language = self.curve.x, self.data.language
        for form in (each.of(x) for each in USUAL_FORMS.values()):
            if form is None or 2 * len(form.parameters) > len(x):
                continue
            if not language.violations(form.template):
                yield form

    def begun(self) -> Iterator["Rough"]:
        """Every form at its best on the grid."""
        for form in self.forms():
            if found := starts(form, self.curve):
                yield Rough(self, tuple(found), self.nats(found[0]))

    def nats(self, found: FittedForm) -> float:
        """About how long a description is: misfit, name, half the logarithm of the rows for a constant."""
        form, data = found.form, self.data
        constants = 0.5 * len(form.parameters) * float(np.log(len(data.y)))
        symbols = price_of_name(form.template, ARGUMENT)
        return data.misfit(found.on(self.curve).loss) + symbols + constants


@dataclass(frozen=True)
class Rough:
    """A form along a column, with values for its parameters, the best ones first."""

    along: Along
    found: tuple[FittedForm, ...]
    nats: float

    def refined(self) -> "Rough":
        """At its best; infinitely long where the rows do not show the curve."""
        best = best_of(self.found, self.along.curve)
        resolved = best.form.is_resolved(best.values, self.along.curve.x)
        return Rough(self.along, (best,), self.along.nats(best) if resolved else np.inf)

    def draft(self) -> Draft | None:
        """Written in the table's columns and fitted to all rows; None where it is not real or not allowed."""
        (found,), view, data = self.found, self.along.view, self.along.data
        names = dict(zip(found.form.parameters, fresh_symbols(data.columns), strict=False))
        column = view.columns[self.along.column]
        written = found.form.template.subs({**names, ARGUMENT: column}, simultaneous=True)
        start = dict(zip(names.values(), found.values.tolist(), strict=True))
        draft = fit_draft(view.lift(written), start, data)
        fits = np.isfinite(draft.loss) and data.admits(draft.template, draft.constants, draft.fit.values)
        return draft if fits else None
