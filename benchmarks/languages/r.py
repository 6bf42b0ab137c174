"""R: every file is sourced into an environment of its own and called with whole columns."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product, called, execute, numbers, write_rows

__all__ = ["R"]

CALL = """local({{
source("law_{i}.R", local = TRUE, encoding = "UTF-8")
X_ <- unname(as.list(read.table("rows_{i}")))
value_ <- suppressWarnings(do.call({name}, X_))
cat(sprintf("%.17g\\n", rep_len(value_, length(X_[[1]]))))
}})
"""


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    write_rows(products, folder)
    calls = []
    for i, p in enumerate(products):
        (folder / f"law_{i}.R").write_text(p.text, encoding="utf-8")
        calls.append(CALL.format(i=i, name=called(r"^(\w+) <- function", p.text)))
    (folder / "all.R").write_text("".join(calls))
    return numbers(execute("Rscript", "--vanilla", "all.R", cwd=folder), products)


R = Language("r", run, ("Rscript",), version=("Rscript", "--version"))
