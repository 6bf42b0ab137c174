"""A network as an ONNX model, which runs without torch.

The model takes ``X``, shape (rows, inputs), and gives ``y``, shape (rows, outputs), in the precision of the
network. torch writes down the operations of a forward pass, whatever the basis, product nodes and fixed edges
included; dropout is off.

Needs the packages ``onnx`` and ``onnxscript``: ``pip install kantools[onnx]``.
"""

import json
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import deepcopy
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from io import StringIO
from typing import Any

import torch

from kantools.errors import SettingError
from kantools.network.kan import KAN
from kantools.network.predict import evaluating

__all__ = ["to_onnx"]

#: Of the operators: those of onnx 1.13 (2022).
OPERATORS = 18
ROWS = 7  # of the example that is followed; the model takes any number


def to_onnx(network: KAN, columns: Sequence[str] = ()) -> bytes:
    """The model as the bytes of a file.

    Parameters
    ----------
    network : KAN
    columns : sequence of str
        Names of the inputs, which the model keeps as the entry ``columns`` of its metadata, in JSON.

    Raises
    ------
    SettingError
        Without the packages that write it.
    """
    missing = [name for name in ("onnx", "onnxscript") if find_spec(name) is None]
    if missing:
        raise SettingError(
            f"A network in ONNX needs the package {' and '.join(missing)}, which is not installed. Get it "
            'with `pip install "kantools[onnx]"`.'
        )
    model = _followed(_settled(network))
    model.producer_name, model.producer_version = "kantools", version("kantools")
    model.metadata_props.add(key="columns", value=json.dumps(list(columns), ensure_ascii=False))
    return model.SerializeToString()


def _settled(network: KAN) -> KAN:
    """A copy in which it is known which fixed edges are active: nothing is left to be read from tensors."""
    copy = deepcopy(network)
    for layer in copy.kan_layers():
        active = layer.active_fixed()
        layer.active_fixed = partial(list, active)  # type: ignore[method-assign]
    return copy


@evaluating
def _followed(network: KAN) -> Any:
    weight = network.kan_layers()[0].weight
    example = torch.zeros(ROWS, network.inputs, dtype=weight.dtype, device=weight.device)
    with _quiet():
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            dynamic_shapes=({0: torch.export.Dim("rows")},),
            input_names=["X"],
            output_names=["y"],
            opset_version=OPERATORS,
            verbose=False,
        )
    if program is None:
        raise RuntimeError("torch has written no ONNX model; report this as a flaw of kantools.")
    return program.model_proto


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what the exporter prints about itself."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
