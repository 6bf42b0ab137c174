"""A view with one input is a curve already: it is snapped, under every link, without a network between."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import inf

import numpy as np
from sympy import Expr

from kantools.activation import Activation, Activations, Edge
from kantools.discovery.findings import Finding, Reading, Tested
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.networks.reading import least_error
from kantools.discovery.threshold import size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.averages import averaged
from kantools.discovery.views.link import Link, links_for
from kantools.discovery.views.rows import Rows
from kantools.discovery.views.upright import smoother_turned
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.whole.choose import Chosen, choose

__all__ = ["OneCurve"]


@dataclass(frozen=True)
class OneCurve(Hypothesis):
    """``T(y) = f(u)``: the curve of the only column, read under each link; in noise, its averages."""

    name = "one curve"
    cost = Cost.SECONDS
    points: int = size(300, "averages of the rows in noise, and what shapes are placed on: more tell no more")
    most_kept: int = size(16, "shapes that compete as whole formulas")
    most_rows: int = size(2000, "rows on which they do")

    def shortest(self, columns: int) -> float:
        return 3 if columns == 1 else inf

    def applies(self, scene: Scene) -> bool:
        return scene.view.inputs == 1

    def findings(self, scene: Scene) -> Iterator[Finding]:
        view, averages = scene.view, scene.evidence.noisy
        rows = averaged(view.rows, self.points) if averages else view.rows
        x, column = rows.X[:, 0], view.columns[0]
        if smoother_turned(view.rows.X[:, 0], view.rows.y, view.rows.weight):
            x, column = 1 / x, 1 / column
        for link in links_for(rows.y):
            if scene.budget.late:
                return
            work = partial(self._read, scene, link, rows, x, column)
            chosen = scene.once("curve", self, str(column), link.name, averages, work=work)
            told = f"{view}: {link.name} link, one curve, read directly"
            yield Tested(told, least_error(chosen, scene.data), Verdict.READ)
            yield Reading(told, chosen)

    def _read(self, scene: Scene, link: Link, rows: Rows, x: np.ndarray, column: Expr) -> list[Chosen]:
        """Formulas of the curve under one link."""
        eta = link.apply(rows.y)
        weight = rows.weight * link.weight(rows.y)
        primitives, keep, points = scene.settings.primitives, self.most_kept, self.points
        shapes = snap(x, eta, primitives, weight=weight, keep=keep, points=points, homogeneous=True)
        edge = Edge(0, 0, 0)
        return choose(
            Activations(scene.view.names, (((0,),),), (Activation(edge, x, eta),)),
            {edge: shapes},
            scene.data,
            sources=[column],
            lift=lambda e: scene.view.lift(link.lift(e)),
            most=self.most_kept,
            rows=self.most_rows,
            deadline=scene.budget.deadline,
        )
