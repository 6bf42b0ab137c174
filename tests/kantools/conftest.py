"""A stand-in for the search, so that the fronts around it are tested in milliseconds."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import sympy

from kantools.activation import Activation, Activations, Edge
from kantools.symbolic.evaluate import column_symbols
from kantools.symbolic.formula import Constant, Formula
from kantools.table import Table


@dataclass(frozen=True)
class Discovery:
    front: tuple[Formula, ...]
    chosen: Formula
    network: Any
    activations: Activations | None
    steps: tuple[Any, ...]
    seconds: float
    stopped: str


@dataclass(frozen=True)
class Progress:
    fraction: float
    message: str
    best: Formula | None
    formulas: tuple[Formula, ...] = ()


def fitted(table: Table, terms: list[sympy.Expr], log: bool = False) -> Formula:
    """Least squares on the terms (or on their logarithms, for a monomial)."""
    weight = np.ones(table.rows) if table.weight is None else table.weight
    A = np.stack(
        [np.ones(table.rows) if t == 1 else table.X[:, table.columns.index(str(t))] for t in terms], 1
    )
    y = table.y
    if log:
        A, y = np.where(A == 1, 1, np.log(A)), np.log(y)
        A[:, 0] = 1
    root = np.sqrt(weight)
    values = np.linalg.lstsq(A * root[:, None], y * root, rcond=None)[0]
    residual = (y - A @ values) * root
    loss = float(residual @ residual / weight.sum())
    covariance = np.linalg.pinv((A * weight[:, None]).T @ A) * loss
    symbols = [sympy.Symbol(f"c{i}") for i in range(len(terms))]
    constants = tuple(
        Constant(s, float(v), float(np.sqrt(e)))
        for s, v, e in zip(symbols, values, covariance.diagonal(), strict=True)
    )
    if log:
        template = sympy.prod([symbols[0]] + [t**s for t, s in zip(terms[1:], symbols[1:], strict=True)])
        constants = (Constant(symbols[0], float(np.exp(values[0])), constants[0].error), *constants[1:])
    else:
        template = sympy.Add(*(s * t for s, t in zip(symbols, terms, strict=True)))
    length = 0.5 * table.rows * np.log(loss + 1e-30) + len(terms)
    return Formula(table.columns, table.target, template, constants, covariance, loss, 2 * len(terms), length)


def discover(
    table: Table,
    *,
    primitives: Any,
    forbid: Any,
    units: Any,
    basis: str,
    time_limit: float,
    max_complexity: int,
    selection: str,
    loss: str,
    seed: int,
    progress: Callable[[Any], None] | None,
    effort: Any = None,
    hypotheses: Any = None,
    known: Any = (),
    memory: Any = None,
    noise: str = "auto",
) -> Any:
    x = list(column_symbols(table.columns))
    front = [fitted(table, [sympy.Integer(1)])]
    if progress:
        progress(Progress(0.5, "linear", front[0]))
    front.append(fitted(table, [sympy.Integer(1), *x]))
    if (table.X > 0).all() and (table.y > 0).all():
        front.append(fitted(table, [sympy.Integer(1), *x], log=True))
    if progress:
        progress(Progress(1.0, "done", front[-1]))
    curve = Activation(Edge(0, 0, 0), np.linspace(0, 1, 5), np.linspace(0, 1, 5) ** 2)
    activations = Activations(table.columns, (((0,),),), (curve,))
    found = sys.modules["kantools.discovery"].Discovery
    return found(tuple(front), front[-1], None, activations, (), 0.1, "finished")


@pytest.fixture
def fake_discovery(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``kantools.discovery`` with a ``discover`` that fits a line and a monomial."""
    try:
        module = import_module("kantools.discovery")
    except ImportError:
        module = ModuleType("kantools.discovery")
        monkeypatch.setitem(sys.modules, "kantools.discovery", module)
    if not hasattr(module, "Discovery"):
        monkeypatch.setattr(module, "Discovery", Discovery, raising=False)
    monkeypatch.setattr(module, "discover", discover, raising=False)
    return module
