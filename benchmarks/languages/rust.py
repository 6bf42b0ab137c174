"""Rust: every file is a module of its own."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product, called, execute, numbers, write_rows

__all__ = ["RUST"]

READ = """fn read(path: &str) -> Vec<Vec<f64>> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|l| l.split(' ').map(|w| w.parse().unwrap()).collect()).collect()
}
"""


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    write_rows(products, folder)
    modules, calls = [], []
    for i, p in enumerate(products):
        (folder / f"law_{i}.rs").write_text(p.text)
        modules.append(f"mod law_{i};")
        row = ", ".join(f"row[{k}]" for k in range(p.X.shape[1]))
        name = called(r"^pub fn (\w+)\(", p.text)
        calls.append(f'    for row in read("rows_{i}") {{ println!("{{:e}}", law_{i}::{name}({row})); }}')
    main = "\n".join([*modules, READ, "fn main() {", *calls, "}\n"])
    (folder / "main.rs").write_text(main)
    execute("rustc", "--edition=2021", "-D", "warnings", "main.rs", "-o", "all", cwd=folder)
    return numbers(execute("./all", cwd=folder), products)


RUST = Language("rust", run, ("rustc",), version=("rustc", "--version"))
