"""Do exported formulas compute what the formula computes?

``python -m benchmarks.exporters`` exports two hundred laws (`benchmarks.exported_laws`) to every target, runs
them where the language is on the machine, exports a network on every basis to ONNX, and writes
``docs/exporters.md``.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.agreement import worst_differences
from benchmarks.exported_laws import laws
from benchmarks.languages import LANGUAGES
from benchmarks.page import ROOT, code, how, table
from kantools.symbolic.exporters import EXPORTERS

ROWS = 200

PAGE = """# Exporters

A formula is taken along with `model.export(target, path)` or `kantools export MODEL --to TARGET --out FILE`.
What is written is a function named like the target, with the table's columns as arguments in their order; a
comment says the equation, each argument's unit and range, the constants with their errors, and which version
of kantools wrote it. Names that the language does not allow are changed (`lambda` to `lambda_`, `Δt` to
`Delta_t`) and stand in the comment. Where the formula is not a real number the value is NaN, in a spreadsheet
an error.

```py
model.export("rust")                    # as text
model.export("c", "law.c")              # law.c and its header law.h
model.export("onnx", "law.onnx")        # with pip install "kantools[onnx]"
network_model.export("onnx", "kan.onnx")  # KANRegressor, KANClassifier: the network
```

## Agreement

{count} formulas with {columns}: the laws of the collections, accepted laws of the measured tables, and slopes
of laws, each with a fitted factor and its numbers as constants. Each is evaluated at up to 40 rows from the
law's ranges and from ranges twice as wide on both sides of zero, where {unreal} of {rows} values are not real
numbers, and the language has to say so. **Difference** is the largest relative difference from
`Formula.predict` of all rows of all formulas. LaTeX rounds constants to their errors, and prints those
without any, as these are, to the last bit; a small reader evaluates what is typeset. JSON and sympy texts are
read back by sympy.

{agreement}

{how}

## Networks in ONNX

A network `[2, [3, 1], 2]` with a product node, a fixed sine and a masked edge, {points} rows within and
beyond its grids, double precision; the difference is relative to the largest output.

{networks}

The model takes `X`, shape (rows, columns), and gives `y`; of a classifier these are the classes' logits.
"""


@dataclass(frozen=True)
class Row:
    """A line of the table of agreement."""

    target: str
    suffix: str
    found: str
    program: str


def agreement(target: str, count: int) -> Row:
    """The worst difference of a target, or why there is none."""
    exporter = EXPORTERS[target]
    suffixes = ", ".join(code(s) for s in (exporter.suffix, *exporter.beside))
    language = LANGUAGES[target]
    if language.missing:
        return Row(target, suffixes, "not run", f"{language.missing} was not there")
    with tempfile.TemporaryDirectory() as folder:
        worst = max(worst_differences(target, laws(count), Path(folder)))
    return Row(target, suffixes, f"{worst:.1e}", language.described)


def network_difference(basis: str) -> float:
    """The largest difference of a network of this basis as onnxruntime executes it."""
    from onnxruntime import InferenceSession

    from kantools.network import KAN, predict
    from kantools.network.onnx import to_onnx

    network = KAN([2, [3, 1], 2], basis=basis, seed=1)
    network.fix((1, 0, 1), "sin", affine=(2.0, 0.1, 0.3, 0.4))
    network.mask([(0, 0, 1)])
    X = np.random.default_rng(0).uniform(-3, 3, (ROWS, 2))
    wanted = predict(network, X)
    session = InferenceSession(to_onnx(network), providers=["CPUExecutionProvider"])
    return float(np.abs(session.run(None, {"X": X})[0] - wanted).max() / np.abs(wanted).max())


def networks() -> str:
    """The table of networks, where onnxruntime is there."""
    from kantools.bases import BASES

    if LANGUAGES["onnx"].missing:
        return f"Not run: {LANGUAGES['onnx'].missing} was not there."
    return table(("basis", "difference"), ((code(b), f"{network_difference(b):.1e}") for b in BASES))


def page(rows: list[Row], count: int, networks: str) -> str:
    """The text of the page."""
    everything = laws(count)
    values = [law.formula.predict(law.X) for law in everything]
    widths = [len(law.formula.columns) for law in everything]
    return PAGE.format(
        count=count,
        columns=f"{min(widths)} to {max(widths)} columns",
        unreal=sum(int(np.isnan(v).sum()) for v in values),
        rows=f"{sum(map(len, values)):,}",
        agreement=table(
            ("target", "files", "difference", "run with"),
            ((code(r.target), r.suffix, r.found, r.program) for r in rows),
        ),
        networks=networks,
        points=ROWS,
        how=how("python -m benchmarks.exporters"),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Run exported formulas.")
    parser.add_argument("--laws", type=int, default=200, help="how many formulas")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "exporters.md")
    options = parser.parse_args()
    rows = []
    for target in EXPORTERS:
        rows.append(agreement(target, options.laws))
        print(rows[-1], flush=True)
    options.out.write_text(page(rows, options.laws, networks()), encoding="utf-8")


if __name__ == "__main__":
    main()
