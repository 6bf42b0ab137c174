"""JavaScript: every file in a scope of its own, under strict rules."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product, called, execute, numbers

__all__ = ["JAVASCRIPT"]


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    parts = []
    for p in products:
        name = called(r"^function (\w+)", p.text)
        loop = f"for (const row of {json.dumps(p.X.tolist())}) console.log({name}(...row));"
        parts.append(f'(() => {{\n"use strict";\n{p.text}\n{loop}\n}})();\n')
    (folder / "all.js").write_text("".join(parts))
    return numbers(execute("node", "all.js", cwd=folder), products)


JAVASCRIPT = Language("javascript", run, ("node",), version=("node", "--version"))
