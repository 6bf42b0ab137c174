"""What people fit first: the usual forms of one column, from saturation to a damped sine.

They are short, so that they win where the rows do not contradict them, and their names are what answers are
told by. Whatever column the target may follow is tried by itself; columns that tell nothing are no obstacle.
All forms are fitted to means of the rows (:mod:`kantools.symbolic.usual.separable`); only the ones that are
short descriptions of all rows are fitted to these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene, When
from kantools.discovery.threshold import judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import ARGUMENT
from kantools.symbolic.usual.separable import FittedForm, curve_of, fitted_form
from kantools.symbolic.usual_form import USUAL_FORMS, UsualForm
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import NATS_A_NODE, Draft, fit_draft

__all__ = ["UsualForms"]


@dataclass(frozen=True)
class UsualForms(Hypothesis):
    """``y = f(x_j)``, f a curve that people fit by name, along each of the columns."""

    name = "usual forms"
    cost = Cost.TENTHS
    when = When.FIRST
    most_columns: int = size(6, "columns, each of which may be the one that the target follows")
    most_fitted: int = size(8, "forms that are fitted to all rows")
    most_offered: int = size(4, "forms that are worked out, those with the shortest descriptions")
    behind: float = judgement(
        25.0, "nats that a form may be behind the best one while its constants are priced roughly; a guess"
    )

    def shortest(self, columns: int) -> float:
        return 3 if columns == 1 else inf

    def applies(self, scene: Scene) -> bool:
        return 1 <= scene.view.inputs <= self.most_columns

    def findings(self, scene: Scene) -> Iterator[Finding]:
        work = lambda: self.drafts(scene.view, scene.data)  # noqa: E731
        drafts = scene.once(self.name, self, work=work)
        told = f"{scene.view}: {self.name}"
        for draft in drafts[: self.most_offered]:
            yield Form(draft, told, if_shorter=True)
        if drafts:
            yield Tested(told, min(d.error(scene.data) for d in drafts), Verdict.READ)

    def drafts(self, view: View, data: Data) -> list[Draft]:
        """The best forms along any column, fitted to all rows, the shortest description first."""
        rough = [r for j in range(view.inputs) for r in self._along(view, data, j)]
        rough.sort(key=lambda r: r.nats)
        near = [r for r in rough[: self.most_fitted] if r.nats < rough[0].nats + self.behind]
        drafts = [d for r in near if (d := r.draft(view, data)) is not None]
        return sorted(drafts, key=lambda d: d.length(data))

    def _along(self, view: View, data: Data, column: int) -> Iterator["Rough"]:
        """Every form that suits a column, at its best."""
        curve = curve_of(view.rows.X[:, column], view.rows.y, view.rows.weight)
        for form in USUAL_FORMS.values():
            told = 2 * len(form.parameters) <= len(curve.x) and form.suits(curve.x)
            if not told or data.language.violations(form.template):
                continue
            found = fitted_form(form, curve)
            if found is not None and np.isfinite(found.on(curve).loss):
                yield Rough(found.on(curve), column, _nats(found.on(curve), data))


@dataclass(frozen=True)
class Rough:
    """A form along a column, and about how long a description it is."""

    fitted: FittedForm
    column: int
    nats: float

    @property
    def form(self) -> UsualForm:
        return self.fitted.form

    def draft(self, view: View, data: Data) -> Draft | None:
        """Written in the table's columns and fitted to all rows; None where it is not real or not allowed."""
        names = dict(zip(self.form.parameters, fresh_symbols(data.columns), strict=False))
        written = self.form.template.subs({**names, ARGUMENT: view.columns[self.column]}, simultaneous=True)
        start = dict(zip(names.values(), self.fitted.values.tolist(), strict=True))
        draft = fit_draft(view.lift(written), start, data)
        fits = np.isfinite(draft.loss) and data.admits(draft.template, draft.constants, draft.fit.values)
        return draft if fits else None


def _nats(found: FittedForm, data: Data) -> float:
    """Misfit, symbols, and half the logarithm of the rows for each constant."""
    form, rows = found.form, len(data.y)
    constants = 0.5 * len(form.parameters) * float(np.log(rows))
    return data.misfit(found.loss) + NATS_A_NODE * data.language.complexity(form.template) + constants
