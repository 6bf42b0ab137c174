"""A network as an ONNX model gives what the network gives, whatever the basis."""

import json

import numpy as np
import pytest
import torch

from benchmarks.exporters import network_difference
from kantools.bases import BASES
from kantools.errors import SettingError
from kantools.network import KAN, predict
from kantools.network.onnx import to_onnx


def needed() -> None:
    for package in ("onnx", "onnxscript", "onnxruntime"):
        pytest.importorskip(package)


@pytest.mark.parametrize(
    "basis", ["bspline", *(pytest.param(b, marks=pytest.mark.slow) for b in BASES if b != "bspline")]
)
def test_the_model_computes_the_network(basis: str) -> None:
    needed()
    assert network_difference(basis) < 1e-13


def test_single_precision_skips_and_one_row() -> None:
    needed()
    from onnxruntime import InferenceSession

    network = KAN([2, 2, 1], basis="chebyshev", skip=True, dtype=torch.float32, seed=3)
    network.train()
    model = InferenceSession(to_onnx(network, ["a", "β"]), providers=["CPUExecutionProvider"])
    assert network.training
    X = np.random.default_rng(0).uniform(-1, 1, (5, 2)).astype(np.float32)
    for rows in (X, X[:1]):
        np.testing.assert_allclose(model.run(None, {"X": rows})[0][:, 0], predict(network, rows), atol=1e-5)
    about = model.get_modelmeta()
    assert json.loads(about.custom_metadata_map["columns"]) == ["a", "β"]
    assert about.producer_name == "kantools"


def test_without_the_packages_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kantools.network.onnx.find_spec", lambda name: None)
    with pytest.raises(SettingError, match=r"onnx and onnxscript, .*pip install \"kantools\[onnx\]\""):
        to_onnx(KAN([1, 1]))
