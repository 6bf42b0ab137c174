"""A network as a plain dictionary of numbers, lists and names, and back, to the last bit.

Nothing that is executed is stored: a file with such a dictionary, as JSON, is safe to read.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import torch

from kantools.bases import BASES
from kantools.network.layer import KANLayer
from kantools.network.network import KAN

__all__ = ["from_dict", "to_dict"]

FORMAT = "kantools.network"
VERSION = 1


def to_dict(network: KAN) -> dict[str, Any]:
    """The network as a dictionary that JSON can hold.

    >>> import json
    >>> network = from_dict(json.loads(json.dumps(to_dict(KAN([2, [3, 1], 1])))))
    >>> network.width
    [[2, 0], [3, 1], [1, 0]]
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "width": network.width,
        "arity": [list(n.arities) for n in network.nodes],
        "residual": network.residual,
        "placed": network.placed,
        "dtype": str(network.kan_layers()[0].weight.dtype).removeprefix("torch."),
        "layers": [_layer_to_dict(layer) for layer in network.kan_layers()],
    }


def _layer_to_dict(layer: KANLayer) -> dict[str, Any]:
    return {
        "basis": {"name": layer.basis.name, **asdict(layer.basis)},
        "knots": layer.knots.tolist(),
        "mask": layer.mask.int().tolist(),
        "weight": layer.weight.detach().tolist(),
        "form": None if layer.form is None else layer.form.tolist(),
        "dropout": layer.dropout,
        "affine": {key: value.tolist() for key, value in layer.affine.items()},
        "fixed": [[i, j, name] for (i, j), name in sorted(layer.fixed.items())],
    }


def from_dict(stored: Mapping[str, Any]) -> KAN:
    """The network that `to_dict` has stored.

    Raises
    ------
    ValueError
        If the dictionary is not one of a network, is of a newer version, or does not fit together.
    """
    if stored.get("format") != FORMAT:
        raise ValueError(f'A stored network says "format": "{FORMAT}", not {stored.get("format")!r}.')
    if stored.get("version") != VERSION:
        raise ValueError(
            f"This kantools reads version {VERSION}, not {stored.get('version')!r}; update kantools."
        )
    try:
        return _read(stored)
    except KeyError as error:
        raise ValueError(f"The stored network lacks {error}; was the file cut or edited?") from error
    except (TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"The stored network is malformed: {error}") from error


def _read(stored: Mapping[str, Any]) -> KAN:
    network = KAN(
        stored["width"],
        basis=[_basis(layer["basis"]) for layer in stored["layers"]],
        residual=stored["residual"],
        arity=stored["arity"],
        dtype=getattr(torch, stored["dtype"]),
    )
    network.placed = bool(stored["placed"])
    layers = network.kan_layers()
    for number, (layer, part) in enumerate(zip(layers, stored["layers"], strict=True)):
        _fill(layer, part, number)
    return network


def _basis(stored: Mapping[str, Any]) -> Any:
    options = {k: v for k, v in stored.items() if k != "name"}
    return BASES[stored["name"]](**options)


def _fill(layer: KANLayer, stored: Mapping[str, Any], number: int) -> None:
    layer.basis = _basis(stored["basis"])
    dtype = layer.weight.dtype
    shapes = {
        "knots": (layer.in_features, layer.knots.shape[1]),
        "mask": (layer.in_features, layer.out_features),
        "weight": (layer.in_features, layer.basis.functions + 1, layer.out_features),
    }
    read = {key: torch.tensor(stored[key], dtype=dtype) for key in shapes}
    for key, shape in shapes.items():
        if key != "knots" and tuple(read[key].shape) != shape:
            raise ValueError(
                f"{key} of layer {number} must have the shape {shape}, not {tuple(read[key].shape)}."
            )
    layer.knots, layer.mask = read["knots"], read["mask"].bool()
    layer.weight = torch.nn.Parameter(read["weight"])
    layer.dropout = float(stored.get("dropout", 0.0))
    for key, numbers in stored.get("affine", {}).items():
        layer.affine[key] = torch.nn.Parameter(torch.tensor(numbers, dtype=dtype))
    _fill_form(layer, stored.get("form"), number)
    layer.fixed = {(int(i), int(j)): str(name) for i, j, name in stored["fixed"]}


def _fill_form(layer: KANLayer, stored: Any, number: int) -> None:
    form = None if stored is None else torch.tensor(stored, dtype=layer.weight.dtype)
    if layer.form is not None and form is not None and form.shape[1:] == layer.form.shape[1:]:
        layer.form = torch.nn.Parameter(form)
    elif layer.form is not None or form is not None:
        raise ValueError(f"form of layer {number} does not fit its basis, {layer.basis}.")
