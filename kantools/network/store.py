"""A network as a plain dictionary of numbers, lists and names, and back, to the last bit.

Nothing that is executed is stored: a file with such a dictionary, as JSON, is safe to read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import product
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kantools.bases import BASES, Basis
from kantools.network.dropout import rate
from kantools.network.fixed import affine_key, fixed
from kantools.network.kan import KAN, read_width
from kantools.network.layer import KANLayer
from kantools.network.nodes import Nodes

__all__ = ["from_dict", "to_dict"]

FORMAT = "kantools.network"
VERSION = 1
#: The largest option of a basis, such as its intervals.
MOST = 10_000


def to_dict(network: KAN, *, arrays: bool = False) -> dict[str, Any]:
    """The network as a dictionary that JSON can hold, or, with ``arrays``, with numpy arrays in it.

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
        "layers": [
            _layer_to_dict(layer, as_array if arrays else Tensor.tolist) for layer in network.kan_layers()
        ],
    }


def as_array(tensor: Tensor) -> np.ndarray:
    """In the type of the tensor; numpy has none as short as bfloat16.

    >>> as_array(torch.ones(2, dtype=torch.bfloat16)).dtype
    dtype('float32')
    """
    tensor = tensor.detach().cpu()
    return (tensor.float() if tensor.dtype is torch.bfloat16 else tensor).numpy()


def _layer_to_dict(layer: KANLayer, numbers: Callable[[Tensor], Any]) -> dict[str, Any]:
    return {
        "basis": {"name": layer.basis.name, **asdict(layer.basis)},
        "knots": numbers(layer.knots),
        "mask": numbers(layer.mask.int()),
        "weight": numbers(layer.weight.detach()),
        "form": None if layer.form is None else numbers(layer.form.detach()),
        "dropout": layer.dropout,
        "affine": {key: numbers(value.detach()) for key, value in layer.affine.items()},
        "fixed": [[i, j, name] for (i, j), name in sorted(layer.fixed.items())],
    }


def from_dict(stored: Mapping[str, Any]) -> KAN:
    """The network that `to_dict` has stored.

    Raises
    ------
    ValueError
        If the dictionary is not one of a network, is of a newer version, or does not fit together.

    Examples
    --------
    >>> network = KAN([2, [1, 1], 1], basis="rbf")
    >>> from_dict(to_dict(network)).width == network.width
    True
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
    dtype = getattr(torch, stored["dtype"])
    parts = [_arrays(part, dtype) for part in stored["layers"]]
    _check_shapes(stored, parts)  # before anything is made of the size that the file claims
    network = KAN(
        stored["width"],
        basis=PLAIN,
        residual=stored["residual"],
        arity=stored["arity"],
        dtype=dtype,
    )
    network.placed = bool(stored["placed"])
    for number, (layer, part) in enumerate(zip(network.kan_layers(), parts, strict=True)):
        _fill(layer, part, number)
    return network


#: What the layers have before they get what the file says.
PLAIN = BASES["bspline"](degree=1, intervals=1)


def _arrays(stored: Mapping[str, Any], dtype: torch.dtype) -> dict[str, Any]:
    """A layer's part of the dictionary, with tensors and its basis."""
    tensors = {key: torch.tensor(stored[key], dtype=dtype) for key in ("knots", "mask", "weight")}
    form = stored.get("form")
    affine = {key: torch.tensor(value, dtype=dtype) for key, value in stored.get("affine", {}).items()}
    return {
        **stored,
        **tensors,
        "basis": _basis(stored["basis"]),
        "form": None if form is None else torch.tensor(form, dtype=dtype),
        "affine": affine,
    }


def _basis(stored: Mapping[str, Any]) -> Any:
    options = {k: v for k, v in stored.items() if k != "name"}
    large = {k: v for k, v in options.items() if not 0 <= v <= MOST}
    if large:
        raise ValueError(f"The options of a basis are numbers from 0 to {MOST}, not {large}.")
    return BASES[stored["name"]](**options)


def _check_shapes(stored: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> None:
    nodes = read_width(stored["width"], stored["arity"])
    if len(parts) != len(nodes):
        raise ValueError(f"A network of width {stored['width']} has {len(nodes)} layers, not {len(parts)}.")
    sources = [Nodes.read(stored["width"][0]).count, *(n.count for n in nodes)]
    for number, (inputs, node, part) in enumerate(zip(sources, nodes, parts, strict=False)):
        for key, shape in _shapes(part["basis"], inputs, node.subnodes).items():
            if tuple(part[key].shape) != shape:
                raise ValueError(
                    f"{key} of layer {number} must have the shape {shape}, not {tuple(part[key].shape)}."
                )
        if not part["knots"].isfinite().all() or (part["knots"].diff() < 0).any():
            raise ValueError(f"The knots of layer {number} must be finite and increase.")


def _shapes(basis: Basis, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    one = torch.ones(1, dtype=torch.float64)
    return {
        "mask": (inputs, outputs),
        "weight": (inputs, basis.functions + 1, outputs),
        "knots": (inputs, basis.uniform(-one, one).shape[1]),
    }


def _fill(layer: KANLayer, part: Mapping[str, Any], number: int) -> None:
    layer.basis = part["basis"]
    layer.knots, layer.mask = part["knots"], part["mask"].bool()
    layer.weight = torch.nn.Parameter(part["weight"])
    layer.dropout = rate(part.get("dropout", 0.0))
    layer.form = _form(layer, part["form"], number)
    layer.fixed = {(i, j): _function(name) for i, j, name in part["fixed"]}
    edges = set(product(range(layer.in_features), range(layer.out_features)))
    if not layer.fixed.keys() <= edges or not part["affine"].keys() <= {affine_key(*e) for e in layer.fixed}:
        raise ValueError(f"Layer {number} has functions on edges that it does not have.")
    for key, numbers in part["affine"].items():
        if numbers.shape != (4,):
            raise ValueError(f"A function of layer {number} has {numbers.numel()} numbers around it, not 4.")
        layer.affine[key] = torch.nn.Parameter(numbers)


def _function(name: str) -> str:
    fixed(name)
    return name


def _form(layer: KANLayer, form: Tensor | None, number: int) -> torch.nn.Parameter | None:
    expected = layer.basis.form(layer.in_features)
    if expected is None and form is None:
        return None
    if expected is None or form is None or form.shape[1:] != expected.shape[1:]:
        raise ValueError(f"form of layer {number} does not fit its basis, {layer.basis}.")
    return torch.nn.Parameter(form)
