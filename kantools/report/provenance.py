"""Where a report comes from, so that it can be made again: versions and fingerprints of the data."""

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from kantools.table import Table

__all__ = ["file_fingerprint", "table_fingerprint", "versions"]

PACKAGES = ("kantools", "numpy", "scipy", "sympy", "torch")


def versions() -> dict[str, str]:
    """Those that the result may depend on.

    >>> list(versions())
    ['kantools', 'Python', 'numpy', 'scipy', 'sympy', 'torch', 'system']
    """
    found = {name: version(name) for name in PACKAGES}
    system = f"{platform.system()} {platform.machine()}"
    return {"kantools": found.pop("kantools"), "Python": platform.python_version(), **found, "system": system}


def file_fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes, as ``sha256sum`` tells it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def table_fingerprint(table: Table) -> str:
    r"""SHA-256 of the table as CSV: inputs, target, then errors and weights where there are any.

    Numbers are written in the fewest digits that tell them, lines end with ``\n``; so
    ``sha256(frame.to_csv(index=False, lineterminator="\n"))`` of the same columns is the same.

    >>> frame = pd.DataFrame({"x": [1.0, 2.0], "y": [0.5, 0.1]})
    >>> same = Table(("x",), frame[["x"]].to_numpy(), "y", frame["y"].to_numpy())
    >>> text = frame.to_csv(index=False, lineterminator="\n")
    >>> table_fingerprint(same) == hashlib.sha256(text.encode()).hexdigest()
    True
    """
    named = {c: table.X[:, j] for j, c in enumerate(table.columns)} | {table.target: table.y}
    if table.sigma is not None:
        named["sigma"] = table.sigma
    if table.x_sigma is not None:
        named |= {f"x_sigma of {c}": table.x_sigma[:, j] for j, c in enumerate(table.columns)}
    if table.weight is not None:
        named["weight"] = table.weight
    text = pd.DataFrame(named).to_csv(index=False, lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()
