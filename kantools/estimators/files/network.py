"""A trained network as a file and back, and as arrays in a file of formulas."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from kantools.estimators.files.model_file import ModelFileError, SavedModel, inputs_in, inputs_out
from kantools.estimators.inputs import Inputs
from kantools.estimators.trained import Trained
from kantools.network import KAN
from kantools.network.store import from_dict, to_dict
from kantools.training.model import plan
from kantools.training.uncertainty import Uncertainty

__all__ = ["network_out", "trained_in", "trained_out"]


def network_out(network: KAN | None) -> Mapping[str, Any] | None:
    """A network as arrays and names."""
    return None if network is None else to_dict(network, arrays=True)


def trained_out(kind: str, settings: Mapping[str, Any], inputs: Inputs, trained: Trained) -> SavedModel:
    """What is written of a training; arguments as in :func:`kantools.estimators.files.saved.searches_out`."""
    told = {
        "classes": None if trained.classes is None else _labels(trained.classes),
        "outputs": trained.targets,
        "uncertainty": _uncertainty_out(trained.uncertainty),
    }
    network, curves = network_out(trained.network), trained.activations
    return SavedModel(kind, settings, inputs_out(inputs) | told, network=network, activations=curves)


def _labels(classes: np.ndarray) -> list[Any]:
    labels = classes.tolist()
    if not all(isinstance(label, bool | int | float | str) for label in labels):
        raise ModelFileError(
            "Class labels in a file are numbers, strings or booleans; got others. Rename them."
        )
    return labels


def _uncertainty_out(found: Uncertainty | None) -> Mapping[str, Any] | None:
    """Of the square matrix the lower triangle, row by row."""
    if found is None:
        return None
    root = found.root[np.tril_indices(len(found.root))]
    return {"root": root, "deviation": found.deviation, "freedom": found.freedom, "scores": found.scores}


def trained_in(saved: SavedModel) -> Trained:
    """What a file holds of a training; ValueError and the like for one that makes no sense."""
    if saved.network is None or saved.activations is None:
        raise ValueError("it holds no network")
    network, inputs = from_dict(saved.network), inputs_in(saved.fitted)
    if network.inputs != inputs.number:
        raise ValueError(f"the network has {network.inputs} inputs, not {inputs.number}")
    classes, targets = (_of_outputs(saved, name, network) for name in ("classes", "outputs"))
    return Trained(
        network,
        saved.activations,
        inputs.columns,
        targets=None if targets is None else tuple(targets),
        classes=None if classes is None else np.array(classes),
        uncertainty=_uncertainty_in(saved.fitted.get("uncertainty"), network),
    )


def _of_outputs(saved: SavedModel, name: str, network: KAN) -> list[Any] | None:
    """One for each output; None where the file, an older one perhaps, does not tell."""
    values = saved.fitted.get(name)
    if values is not None and len(values) != network.outputs:
        raise ValueError(f"{len(values)} {name} for {network.outputs} outputs")
    return values


def _uncertainty_in(content: Mapping[str, Any] | None, network: KAN) -> Uncertainty | None:
    """None in a file of before there were prediction intervals."""
    if content is None:
        return None
    size = int(plan(network).offsets[-1])
    triangle, scores = (np.array(content[name], dtype=float) for name in ("root", "scores"))
    numbers = float(content["deviation"]), float(content["freedom"])
    if triangle.shape != (size * (size + 1) // 2,) or scores.ndim != 1:
        raise ValueError(f"the uncertainty is not that of {size} coefficients")
    if not all(np.isfinite(part).all() for part in (triangle, scores, numbers)):
        raise ValueError("the uncertainty has numbers that are not finite")
    root = np.zeros((size, size))
    root[np.tril_indices(size)] = triangle
    return Uncertainty(root, *numbers, scores)
