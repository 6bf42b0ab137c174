"""Operon (B. Burlacu, G. Kronberger, M. Kommenda, GECCO 2020) through its Python package.

Functions, population and iterations of the local search are those of SRBench's final runs (cavalab/srbench,
``experiment/methods/tuned``). The end is given by time instead of evaluations. Accuracy and length are two
objectives, and Schwarz's criterion chooses among the front: the package's description length takes the noise
for 1 where it is not told. Operon computes in single precision, in which the squares of charges or masses of
atoms are 0, so columns of very large or small numbers are searched in other units.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from kantools.bench.method import Finding, Method
from kantools.bench.task import Task
from kantools.table import Table

__all__ = ["METHOD"]

SYMBOLS = "add,sub,mul,div,exp,log,sin,cos,sqrt,square,constant,variable"
DIGITS = 17
#: More than there is time for.
ENDLESS = 10**9
#: Sizes of columns that stay as they are; products of some of them are numbers in single precision.
SMALL, LARGE = 1e-6, 1e6


def find(table: Table, task: Task) -> Finding:
    """Search on one thread until the time is over."""
    from pyoperon.sklearn import SymbolicRegressor

    units, unit = np.array([unit_of(column) for column in table.X.T]), unit_of(table.y)
    model = SymbolicRegressor(
        allowed_symbols=SYMBOLS,
        objectives=["r2", "length"],
        model_selection_criterion="bayesian_information_criterion",
        optimizer_iterations=5,
        population_size=500,
        pool_size=500,
        generations=ENDLESS,
        max_evaluations=ENDLESS,
        max_time=max(round(task.limit), 1),
        n_threads=1,
        random_state=task.seed,
    ).fit(table.X / units, table.y / unit)
    names = [f"X{k}" for k in range(len(table.columns))]
    found = expression(model.get_model_string(model.model_, DIGITS, names), table.columns, units.tolist())
    return Finding(unit * found, lambda X: unit * model.predict(X / units))


def unit_of(values: np.ndarray) -> Any:
    """1, or the power of ten nearest to the size of very large or small numbers.

    >>> unit_of(np.array([3e-20, 4e-20])), unit_of(np.array([3.0, 4.0]))
    (1e-19, 1)
    """
    size = float(np.max(np.abs(values)))
    return 1 if size == 0 or SMALL < size < LARGE else float(f"1e{round(np.log10(size)):d}")


def expression(text: str, columns: Sequence[str], units: Sequence[float]) -> Any:
    """What Operon prints in terms of X0, X1, …, in the columns, each over its unit.

    >>> expression("2.0 * square(X0) + X1", ["a", "b"], [1, 1e-9])
    2.0*a**2 + 1000000000.0*b
    """
    import sympy

    own = zip(columns, units, strict=True)
    names = {f"X{k}": sympy.Symbol(c) if u == 1 else sympy.Symbol(c) / u for k, (c, u) in enumerate(own)}
    return sympy.parse_expr(text.replace("^", "**"), local_dict={**names, "square": lambda x: x**2})


METHOD = Method("pyoperon", find, modules=("pyoperon.sklearn",), extra="peers")
