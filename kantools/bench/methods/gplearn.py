"""gplearn, genetic programming in Python.

Functions, population and probabilities are those of SRBench's final runs (cavalab/srbench,
``experiment/methods/tuned``); generations go on until the time is over or the best program is exact. Its
logarithm and square root are those of the absolute value, and so they stand in the expression.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from kantools.bench.method import Finding, Method
from kantools.bench.task import Task
from kantools.table import Table

__all__ = ["METHOD"]

FUNCTIONS = ("add", "sub", "mul", "div", "log", "sqrt", "sin", "cos")
#: Mean error, relative to the target's mean size, at which a program is exact.
EXACT = 1e-12


def find(table: Table, task: Task) -> Finding:
    """Add generations until the time is over."""
    from gplearn.genetic import SymbolicRegressor

    end = time.monotonic() + task.limit
    exact = EXACT * float(np.mean(np.abs(table.y)))
    model = SymbolicRegressor(
        population_size=1000,
        generations=1,
        function_set=FUNCTIONS,
        stopping_criteria=exact,
        warm_start=True,
        low_memory=True,
        random_state=task.seed,
    )
    while True:
        began = time.monotonic()
        model.fit(table.X, table.y)
        now = time.monotonic()
        # A generation as long as the last one has to fit into what is left.
        if model._program.raw_fitness_ <= exact or now + (now - began) > end:
            break
        model.set_params(generations=model.generations + 1)
    return Finding(expression(model._program.program, table.columns), model.predict)


def expression(program: Sequence[Any], columns: Sequence[str]) -> Any:
    """A program in prefix order (functions, numbers of columns, constants) in the table's columns.

    >>> class Function:
    ...     name, arity = "add", 2
    >>> expression([Function, 0, 0.5], ["x"])
    x + 0.5
    """
    import sympy

    tokens = iter(program)
    symbols = [sympy.Symbol(c) for c in columns]
    return _read(tokens, symbols, _operations())


def _read(tokens: Iterator[Any], symbols: Sequence[Any], operations: dict[str, Callable]) -> Any:
    import sympy

    token = next(tokens)
    if isinstance(token, int | np.integer):
        return symbols[int(token)]
    if isinstance(token, float | np.floating):
        return sympy.Float(float(token))
    return operations[token.name](*(_read(tokens, symbols, operations) for _ in range(token.arity)))


def _operations() -> dict[str, Callable]:
    import sympy

    return {
        "add": lambda x, y: x + y,
        "sub": lambda x, y: x - y,
        "mul": lambda x, y: x * y,
        "div": lambda x, y: x / y,
        "log": lambda x: sympy.log(sympy.Abs(x)),
        "sqrt": lambda x: sympy.sqrt(sympy.Abs(x)),
        "sin": sympy.sin,
        "cos": sympy.cos,
    }


METHOD = Method("gplearn", find, modules=("gplearn.genetic",), extra="peers")
