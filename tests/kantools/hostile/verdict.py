"""Whether what came of a hostile table is right: a formula that holds, or an error that says why."""

import warnings

import mpmath
import numpy as np
import pandas as pd
import sympy

from kantools.errors import UserError
from kantools.estimators.kan_regressor import KANRegressor
from kantools.estimators.passage.twice import EqualColumns
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.symbolic.written.readable_name import readable_name
from tests.kantools.hostile.tables import Hostile

ROWS = 4  # that are worked out with many digits


def fitted(table: Hostile, time_limit: float) -> str:
    """``"formula"``, or the class of the documented error."""
    X = table.X if table.names is None else pd.DataFrame(table.X, columns=list(table.names))
    model = SymbolicRegressor(time_limit=time_limit, random_state=0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", EqualColumns)  # a word to the user, and no fault
            model.fit(X, table.y, sigma=table.sigma, sample_weight=table.weight)
    except UserError as error:
        told(error)
        assert not hasattr(model, "discovery_")
        return type(error).__name__
    names_survive(model)
    predicts_what_it_says(model, table.X, model.predict(X))
    no_worse_than_a_constant(table, model.predict(X))
    return "formula"


def trained(table: Hostile, time_limit: float) -> str:
    model = KANRegressor(width=[2], time_limit=time_limit, random_state=0)
    try:
        model.fit(table.X, table.y, sigma=table.sigma, sample_weight=table.weight)
    except UserError as error:
        told(error)
        return type(error).__name__
    assert np.isfinite(model.predict(table.X)).all()
    return "network"


def told(error: UserError) -> None:
    """A rule, a value and a remedy: sentences that end."""
    text = str(error)
    assert len(text) > 30, text
    assert text.rstrip().endswith("."), text


def names_survive(model: SymbolicRegressor) -> None:
    used = {str(s) for s in model.sympy().free_symbols}
    assert used <= set(model.formula_.columns)
    text = str(model.formula_)
    assert "\n" not in text
    for name in used:
        assert name in text or readable_name(name) in text, (name, text)
    assert model.latex().count("{") - model.latex().count("\\{") == model.latex().count(
        "}"
    ) - model.latex().count("\\}")
    assert len(model.equations_)


def predicts_what_it_says(model: SymbolicRegressor, X: np.ndarray, predicted: np.ndarray) -> None:
    """The expression worked out with 60 digits, its symbols exchanged so that no name can mislead sympy."""
    assert np.isfinite(predicted).all()
    size = float(np.abs(predicted).max())
    columns = [sympy.Symbol(c) for c in model.formula_.columns]
    exchange = {c: sympy.Dummy() for c in columns}
    exact = sympy.lambdify(list(exchange.values()), model.sympy().xreplace(exchange), "mpmath")
    with mpmath.workdps(60):
        for row, value in zip(X[:ROWS], predicted[:ROWS], strict=True):
            meant = exact(*(mpmath.mpf(float(v)) for v in row))
            assert abs(mpmath.re(meant) - mpmath.mpf(float(value))) <= 1e-6 * mpmath.mpf(size or 1.0)


def no_worse_than_a_constant(table: Hostile, predicted: np.ndarray) -> None:
    """The mean squared residual beside that of the best constant.

    A constant that is known to 2.5 standard errors may be told as zero, which costs that much more; and one
    with many digits as a round number near, if the residuals then cost fewer nats than the digits.
    """
    if table.sigma is not None:
        return
    weight = np.ones(len(table.y)) if table.weight is None else table.weight / table.weight.max()
    size = np.abs(table.y).max()
    y, f = table.y / size, predicted / size
    mean = np.average(y, weights=weight)
    variance = np.average((y - mean) ** 2, weights=weight)
    different = len(np.unique(np.column_stack([table.X, table.y])[weight > 0], axis=0))
    rows = min(different, weight.sum() ** 2 / (weight**2).sum())
    left = np.average((y - f) ** 2, weights=weight)
    digits = np.log(max(abs(mean) / max(np.sqrt(variance / rows), 1e-16), 1.0))
    allowed = max(1 + 2 * 2.5**2 / max(rows - 1, 1), np.exp(2 * (digits + 1) / rows))
    assert left <= variance * allowed + 1e-28, (left, variance)
