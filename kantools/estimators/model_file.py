"""A model as a file: JSON that holds formulas, numbers and nothing that could run.

A saved model is the formulas of the front with their constants and errors, the learned network and its
activations as numbers, and the settings it was found with. Formulas are nested lists
(:mod:`kantools.symbolic.tree`) and floats come back bit for bit. A file is written whole or not at all.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kantools.activation import Activations
from kantools.errors import UserError
from kantools.estimators.encoding import (
    activations_in,
    activations_out,
    expect,
    formula_in,
    formula_out,
    from_json,
    to_json,
)
from kantools.symbolic.formula import Formula

__all__ = [
    "FORMAT",
    "VERSION",
    "ModelFileError",
    "SavedModel",
    "read_model",
    "write_atomically",
    "write_model",
]

FORMAT, VERSION = "kantools model", 1


class ModelFileError(UserError):
    """A file that is no model, or a damaged one, or one of a newer kantools."""


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
    network : mapping or None
        The network as :mod:`kantools.network.store` writes it.
    activations : Activations or None
    """

    kind: str
    settings: Mapping[str, Any]
    fitted: Mapping[str, Any] = field(default_factory=dict)
    formulas: tuple[Formula, ...] = ()
    chosen: Formula | None = None
    network: Mapping[str, Any] | None = None
    activations: Activations | None = None


def write_model(model: SavedModel, path: str | Path) -> None:
    """Write a model; an existing file is replaced once the new one is complete."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "kind": model.kind,
        "settings": dict(model.settings),
        "fitted": dict(model.fitted),
        "formulas": [formula_out(f) for f in model.formulas],
        "chosen": None if model.chosen is None else formula_out(model.chosen),
        "network": model.network,
        "activations": None if model.activations is None else activations_out(model.activations),
    }
    text = json.dumps(to_json(content), allow_nan=False, ensure_ascii=False, indent=1)
    write_atomically(Path(path), text + "\n")


def write_atomically(path: Path, text: str) -> None:
    """Write a text file under another name in the same folder, then rename it: whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def read_model(path: str | Path) -> SavedModel:
    """Read a model.

    Raises
    ------
    ModelFileError
        For a missing, damaged, foreign or newer file; the message says which.
    """
    path = Path(path)
    content = _content(path)
    try:
        return SavedModel(
            kind=expect(str, content["kind"]),
            settings=from_json(expect(dict, content["settings"])),
            fitted=from_json(expect(dict, content["fitted"])),
            formulas=tuple(formula_in(f) for f in expect(list, content["formulas"])),
            chosen=None if content["chosen"] is None else formula_in(content["chosen"]),
            network=from_json(content["network"]),
            activations=None if content["activations"] is None else activations_in(content["activations"]),
        )
    except (KeyError, IndexError, TypeError, ValueError, RecursionError) as error:
        raise ModelFileError(
            f"{path.name} is damaged ({type(error).__name__}: {error}). Save the model again."
        ) from error


def _content(path: Path) -> dict[str, Any]:
    """The JSON of a file, once it is known to be a model this version can read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelFileError(
            f'A model is a file that `save` or `fit --out` wrote; cannot open "{path}" ({error.strerror}).'
        ) from None
    except (ValueError, RecursionError) as error:
        raise ModelFileError(
            f"{path.name} is no model, or a truncated one: it is not JSON ({error}). Save the model again."
        ) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ModelFileError(f'{path.name} is no model of kantools: it does not say "format": "{FORMAT}".')
    version = content.get("version")
    if type(version) is not int or version > VERSION:
        raise ModelFileError(
            f"{path.name} was written by a newer kantools (file version {version}; this one reads up to "
            f"{VERSION}). Upgrade kantools."
        )
    return content
