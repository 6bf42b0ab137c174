"""How easy a view is to learn: the error of its best polynomial on held-out rows."""

import numpy as np

from kantools.discovery.surrogates.surrogate import IDENTITY, best_degree, coordinates
from kantools.discovery.views.link import Link, links_for
from kantools.discovery.views.rows import Rows, Split, thinned
from kantools.discovery.views.view import View

__all__ = ["ease"]


def ease(view: View, split: Split, like: Link = IDENTITY) -> float:
    """The error of the best polynomial of a view, or of one under a link: how easy it is to learn."""
    if view.inputs == 0:
        return _spread(view.rows, split)
    links = [link for link in links_for(view.rows.y) if link.name in {"identity", like.name}]
    few = (thinned(split[0]), split[1])
    ways = [(link, *way) for link in links for way in coordinates(view.rows.X)]
    return min((best_degree(way, view, few)[1] for way in ways), default=np.inf)


def _spread(rows: Rows, split: Split) -> float:
    """The error of a constant."""
    fit, held = split
    residual = rows.y[held] - np.average(rows.y[fit], weights=rows.weight[fit])
    return float(np.sqrt(np.average(residual**2, weights=rows.weight[held]) / rows.variance))
