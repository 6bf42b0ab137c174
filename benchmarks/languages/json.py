"""JSON: what it says in sympy's words is evaluated."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sympy

from benchmarks.languages.language import Language, Product
from benchmarks.languages.sympy import evaluated

__all__ = ["JSON"]


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    records = [json.loads(p.text) for p in products]
    return [
        evaluated(sympy.sympify(record["sympy"]), record["columns"], p.X)
        for record, p in zip(records, products, strict=True)
    ]


JSON = Language("json", run, packages=("sympy",))
