"""Operon (B. Burlacu, G. Kronberger, M. Kommenda, GECCO 2020) through its Python package.

Functions, population and iterations of the local search are those of SRBench's final runs (cavalab/srbench,
``experiment/methods/tuned``). The end is given by time instead of evaluations. Accuracy and length are two
objectives, and Schwarz's criterion chooses among the front: the package's description length takes the noise
for 1 where it is not told. Operon computes in single precision.
"""

from typing import Any

from kantools.bench.method import Finding, Method
from kantools.bench.task import Task
from kantools.table import Table

__all__ = ["METHOD"]

SYMBOLS = "add,sub,mul,div,exp,log,sin,cos,sqrt,square,constant,variable"
DIGITS = 17
#: More than there is time for.
ENDLESS = 10**9


def find(table: Table, task: Task) -> Finding:
    """Search on one thread until the time is over."""
    from pyoperon.sklearn import SymbolicRegressor

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
    ).fit(table.X, table.y)
    names = [f"X{k}" for k in range(len(table.columns))]
    return Finding(expression(model.get_model_string(model.model_, DIGITS, names), table), model.predict)


def expression(text: str, table: Table) -> Any:
    """What Operon prints in terms of X0, X1, …, in the table's columns."""
    import sympy

    names = {f"X{k}": sympy.Symbol(column) for k, column in enumerate(table.columns)}
    return sympy.parse_expr(text.replace("^", "**"), local_dict={**names, "square": lambda x: x**2})


METHOD = Method("pyoperon", find, modules=("pyoperon.sklearn",), extra="peers")
