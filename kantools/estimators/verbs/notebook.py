"""What a fit has left in a notebook: of a formula the equation, its constants and the front; of a network its
diagram and how well it was trained.
"""

import base64
import io
from collections.abc import Iterable
from html import escape

from matplotlib.figure import Figure

from kantools.estimators.fitted import Fitted
from kantools.estimators.trained import Trained
from kantools.estimators.verbs.drawing import figure_of
from kantools.estimators.verbs.equations import equations

__all__ = ["found_html", "picture"]

#: Networks with more edges are drawn where they are asked for only: it takes seconds.
EDGES = 60


def found_html(left: Iterable[Fitted | Trained]) -> str:
    """What was found, as HTML; of several targets one after the other."""
    return "".join(_formula_html(x) if isinstance(x, Fitted) else _network_html(x) for x in left)


def _formula_html(fitted: Fitted) -> str:
    front = equations(fitted.discovery)[["complexity", "loss", "role", "equation"]]
    table = front.to_html(index=False, float_format="{:.3g}".format)
    opened = f"<details><summary>{len(front)} formulas</summary>{table}</details>"
    return f"<div>{fitted.formula._repr_html_()}{opened}</div>"


def _network_html(trained: Trained) -> str:
    edges, course = len(trained.activations.edges), trained.history
    drawn = picture(figure_of(trained, "network", None, {}), "the network") if edges <= EDGES else ""
    told = "" if course is None else f"; loss {course.loss:.2g} ({escape(course.measure)})"
    return f"<div>{drawn}<p>{edges} learned curves{told}</p></div>"


def picture(figure: Figure, title: str) -> str:
    """A figure as an image that stands alone.

    >>> from matplotlib.figure import Figure
    >>> picture(Figure(figsize=(1, 1)), "nothing")[:49]
    '<img alt="nothing" src="data:image/svg+xml;base64'
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    content = base64.b64encode(buffer.getvalue()).decode()
    return f'<img alt="{escape(title)}" src="data:image/svg+xml;base64,{content}"/>'
