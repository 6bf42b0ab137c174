"""Julia: every file is a module of its own."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product, called, execute, numbers

__all__ = ["JULIA"]


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    parts = []
    for i, p in enumerate(products):
        rows = ", ".join(str(tuple(row)) for row in p.X.tolist())
        name = called(r"^function (\w+)", p.text)
        parts.append(f"module Law{i}\n{p.text}\nfor row in ({rows},); println({name}(row...)); end\nend\n")
    (folder / "all.jl").write_text("".join(parts), encoding="utf-8")
    return numbers(execute("julia", "--startup-file=no", "all.jl", cwd=folder), products)


JULIA = Language("julia", run, ("julia",), version=("julia", "--version"))
