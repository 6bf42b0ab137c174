"""Columns that are far from 0, seen from a round number amid them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from sympy import Symbol

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.views.view import View
from kantools.symbolic.fit.far import round_centre

__all__ = ["CentredColumns"]


@dataclass(frozen=True)
class CentredColumns(Hypothesis):
    """``F(x - x_0)`` with a round number ``x_0`` amid a column that is far from 0 beside its width."""

    name = "centred columns"

    def shortest(self, columns: int) -> float:
        return inf  # what is left is a view, asked for its laws

    def findings(self, scene: Scene) -> Iterator[Finding]:
        view = self.centred(scene.view)
        if view.key != scene.view.key and scene.is_new(view):
            yield Turn((view,), Must.NOTHING)

    def centred(self, view: View) -> View:
        """The view with each far column around its centre.

        >>> import numpy as np
        >>> from kantools.discovery.views.rows import rows_of
        >>> X = np.linspace(1990, 2020, 31)[:, None]
        >>> CentredColumns().centred(View((Symbol("year"),), rows_of(X, X[:, 0], np.ones(31)))).columns
        (year - 2005,)
        """
        X, columns = view.rows.X.copy(), list(view.columns)
        for k, column in enumerate(view.columns):
            centre = round_centre(X[:, k]) if isinstance(column, Symbol) else None
            if centre is not None:
                X[:, k] -= float(centre)
                columns[k] = column - centre
        return replace(view, columns=tuple(columns), rows=replace(view.rows, X=X))
