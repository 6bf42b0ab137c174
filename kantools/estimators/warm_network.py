"""A training that goes on where the last one ended."""

from copy import deepcopy
from typing import Any

from kantools.errors import SettingError

__all__ = ["gone_on_with", "same_classes"]

REMEDY = "Set warm_start=False, or fit a clone."


def gone_on_with(model: Any, fresh: Any) -> Any:
    """A copy of the network that the model has learned; the fresh one where there is none to go on with.

    Raises
    ------
    SettingError
        Where settings or data ask for a network of another shape.
    """
    if not (model.warm_start and hasattr(model, "network_")):
        return fresh
    if _shape(model.network_) != _shape(fresh):
        raise SettingError(
            "warm_start goes on with the network that was learned, "
            f"{_in_words(model.network_)}; got settings and data for {_in_words(fresh)}. {REMEDY}"
        )
    return deepcopy(model.network_)


def same_classes(model: Any, before: Any) -> None:
    """Raise where a classifier that goes on is given other classes."""
    if model.warm_start and before is not None and list(before) != list(model.classes_):
        raise SettingError(
            f"warm_start goes on with the classes that were learned, {before.tolist()}; "
            f"got {model.classes_.tolist()}. {REMEDY}"
        )


def _shape(network: Any) -> tuple[Any, ...]:
    return network.width, [(type(layer.basis), layer.basis.functions) for layer in network.kan_layers()]


def _in_words(network: Any) -> str:
    bases = ", ".join(f"{x.basis.functions} {type(x.basis).__name__}" for x in network.kan_layers())
    return f"of width {network.width} with layers of {bases}"
