"""A training that goes on where the last one ended."""

from copy import deepcopy

import numpy as np

from kantools.errors import SettingError
from kantools.network import KAN

__all__ = ["gone_on_with", "refuse_other_classes"]

REMEDY = "Set warm_start=False, or fit a clone."


def gone_on_with(learned: KAN, fresh: KAN) -> KAN:
    """A copy of the network that was learned.

    Raises
    ------
    SettingError
        Where settings or data ask for a network of another shape, that of the fresh one.
    """
    if _shape(learned) != _shape(fresh):
        raise SettingError(
            "warm_start goes on with the network that was learned, "
            f"{_in_words(learned)}; got settings and data for {_in_words(fresh)}. {REMEDY}"
        )
    return deepcopy(learned)


def refuse_other_classes(classes: np.ndarray, learned: np.ndarray) -> None:
    """Raise where a classifier that goes on is given other classes."""
    if list(learned) != list(classes):
        raise SettingError(
            f"warm_start goes on with the classes that were learned, {learned.tolist()}; "
            f"got {classes.tolist()}. {REMEDY}"
        )


def _shape(network: KAN) -> tuple[object, ...]:
    return network.width, [(type(layer.basis), layer.basis.functions) for layer in network.kan_layers()]


def _in_words(network: KAN) -> str:
    bases = ", ".join(f"{x.basis.functions} {type(x.basis).__name__}" for x in network.kan_layers())
    return f"of width {network.width} with layers of {bases}"
