"""ONNX: onnxruntime executes the model on the processor."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product

__all__ = ["ONNX"]


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    from onnxruntime import InferenceSession

    sessions = (InferenceSession(p.content, providers=["CPUExecutionProvider"]) for p in products)
    return [session.run(None, {"X": p.X})[0] for session, p in zip(sessions, products, strict=True)]


ONNX = Language("onnx", run, packages=("onnx", "onnxruntime"))
