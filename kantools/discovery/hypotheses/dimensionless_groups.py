"""Dimensionless groups: what the units alone say of a law (:mod:`kantools.discovery.views.dimensionless`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import inf

import numpy as np

from kantools.discovery.evidence import Evidence
from kantools.discovery.findings import Finding, Must, Surveyed, Tested, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.surrogates.differences import differences
from kantools.discovery.surrogates.ease import ease
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.surrogates.survey import train_surrogates
from kantools.discovery.threshold import judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.dimensionless import dimensionless_views, why_none
from kantools.discovery.views.view import View
from kantools.symbolic.units.units import Units

__all__ = ["DimensionlessGroups"]


@dataclass(frozen=True)
class DimensionlessGroups(Hypothesis):
    """``y = monomial · F(π_1, π_2, …)``: the target's dimension taken out, the rest in pure numbers."""

    name = "dimensionless groups"
    first: bool = False
    much_easier: float = judgement(
        0.5,
        "times the error of all columns' polynomial: the groups then come first; "
        'measured: lab book, "Groups before networks of all columns"',
    )
    few_groups: int = size(
        3, "groups; more of them are not learned well: columns of one unit by their differences first"
    )
    most_differences: int = size(8, "differences of two columns that are tested")

    def shortest(self, columns: int) -> float:
        return inf  # its views are asked for their laws

    def applies(self, scene: Scene) -> bool:
        return scene.data.units is not None and self.name not in scene.heard

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """In a view, or of the whole table before networks of all columns.

        How noisy the table is shows sooner in groups, of which there are fewer. They are followed first in
        noise, and where they make the table far easier to learn.
        """
        units = scene.data.units
        assert units is not None
        if self.first:
            yield from self._at_first(scene, units)
        else:
            yield from self._turn(scene.view, (), units, scene.evidence)

    def _at_first(self, scene: Scene, units: Units) -> Iterator[Finding]:
        whole, evidence = scene.view, scene.evidence
        through: tuple[View, ...] = ()
        views = dimensionless_views(units, whole, noisy=evidence.noisy)
        if views and views[0].inputs > self.few_groups and evidence.least_error > scene.policy.poor:
            alike = self._like_with_like(scene, units)
            if alike is not None:
                told = f"{alike}: like with like"
                yield Tested(told, ease(alike, scene.split), Verdict.FOLLOWED, view=alike)
                whole, through = alike, (alike,)
            views = dimensionless_views(units, whole, noisy=evidence.noisy)
        if not views or not views[0].inputs:
            return
        view, before = views[0], evidence.least_error
        found = _surrogates(scene, view)
        if found:
            yield Surveyed(view, found[0], evidence.noisy)
            evidence = evidence.with_survey(found[0], view, whole=True)
        best = found[0].error if found else np.inf
        if best <= (scene.policy.holds if evidence.noisy else self.much_easier) * before:
            yield from self._turn(whole, through, units, evidence)

    def _turn(
        self, view: View, through: tuple[View, ...], units: Units, evidence: Evidence
    ) -> Iterator[Finding]:
        """Into the groups, or why there are none."""
        views = dimensionless_views(units, view, noisy=evidence.noisy)
        if views:
            yield Turn(tuple(views), Must.HOLD, told=f"units: {views[0]}", through=through)
        else:
            verdict, message = why_none(units, view.names)
            yield Tested("units", np.inf, verdict, message, everywhere=True)

    def _like_with_like(self, scene: Scene, units: Units) -> View | None:
        """Columns of the same unit by their differences, where the data are as easy to follow then.

        Ratios of positions hide that only distances count, so this comes before dimensionless groups.
        """
        bases = [units.units[name].base for name in scene.view.names]
        return differences(
            scene.view,
            scene.split,
            lambda some: all(bases[k] == bases[some[0]] for k in some),
            easier=scene.policy.easier,
            most=self.most_differences,
            survey=scene.policy.survey,
        )


def _surrogates(scene: Scene, view: View) -> list[Surrogate]:
    noisy = scene.evidence.noisy
    settings = (scene.split, scene.settings.seed, scene.budget.deadline)
    work = partial(train_surrogates, view, *settings, noisy=noisy, survey=scene.policy.survey)
    return scene.recall("surrogates", view.key, noisy, work=work, late=lambda: scene.budget.late)
