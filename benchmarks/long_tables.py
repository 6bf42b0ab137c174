"""Ten million rows, second order, in bounded memory.

``python -m benchmarks.long_tables`` trains an additive network and one with a hidden layer on 1, 3 and 10
million rows of four columns that are mapped from a file, each in a process of its own, and writes its
section of ``docs/benchmarks.md``: seconds of the processor, seconds for a million rows, and the most memory
that was resident. Every run makes the same number of iterations.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.page import code, how, table
from benchmarks.section import put

MILLIONS = (1, 3, 10)
NETWORKS = {"additive": ([4, 1], 8, 1), "hidden": ([4, 2, 1], 5, 5)}
"""Widths, intervals, iterations."""

PART = 500_000


def write(folder: Path, rows: int) -> None:
    """``exp(x0)·x1 + sin(3 x2) + x3²`` for the hidden network's sake; columns and target in two files."""
    X = np.lib.format.open_memmap(folder / "X.npy", "w+", np.float64, (rows, 4))
    y = np.lib.format.open_memmap(folder / "y.npy", "w+", np.float64, (rows,))
    generator = np.random.default_rng(0)
    for begin in range(0, rows, PART):
        part = generator.uniform(-1, 1, (min(PART, rows - begin), 4))
        X[begin : begin + PART] = part
        y[begin : begin + PART] = truth(part)


def truth(X: np.ndarray) -> np.ndarray:
    """A function that a small network comes close to."""
    return np.asarray(np.exp(X[:, 0] + np.sin(3 * X[:, 2]) / 2) + X[:, 3] ** 2 - X[:, 1])


def train_one(folder: Path, name: str, rows: int) -> None:
    """Train on the first rows and print seconds, mebibytes and the relative error."""
    from kantools.network import KAN, predict
    from kantools.training import train

    width, intervals, iterations = NETWORKS[name]
    X, y = (np.load(folder / f, mmap_mode="r")[:rows] for f in ("X.npy", "y.npy"))
    network = KAN(width, intervals=intervals)
    train(network, X[:5000], y[:5000], solver="lm", max_iterations=2)
    begin = time.process_time()
    train(network, X, y, solver="lm", max_iterations=iterations, tolerance=0.0)
    seconds = time.process_time() - begin
    fresh = np.random.default_rng(1).uniform(-1, 1, (10_000, 4))
    error = np.std(predict(network, fresh) - truth(fresh)) / np.std(truth(fresh))
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, error)


def run(folder: Path, name: str, millions: float) -> tuple[object, ...]:
    """One training in a process of its own: memory is measured from nothing."""
    command = [sys.executable, "-m", "benchmarks.long_tables", "--one", name, "--folder", str(folder)]
    rows = round(millions * 1e6)
    told = subprocess.run([*command, "--rows", str(rows)], check=True, capture_output=True, text=True)
    seconds, memory, error = map(float, told.stdout.split())
    print(f"{name} {millions} million: {seconds:.1f} s, {memory:.0f} MiB, error {error:.1e}", flush=True)
    share = f"{seconds / millions:.2f}"
    width = code(NETWORKS[name][0])
    return name, width, f"{millions:g}", f"{seconds:.1f}", share, f"{memory / 1024:.2f}", f"{error:.1e}"


TEXT = """## Long tables

Levenberg-Marquardt with variable projection on four memory-mapped columns in double precision; every run is
a process of its own with a fixed number of iterations; seconds are those of the processor, and memory is the
most that was resident, Python, torch and the mapped file included.

{table}

{how}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Train on long tables.")
    parser.add_argument("--millions", type=float, nargs="+", default=MILLIONS)
    parser.add_argument("--one", choices=NETWORKS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return train_one(options.folder, options.one, options.rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, round(max(options.millions) * 1e6))
        rows = [run(folder, name, m) for name in NETWORKS for m in options.millions]
    head = ["network", "width", "million rows", "seconds", "seconds a million", "GiB", "error / std"]
    put("long tables", TEXT.format(table=table(head, rows), how=how("python -m benchmarks.long_tables")))
    return None


if __name__ == "__main__":
    main()
