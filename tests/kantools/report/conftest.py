"""A report on a law of two inputs with noise of known size, one outlier and hostile names."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
import sympy
from sympy import Symbol

from kantools.activation import Activation, Activations, Edge
from kantools.discovery import Discovery, Verdict
from kantools.discovery.result import Step
from kantools.report.content import Report
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.domain import domain_of
from kantools.table import Table

HOSTILE = "<script>alert('x')</script>"
TARGET = 'θ "out" & $y_1$'
SIGMA = 0.05


def fitted(table: Table, template: sympy.Expr, constants: list[Symbol], complexity: int) -> Formula:
    """Weighted least squares for a template that is linear in its constants."""
    columns = [Symbol(c) for c in table.columns]
    A = np.stack(
        [
            np.broadcast_to(sympy.lambdify(columns, template.diff(c))(*table.X.T), table.y.shape)
            for c in constants
        ],
        axis=1,
    )
    covariance = np.linalg.inv(A.T @ A) * SIGMA**2
    values = np.linalg.lstsq(A, table.y, rcond=None)[0]
    loss = float(np.mean(((table.y - A @ values) / SIGMA) ** 2))
    known = zip(constants, values, np.sqrt(np.diag(covariance)), strict=True)
    made = Formula(
        table.columns,
        table.target,
        template,
        tuple(Constant(s, float(v), float(e)) for s, v, e in known),
        covariance,
        loss,
        complexity,
        0.5 * table.rows * loss + 3 * complexity,
        1.1 * loss,
    )
    return replace(made, domain=domain_of(made.expression, table.columns, table.X))


@pytest.fixture(scope="session")
def table() -> Table:
    rng = np.random.default_rng(0)
    X = rng.uniform(1, 3, (80, 2))
    y = 2 * X[:, 0] / X[:, 1] + rng.normal(0, SIGMA, 80)
    y[7] += 1.0
    return Table((HOSTILE, "t_0"), X, TARGET, y, np.full(80, SIGMA), units={"t_0": "s", TARGET: "m/s"})


@pytest.fixture(scope="session")
def report(table: Table) -> Report:
    a, t, c0, c1 = Symbol(HOSTILE), Symbol("t_0"), Symbol("c0"), Symbol("c1")
    front = (
        fitted(table, c0, [c0], 1),
        fitted(table, c0 * a / t, [c0], 5),
        fitted(table, c0 * a / t + c1 * a, [c0, c1], 9),
    )
    curve = Activation(Edge(0, 0, 0), np.linspace(1, 3, 9), np.linspace(1, 3, 9) ** 2, importance=1.0)
    found = Discovery(
        front,
        front[1],
        None,
        Activations(table.columns, (((0,),),), (curve,)),
        (Step(f"y = f({HOSTILE})", 0.5, Verdict.TRIED, 0.1), Step("y = f / g", 0.02, Verdict.READ, 1.5)),
        2.0,
        "time limit",
        "given",
        rivals=front[2:],
    )
    settings = {"time_limit": 2, "random_state": 0, "loss": "squared"}
    return Report(
        found, table, settings, dict(table.units), "kantools fit 'a b.csv'", made=datetime(2026, 1, 2)
    )
