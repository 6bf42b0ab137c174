"""What the process of one task does: search and judge, and say after each stage what has become known."""

import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from kantools.bench.beyond import beyond
from kantools.bench.form import Accuracy, form_verdicts
from kantools.bench.method import METHODS, Finding, Method
from kantools.bench.protocol import draw, size
from kantools.bench.random_laws.source import is_random, law_named
from kantools.bench.selection import problem_of
from kantools.bench.solved import verdicts
from kantools.bench.task import Task
from kantools.datasets import Problem
from kantools.datasets.expression import evaluate
from kantools.table import Table

__all__ = ["Stage", "answer", "stages"]

#: What a stage adds to the record.
Stage = dict[str, Any]


def answer(task: Task) -> Iterator[Stage]:
    """The stages of a task, in a process whose warnings nobody reads."""
    warnings.simplefilter("ignore")
    return stages(task, METHODS[task.method])


def stages(task: Task, method: Method) -> Iterator[Stage]:
    """Search and judge; a stage is what has become known with it.

    The first stage says that the clock starts, the second what was found; then the verdicts, each in place
    of the one before. An error of the method ends it.
    """
    problem = problem_of(task.name)
    split = draw(problem, task)
    method.prepare()
    yield described(problem)
    clock = Clock.started()
    try:
        finding = method.find(split.train, task)
        found = {
            **clock.read(),
            **measured(finding, split.test),
            **left(finding, problem, split.train, task),
            "far": lack(finding, *beyond(problem, task, split.train.X)),
        }
    except Exception as error:
        print(traceback.format_exc(), file=sys.stderr)
        yield {**clock.read(), "status": "error", "error": f"{type(error).__name__}: {error}"}
        return
    yield {**found, "status": "done"}
    if is_random(task.name):
        off = relative_error(finding, split.test.X, split.test.y, task)
        accuracy = Accuracy(found["r2"], off, task.noise, task.rows)
        yield from form_verdicts(
            finding.expression, problem.truth, split.test.columns, split.test.X, accuracy
        )
    else:
        yield from verdicts(finding.expression, problem, split.test.columns, split.test.X, found["r2"])


def described(problem: Problem) -> Stage:
    """What the law is."""
    spans = zip(problem.columns, problem.lows, problem.highs, strict=True)
    columns = [f"{c} {low:g}:{high:g} {problem.units.get(c, '')}".strip() for c, low, high in spans]
    kind = law_named(problem.name).kind if is_random(problem.name) else ""
    return {
        "truth": problem.formula,
        "kind": kind,
        "columns": "; ".join(columns),
        "law_complexity": complexity(problem.truth),
    }


@dataclass(frozen=True)
class Clock:
    """When the search began, by the clock and in time of the processor."""

    wall: float
    cpu: float

    @classmethod
    def started(cls) -> "Clock":
        return cls(time.perf_counter(), time.process_time())

    def read(self) -> Stage:
        return {"seconds": time.perf_counter() - self.wall, "cpu": time.process_time() - self.cpu}


def measured(finding: Finding, test: Table) -> Stage:
    """Accuracy on clean rows, length, and whether prediction and expression agree."""
    predicted = np.asarray(finding.predict(test.X), dtype=float)
    lacking = lack(finding, test.X, test.y)
    return {
        "r2": 1 - lacking,
        "lack": lacking,
        "complexity": complexity(finding.expression),
        "disagreement": disagreement(predicted, evaluate(finding.expression, test.columns, test.X)),
        "formula": str(finding.expression),
    }


def lack(finding: Finding, X: np.ndarray, y: np.ndarray) -> float:
    """1 - R² at some rows; nan where there are none, infinite where the formula is not finite."""
    if not len(y):
        return float("nan")
    with np.errstate(all="ignore"):
        predicted = np.asarray(finding.predict(X), dtype=float)
        lacking = float(np.sum((y - predicted) ** 2) / np.sum((y - y.mean()) ** 2))
    return float("inf") if np.isnan(lacking) else lacking


def left(finding: Finding, problem: Problem, train: Table, task: Task) -> Stage:
    """What the formula and the law leave of the training rows, rms relative to the target."""
    law = problem.evaluate(train.X[:, : len(problem.columns)])
    misfit = relative_error(finding, train.X, train.y, task)
    return {"misfit": misfit, "scatter": _relative(law, train.y, task)}


def relative_error(finding: Finding, X: np.ndarray, y: np.ndarray, task: Task) -> float:
    """Rms of a formula's error, relative to the target's rms or, where the noise is, to each value."""
    return _relative(np.asarray(finding.predict(X), dtype=float), y, task)


def _relative(predicted: np.ndarray, y: np.ndarray, task: Task) -> float:
    return float(np.sqrt(np.mean(((predicted - y) / size(y, task)) ** 2)))


def complexity(expression: Any) -> int:
    """Nodes of the expression's tree, as SRBench counts them.

    >>> import sympy
    >>> complexity(sympy.sympify("x*y + 2"))
    5
    """
    import sympy

    return sum(1 for _ in sympy.preorder_traversal(expression))


def disagreement(one: np.ndarray, other: np.ndarray) -> float:
    """Largest difference relative to the largest value; infinite where only one of them is a number.

    >>> some = np.array([1.0, np.nan])
    >>> disagreement(some, some), disagreement(some, np.ones(2))
    (0.0, inf)
    """
    if (np.isfinite(one) != np.isfinite(other)).any():
        return float("inf")
    real = np.isfinite(one)
    size = float(np.max(np.abs(other[real]), initial=0.0))
    return float(np.max(np.abs(one - other)[real], initial=0.0)) / (size or 1.0)
