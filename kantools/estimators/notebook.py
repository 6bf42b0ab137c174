"""A regressor in a notebook: the formula typeset and the front, above scikit-learn's diagram of settings."""

from typing import Any

__all__ = ["found_html"]


def found_html(model: Any) -> str:
    """What a fitted model has found, as HTML; of several targets one after the other."""
    if hasattr(model, "models_"):
        return "".join(map(found_html, model.models_.values()))
    front = model.equations_[["complexity", "loss", "equation"]]
    table = front.to_html(index=False, float_format="{:.3g}".format)
    opened = f"<details><summary>{len(front)} formulas of the front</summary>{table}</details>"
    return f"<div>{model.formula_.mathml()}{opened}</div>"
