"""What it takes to run exported formulas: a program on this machine, and a batch in its language."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.exporters.exporter import Content
from kantools.symbolic.formula import Formula

__all__ = ["Language", "Product", "called", "execute", "lines", "numbers", "product", "write_rows"]

SECONDS = 600


@dataclass(frozen=True)
class Product:
    """A formula as an exporter writes it, its files, and the rows to evaluate it at."""

    formula: Formula
    files: dict[str, Content]
    X: np.ndarray

    @property
    def text(self) -> str:
        content = self.content
        return content if isinstance(content, str) else content.decode()

    @property
    def content(self) -> Content:
        return next(iter(self.files.values()))


Run = Callable[[Sequence[Product], Path], list[np.ndarray]]


@dataclass(frozen=True)
class Language:
    """How the products of one exporter are run.

    Attributes
    ----------
    target : str
        The exporter.
    run : callable
        ``run(products, folder)`` gives the values of each product at its rows; the folder is empty.
    programs : tuple of str
        What must be on the machine, found by ``which``.
    packages : tuple of str
        What Python must be able to import.
    version : tuple of str
        The command that says which version runs.
    errors : bool
        Whether it has errors in place of NaN and infinity.
    close : float
        The relative difference that its values keep within.
    """

    target: str
    run: Run
    programs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    version: tuple[str, ...] = ()
    errors: bool = False
    close: float = 1e-12

    @property
    def missing(self) -> str:
        """What is not on this machine; empty if nothing is missing."""
        programs = [p for p in self.programs if shutil.which(p) is None]
        packages = [p for p in self.packages if importlib.util.find_spec(p) is None]
        return ", ".join([*programs, *(f"Python's {p}" for p in packages)])

    @property
    def described(self) -> str:
        """What runs it, with its version."""
        words = list(self.version)
        told = execute(*words, cwd=Path.cwd()).splitlines()[0].strip() if words else ""
        told = f"{words[0]} {told}" if told.startswith("v") else told
        packages = [f"{p} {version(p)}" for p in self.packages]
        return ", ".join([*([told] if told else []), *packages])


def product(target: str, formula: Formula, X: np.ndarray, name: str) -> Product:
    """The formula exported into files called ``name`` and its suffix."""
    exporter = EXPORTERS[target]
    return Product(formula, exporter.files(formula, name + exporter.suffix), X)


def execute(*command: object, cwd: Path) -> str:
    """What a command prints; its error output where it fails."""
    words = [str(c) for c in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {(done.stderr + done.stdout)[:4000]}")
    return done.stdout


def called(pattern: str, text: str) -> str:
    """The name of the function in a text."""
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        raise ValueError(f"The text should define a function, {pattern}; it does not: {text[:200]}")
    return found[1]


def lines(X: np.ndarray) -> str:
    return "".join(" ".join(f"{v:.17g}" for v in row) + "\n" for row in X)


def write_rows(products: Sequence[Product], folder: Path) -> None:
    """The rows of product ``i`` as ``rows_i``."""
    for i, p in enumerate(products):
        (folder / f"rows_{i}").write_text(lines(p.X))


def numbers(text: str, products: Sequence[Product]) -> list[np.ndarray]:
    """Printed numbers, one after another, as the values of each product."""
    values = np.array([np.nan if word == "NA" else float(word) for word in text.split()])
    ends = np.cumsum([len(p.X) for p in products])
    if len(values) != ends[-1]:
        raise ValueError(f"{ends[-1]} rows were to be evaluated; {len(values)} numbers came back.")
    return np.split(values, ends[:-1])
