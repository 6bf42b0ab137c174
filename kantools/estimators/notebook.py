"""Fitted models in a notebook: what was found, above scikit-learn's diagram of settings.

Of a formula the equation, its constants and the front; of a network its diagram and how well it was trained.
"""

import base64
import io
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["InNotebooks", "found_html", "picture"]

#: Networks with more edges are drawn where they are asked for only: it takes seconds.
EDGES = 60


class InNotebooks:
    """What Jupyter asks of an estimator of scikit-learn, with what was found in front of it.

    >>> from kantools import KANRegressor
    >>> found_html(KANRegressor()) == "", "text/html" in KANRegressor()._repr_mimebundle_()
    (True, True)
    """

    def _repr_html_inner(self) -> str:
        from sklearn.utils import estimator_html_repr

        return found_html(self) + estimator_html_repr(self)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, str]:
        bundle: dict[str, str] = super()._repr_mimebundle_(**options)  # type: ignore[misc]
        return {k: self._repr_html_inner() if k == "text/html" else v for k, v in bundle.items()}


def found_html(model: Any) -> str:
    """What a fitted model has found, as HTML; of several targets one after the other, of an unfitted none."""
    if hasattr(model, "models_"):
        return "".join(map(found_html, model.models_.values()))
    if hasattr(model, "discovery_"):
        return _formula_html(model)
    return _network_html(model) if hasattr(model, "network_") else ""


def _formula_html(model: Any) -> str:
    front = model.equations_[["complexity", "loss", "equation"]]
    table = front.to_html(index=False, float_format="{:.3g}".format)
    opened = f"<details><summary>{len(front)} formulas of the front</summary>{table}</details>"
    return f"<div>{model.formula_._repr_html_()}{opened}</div>"


def _network_html(model: Any) -> str:
    edges = len(model.activations_.edges)
    drawn = picture(model.plot(), "the network") if edges <= EDGES else ""
    course = getattr(model, "history_", None)
    told = "" if course is None else f"; loss {course.loss:.2g} ({escape(course.measure)})"
    return f"<div>{drawn}<p>{edges} learned curves{told}</p></div>"


def picture(figure: "Figure", title: str) -> str:
    """A figure as an image that stands alone.

    >>> from matplotlib.figure import Figure
    >>> picture(Figure(figsize=(1, 1)), "nothing")[:49]
    '<img alt="nothing" src="data:image/svg+xml;base64'
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    content = base64.b64encode(buffer.getvalue()).decode()
    return f'<img alt="{escape(title)}" src="data:image/svg+xml;base64,{content}"/>'
