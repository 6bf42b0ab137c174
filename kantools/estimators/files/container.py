"""The bytes of a model file: safetensors, with everything that is no array as JSON in its header.

A file has one entry of metadata, ``kantools model``: a JSON text of ``version``, ``sha256`` and ``content``.
An array of the content stands in it as ``{"tensor": "name"}``, its numbers in the tensor of that name. The
checksum is that of the content and of all tensors, so that no damage goes unnoticed; it protects from
accidents and not from people, and reading is as careful after it as before.

Files of version 1 are JSON throughout, without a checksum.

Source of the format: https://github.com/huggingface/safetensors#format
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from kantools.errors import UserError

__all__ = [
    "AGAIN",
    "FORMAT",
    "VERSION",
    "ModelFileError",
    "apart",
    "checksum",
    "pack",
    "refuse_absent",
    "together",
    "unpack",
]

FORMAT, VERSION = "kantools model", 2
#: The length of the header that every file of safetensors begins with.
PREFIX = 8
AGAIN = "Save the model again."


class ModelFileError(UserError):
    """A file that is no model, or a damaged one, or one of a newer kantools."""


def pack(content: Mapping[str, Any]) -> bytes:
    """The bytes of a file with this content; the same for the same content.

    Parameters
    ----------
    content : mapping
        Of JSON's types and, at any depth, numpy arrays of numbers or booleans.
    """
    tensors: dict[str, np.ndarray] = {}
    return sealed(apart(content, "", tensors), tensors)


def sealed(plain: Any, tensors: Mapping[str, np.ndarray]) -> bytes:
    """The bytes of a file with this JSON and these tensors, with their checksum."""
    head = {"version": VERSION, "sha256": checksum(plain, tensors), "content": plain}
    return save(dict(tensors), {FORMAT: _text(head)})


def _text(head: Any) -> str:
    """As JSON, in which names are names in every language, but not half a character."""
    text = json.dumps(head, allow_nan=False, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ModelFileError(
            f"Names in a model file are Unicode text; got one with {error.object[error.start]!r}. Rename it."
        ) from None
    return text


def apart(value: Any, name: str, tensors: dict[str, np.ndarray]) -> Any:
    """The value with names in the place of arrays, which are collected."""
    if isinstance(value, np.ndarray):
        tensors[name] = np.ascontiguousarray(value)
        return {"tensor": name}
    if isinstance(value, Mapping):
        return {k: apart(v, f"{name}.{k}".strip("."), tensors) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [apart(v, f"{name}.{i}", tensors) for i, v in enumerate(value)]
    return value


def together(value: Any, tensors: dict[str, np.ndarray]) -> Any:
    """The inverse of :func:`apart`; every array is taken once."""
    if isinstance(value, dict):
        if value.keys() == {"tensor"}:
            return tensors.pop(value["tensor"])
        return {k: together(v, tensors) for k, v in value.items()}
    return [together(v, tensors) for v in value] if isinstance(value, list) else value


def checksum(content: Any, tensors: Mapping[str, np.ndarray]) -> str:
    """SHA-256 of the content and of all tensors with their names, types and shapes."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    total = sha256(text.encode())
    for name, array in sorted(tensors.items()):
        total.update(json.dumps([name, array.dtype.name, array.shape]).encode())
        total.update(array.astype(array.dtype.newbyteorder("<")).tobytes())
    return total.hexdigest()


def unpack(path: Path) -> tuple[int, dict[str, Any], dict[str, np.ndarray]]:
    """Version, content and tensors of a file.

    Raises
    ------
    ModelFileError
        If it cannot be opened, is no model, is damaged, or of a newer version.
    """
    refuse_absent(path)
    try:
        with path.open("rb") as file:
            start = file.read(PREFIX + 1)
        return _read_tensors(path) if start[PREFIX:] == b"{" else _read_json(path)
    except OSError as error:
        raise _cannot_open(path, error.strerror) from None


def refuse_absent(path: Path) -> None:
    """Raise :class:`ModelFileError` where there is no file."""
    if not path.is_file():
        raise _cannot_open(path, "it is no file" if path.exists() else "it is not there")


def _cannot_open(path: Path, why: str | None) -> ModelFileError:
    return ModelFileError(
        f'A model is a file that `save` or `fit --out` wrote; cannot open "{path}" ({why}).'
    )


def _read_json(path: Path) -> tuple[int, dict[str, Any], dict[str, np.ndarray]]:
    """A file of version 1."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise ModelFileError(f"{path.name} is no model, or a truncated one ({error}). {AGAIN}") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        _foreign(path)
    return _version(content, path, most=1), content, {}


def _read_tensors(path: Path) -> tuple[int, dict[str, Any], dict[str, np.ndarray]]:
    try:
        with safe_open(path, framework="numpy") as file:
            told = file.metadata() or {}
            if FORMAT not in told:
                _foreign(path)
            head = json.loads(told[FORMAT], object_pairs_hook=_once)
            _text(head)
            version = _version(head, path, most=VERSION)
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        content, intact = head["content"], head["sha256"] == checksum(head["content"], tensors)
    except (SafetensorError, ValueError, TypeError, KeyError, RecursionError) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError(f"{path.name} is no model, or a damaged one ({error}). {AGAIN}") from None
    if not intact:
        raise ModelFileError(f"{path.name} is damaged: its checksum does not fit its content. {AGAIN}")
    return version, content, tensors


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no name stands twice."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return entries


def _foreign(path: Path) -> NoReturn:
    raise ModelFileError(
        f'{path.name} is no model of kantools: it does not say "{FORMAT}". Give a file that `save` or '
        "`fit --out` wrote."
    )


def _version(head: Any, path: Path, most: int) -> int:
    version = head.get("version") if isinstance(head, dict) else None
    if type(version) is not int or version < 1:
        raise ModelFileError(f"{path.name} is damaged: {str(version)[:40]} is no version of a file. {AGAIN}")
    if version > most:
        raise ModelFileError(
            f"{path.name} was written by a newer kantools (file version {version}; this one reads up to "
            f"{VERSION}). Upgrade kantools."
        )
    return version
