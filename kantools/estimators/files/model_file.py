"""A model as a file: formulas, numbers and names, and nothing that could run.

A saved model is the formulas of the front with their constants and errors, the learned network and its
activations as arrays, and the settings it was found with. Formulas are text in a grammar of their own
(:mod:`kantools.symbolic.written.parse`), numbers come back bit for bit
(:mod:`kantools.estimators.files.container`), and what a file says is checked against a schema before
anything is made of it. A file is written whole or not at all; its format is described in
``docs/model-file.md``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from sklearn.base import BaseEstimator

from kantools.activation import Activations
from kantools.estimators.files.container import AGAIN, ModelFileError, pack, together, unpack
from kantools.estimators.files.encoding import (
    activations_in,
    activations_out,
    expect,
    formula_in,
    formula_out,
    from_json,
    to_json,
)
from kantools.estimators.inputs import Inputs, give_inputs
from kantools.symbolic.formula import Formula
from kantools.symbolic.primitive import PRIMITIVES, Primitive
from kantools.writing import write_atomically

__all__ = [
    "ModelFileError",
    "SavedModel",
    "inputs_in",
    "inputs_out",
    "noticing_damage",
    "read_model",
    "restored",
    "settings_of",
    "write_model",
]

E = TypeVar("E", bound=BaseEstimator)

#: What reading a file that makes no sense can end in.
DAMAGE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError, MemoryError)


@dataclass(frozen=True)
class SavedModel:
    """What a file holds.

    Attributes
    ----------
    kind : str
        The estimator it belongs to.
    settings : mapping
        The estimator's constructor arguments.
    fitted : mapping
        What else the estimator has to know: names of the columns, seconds taken, …
    formulas : tuple of Formula
        The front, by rising complexity.
    chosen : Formula or None
        The one of them that was chosen.
    rivals : tuple of Formula
        What the data cannot tell from that, on the front or not.
    network : mapping or None
        The network as :mod:`kantools.network.store` writes it, with arrays.
    activations : Activations or None
    """

    kind: str
    settings: Mapping[str, Any]
    fitted: Mapping[str, Any] = field(default_factory=dict)
    formulas: tuple[Formula, ...] = ()
    chosen: Formula | None = None
    rivals: tuple[Formula, ...] = ()
    network: Mapping[str, Any] | None = None
    activations: Activations | None = None


def write_model(model: SavedModel, path: str | Path) -> None:
    """Write a model; an existing file is replaced once the new one is complete.

    Raises
    ------
    WriteError
        If the file cannot be written; the message names the folder.
    """
    places = {formula: place for place, formula in enumerate(model.formulas)}
    content = {
        "kind": model.kind,
        "settings": to_json(model.settings),
        "fitted": to_json(model.fitted),
        "formulas": [to_json(formula_out(f)) for f in model.formulas],
        "chosen": None if model.chosen is None else _placed(model.chosen, places),
        "rivals": [_placed(f, places) for f in model.rivals],
        "network": model.network,
        "activations": None if model.activations is None else to_json(activations_out(model.activations)),
    }
    write_atomically(Path(path), pack(content))


def _placed(formula: Formula, places: Mapping[Formula, int]) -> Any:
    """Its place on the front, or itself where it is not there."""
    return places[formula] if formula in places else to_json(formula_out(formula))


def read_model(path: str | Path) -> SavedModel:
    """Read a model of this version or an earlier one.

    Raises
    ------
    ModelFileError
        For a missing, damaged, foreign or newer file; the message says which.
    """
    path = Path(path)
    version, content, tensors = unpack(path)
    with noticing_damage(path):
        if version > 1:
            check(content)
            content = together(content, tensors)
        if tensors:
            raise ValueError(f"nothing refers to the tensor {min(tensors)[:40]}")
        return _model(content)


def _model(content: Mapping[str, Any]) -> SavedModel:
    formulas = tuple(formula_in(f) for f in expect(list, content["formulas"]))
    chosen = content["chosen"]
    network, activations = content["network"], content["activations"]
    return SavedModel(
        kind=expect(str, content["kind"]),
        settings=from_json(expect(dict, content["settings"])),
        fitted=from_json(expect(dict, content["fitted"])),
        formulas=formulas,
        chosen=None if chosen is None else _found_at(chosen, formulas),
        rivals=tuple(_found_at(f, formulas) for f in expect(list, content.get("rivals", []))),
        network=None if network is None else expect(dict, network),
        activations=None if activations is None else activations_in(activations),
    )


def _found_at(stored: Any, formulas: Sequence[Formula]) -> Formula:
    """The inverse of :func:`_placed`."""
    return formulas[stored] if isinstance(stored, int) else formula_in(stored)


def settings_of(model: BaseEstimator) -> dict[str, Any]:
    """An estimator's parameters as a file can hold them: generators and callables are left out."""
    settings = {k: _portable(v) for k, v in model.get_params(deep=False).items() if not callable(v)}
    return {k: v for k, v in settings.items() if not isinstance(v, np.random.RandomState)}


def _portable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_portable(v) for v in value]
    if isinstance(value, Mapping):
        return {_portable(k): _portable(v) for k, v in value.items()}
    if value is ...:
        return "..."
    if hasattr(value, "written"):  # a hypothesis, whose room is not imported for this
        return value.written()
    if isinstance(value, Primitive):
        return value.name if PRIMITIVES.get(value.name) == value else value
    return getattr(value, "name", value)


def inputs_out(inputs: Inputs) -> dict[str, Any]:
    """The inputs as a part of what is fitted."""
    return {"inputs": inputs.number, "names": None if inputs.names is None else [*map(str, inputs.names)]}


def inputs_in(fitted: Mapping[str, Any]) -> Inputs:
    """The inverse of :func:`inputs_out`."""
    number, names = int(fitted["inputs"]), fitted["names"]
    if names is not None and len(names) != number:
        raise ValueError(f"{len(names)} names for {number} inputs")
    return Inputs(number, None if names is None else tuple(names))


def restored(cls: type[E], saved: SavedModel, path: str | Path) -> E:
    """An estimator of this class with the saved settings and inputs; what it has learned is to follow."""
    if saved.kind != cls.__name__:
        raise ModelFileError(f"{Path(path).name} holds a {saved.kind}; load it with {saved.kind}.load.")
    with noticing_damage(path):
        model = cls(**saved.settings)
        give_inputs(model, inputs_in(saved.fitted))
    return model


@contextmanager
def noticing_damage(path: str | Path) -> Iterator[None]:
    """Turn the errors of making something of a file into one that names it."""
    try:
        yield
    except ModelFileError:
        raise
    except DAMAGE as error:
        why = f"{type(error).__name__}: {error}"
        raise ModelFileError(f"{Path(path).name} is damaged ({why[:300]}). {AGAIN}") from error


def check(content: object) -> None:
    """Raise ValueError where the content breaks the schema."""
    error = best_match(_validator().iter_errors(content))
    if error is not None:
        raise ValueError(f"{error.json_path}: {error.message[:200]}")


@cache
def _validator() -> Draft202012Validator:
    text = files("kantools.estimators.files").joinpath("model_file.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))
