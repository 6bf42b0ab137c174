"""From a fitted estimator to a file and back."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from sklearn.base import is_classifier

from kantools.estimators.model_file import (
    ModelFileError,
    SavedModel,
    noticing_damage,
    read_model,
    write_model,
)
from kantools.estimators.several_saved import several_in, several_out
from kantools.symbolic.primitive import PRIMITIVES, Primitive

if TYPE_CHECKING:
    from kantools.estimators.symbolic import SymbolicRegressor

__all__ = ["load_regressor", "save_regressor", "settings_of"]

E = TypeVar("E")


def save_regressor(model: "SymbolicRegressor", path: str | Path) -> None:
    """Write a fitted :class:`~kantools.estimators.symbolic.SymbolicRegressor`."""
    if hasattr(model, "models_"):
        write_model(several_out(model, settings_of(model), names_of(model)), path)
        return
    found = model.discovery_
    saved = SavedModel(
        kind=type(model).__name__,
        settings=settings_of(model),
        fitted={**names_of(model), "units": model.units_, "seconds": found.seconds, "stopped": found.stopped},
        formulas=tuple(found.front),
        chosen=found.chosen,
        network=network_out(found.network),
        activations=found.activations,
    )
    write_model(saved, path)


def load_regressor(cls: "type[SymbolicRegressor]", path: str | Path) -> "SymbolicRegressor":
    """Read a fitted :class:`~kantools.SymbolicRegressor`; the steps of its search are not kept."""
    from kantools.discovery import Discovery

    saved = read_model(path)
    model = restored(cls, saved, path)
    if saved.chosen is None:
        raise ModelFileError(f"{Path(path).name} holds no formula. Save the model again.")
    with noticing_damage(path):
        if any(len(f.columns) != model.n_features_in_ for f in (*saved.formulas, saved.chosen)):
            raise ValueError("its formulas have other columns than the model")
        if "targets" in saved.fitted:
            return several_in(model, saved)
        model.units_ = dict(saved.fitted.get("units", {}))
        model.discovery_ = Discovery(
            front=saved.formulas,
            chosen=saved.chosen,
            network=network_in(saved.network),
            activations=saved.activations,
            steps=(),
            seconds=float(saved.fitted.get("seconds", np.nan)),
            stopped=str(saved.fitted.get("stopped", "")),
        )
    return model


def restored(cls: type[E], saved: SavedModel, path: str | Path) -> E:
    """An estimator of this class with the saved settings and the names of its inputs."""
    if saved.kind != cls.__name__:
        raise ModelFileError(f"{Path(path).name} holds a {saved.kind}; load it with {saved.kind}.load.")
    with noticing_damage(path):
        model: Any = cls(**saved.settings)
        model.n_features_in_ = int(saved.fitted["inputs"])
        names = saved.fitted["names"]
        if names is not None:
            if len(names) != model.n_features_in_:
                raise ValueError(f"{len(names)} names for {model.n_features_in_} inputs")
            model.feature_names_in_ = np.array(names, dtype=object)
    return model


def settings_of(model: Any) -> dict[str, Any]:
    """The constructor arguments as a file can hold them: generators and callables are left out."""
    settings = {k: _portable(v) for k, v in model.get_params(deep=False).items() if not callable(v)}
    return {k: v for k, v in settings.items() if not isinstance(v, np.random.RandomState)}


def _portable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_portable(v) for v in value]
    if isinstance(value, Mapping):
        return {_portable(k): _portable(v) for k, v in value.items()}
    if isinstance(value, Primitive):
        return value.name if PRIMITIVES.get(value.name) == value else value
    return getattr(value, "name", value)


def names_of(model: Any) -> dict[str, Any]:
    """The number of inputs, and their names where the data had names."""
    names = getattr(model, "feature_names_in_", None)
    return {"inputs": model.n_features_in_, "names": None if names is None else [str(n) for n in names]}


def network_out(network: Any) -> Mapping[str, Any] | None:
    if network is None:
        return None
    from kantools.network.store import to_dict

    return to_dict(network, arrays=True)


def network_in(content: Mapping[str, Any] | None) -> Any:
    if content is None:
        return None
    from kantools.network.store import from_dict

    return from_dict(content)


def uncertainty_out(found: Any) -> Mapping[str, Any] | None:
    """Of the square matrix the lower triangle, row by row."""
    if found is None:
        return None
    root = found.root[np.tril_indices(len(found.root))]
    return {"root": root, "deviation": found.deviation, "freedom": found.freedom, "scores": found.scores}


def uncertainty_in(content: Mapping[str, Any] | None, network: Any) -> Any:
    """None in a file of before there were prediction intervals."""
    if content is None:
        return None
    from kantools.training.model import plan
    from kantools.training.uncertainty import Uncertainty

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


def save_network(model: Any, path: str | Path) -> None:
    """Write a fitted estimator of :mod:`kantools.estimators.network`."""
    classes = getattr(model, "classes_", None)
    saved = SavedModel(
        kind=type(model).__name__,
        settings=settings_of(model),
        fitted={
            **names_of(model),
            "classes": None if classes is None else _labels(classes),
            "outputs": getattr(model, "target_names_", None),
            "uncertainty": uncertainty_out(getattr(model, "uncertainty_", None)),
        },
        network=network_out(model.network_),
        activations=model.activations_,
    )
    write_model(saved, path)


def _labels(classes: np.ndarray) -> list[Any]:
    labels = classes.tolist()
    if not all(isinstance(label, bool | int | float | str) for label in labels):
        raise ModelFileError(
            "Class labels in a file are numbers, strings or booleans; got others. Rename them."
        )
    return labels


def load_network(cls: type[E], path: str | Path) -> E:
    """Read a fitted estimator of :mod:`kantools.estimators.network`."""
    saved = read_model(path)
    model: Any = restored(cls, saved, path)
    if saved.network is None:
        raise ModelFileError(f"{Path(path).name} holds no network. Save the model again.")
    with noticing_damage(path):
        model.network_, model.activations_ = network_in(saved.network), saved.activations
        if model.network_.inputs != model.n_features_in_:
            raise ValueError(f"the network has {model.network_.inputs} inputs, not {model.n_features_in_}")
        classes = saved.fitted.get("classes")
        if classes is not None and len(classes) != model.network_.outputs:
            raise ValueError(f"{len(classes)} classes for {model.network_.outputs} outputs")
        if classes is not None:
            model.classes_ = np.array(classes)
        outputs = saved.fitted.get("outputs")  # not in older files
        if outputs is not None and len(outputs) != model.network_.outputs:
            raise ValueError(f"{len(outputs)} names for {model.network_.outputs} outputs")
        if outputs is not None:
            model.target_names_ = tuple(outputs)
        if not is_classifier(model):
            model.uncertainty_ = uncertainty_in(saved.fitted.get("uncertainty"), model.network_)
    return model
