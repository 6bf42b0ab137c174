"""Tables that nobody wishes for: an error that says what to do, or a fit that is finite and sensible."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from kantools.bases import BASES
from kantools.network import KAN, predict
from kantools.training import train

SOLVERS = ("lm", "lbfgs", "adam")

EXACT_CONSTANT = {"bspline", "chebyshev", "fourier", "wavelet", "morlet"}
"""Where a constant is among the curves; of the others it is within half a per cent."""


def cube(rows: int = 40, columns: int = 2, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, columns))


def law(X: np.ndarray) -> np.ndarray:
    return np.exp(X[:, 0]) + X[:, 0] * X[:, -1]


def of(
    change: Callable[[np.ndarray], np.ndarray], scale: float = 1.0, offset: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Changed inputs with the target of the plain ones."""
    X = cube()
    return change(X), scale * law(X) + offset


def rows(number: int) -> tuple[np.ndarray, np.ndarray]:
    X = cube()[:number]
    return X, law(X)


TABLES: dict[str, tuple[np.ndarray, np.ndarray]] = {
    "constant column": of(lambda X: np.c_[X, np.full(40, 3.0)]),
    "duplicated columns": of(lambda X: np.c_[X, X]),
    "all columns constant": of(lambda X: np.full_like(X, 2.5)),
    "constant up to rounding": of(lambda X: 1 + 1e-16 * np.sign(X)),
    "all columns zero": of(np.zeros_like),
    "one row": rows(1),
    "two rows": rows(2),
    "more parameters than rows": rows(6),
    "the same row twice": (cube()[[0, 0]], law(cube())[:2]),
    "constant target": (cube(), np.full(40, 7.3)),
    "zero target": (cube(), np.zeros(40)),
    "integers": of(lambda X: np.round(3 * X).astype(int)),
    "booleans": of(lambda X: X > 0),
    "boolean target": (cube(), law(cube()) > 1),
    "large offset": of(lambda X: 1e8 + X),
    "offset beyond single precision": of(lambda X: 1e12 + X),
    "an outlier": (np.r_[cube(), [[1e6, 0.0]]], np.r_[law(cube()), 1.0]),
    "an outlying target": (cube(), np.r_[law(cube())[:-1], 1e9]),
    "columns over many decades": of(lambda X: 10.0 ** (30 * X)),
    "columns in far units": of(lambda X: X * [1e-30, 1e30]),
    "tiny": of(lambda X: 1e-30 * X, 1e-30),
    "huge": of(lambda X: 1e30 * X, 1e30),
}

EXTREME = {
    "tiny columns": of(lambda X: 1e-240 * X),
    "huge columns": of(lambda X: 1e240 * X),
    "tiny target": of(lambda X: X, 1e-240),
    "huge target": of(lambda X: X, 1e240),
    "tiny constant": (cube(), np.full(40, 1e-240)),
    "huge constant": (cube(), np.full(40, 1e240)),
}

MUST_LEARN = {"constant column", "duplicated columns", "columns in far units", "tiny", "huge", *EXTREME} - {
    "tiny constant",
    "huge constant",
}
"""Where half of the deviation has to be explained within a few iterations."""


def fitted(
    table: tuple[np.ndarray, np.ndarray],
    basis: str,
    solver: str,
    dtype: torch.dtype = torch.float64,
    smoothness: Any = 1e-8,
) -> np.ndarray:
    X, y = table
    network = KAN([X.shape[1], 2, 1], basis=basis, intervals=4, dtype=dtype)
    history = train(network, X, y, solver=solver, max_iterations=10, smoothness=smoothness)  # type: ignore[arg-type]
    assert np.isfinite(history.losses[-1])
    return predict(network, X.astype(float))


def assert_sensible(case: str, y: np.ndarray, got: np.ndarray, basis: str, dtype: torch.dtype) -> None:
    """Finite; not worse than the mean; a constant or a single row met."""
    assert np.isfinite(got).all()
    size = float(np.abs(y).max()) or 1.0
    target, found = y / size, got / size
    error, spread = np.sqrt(np.mean((found - target) ** 2)), target.std()
    constant = 1e-6 if basis in EXACT_CONSTANT else 5e-3
    rounding = 1024 * torch.finfo(dtype).eps
    assert error <= max(1.001 * spread, constant * abs(target.mean())) + rounding, (error, spread)
    if case in MUST_LEARN:
        assert error < 0.5 * spread
    if case in ("one row", "two rows", "more parameters than rows"):
        assert error < 1e-2


QUICK = {("bspline", torch.float64), ("rbf", torch.float32)}

EACH = [
    pytest.param(basis, dtype, marks=() if (basis, dtype) in QUICK else pytest.mark.slow)
    for basis in sorted(BASES)
    for dtype in (torch.float64, torch.float32)
]


@pytest.mark.parametrize(("basis", "dtype"), EACH)
def test_every_basis_is_sensible_on_hard_tables(basis: str, dtype: torch.dtype) -> None:
    tables = TABLES if dtype == torch.float32 else TABLES | EXTREME
    for case, table in tables.items():
        assert_sensible(case, table[1].astype(float), fitted(table, basis, "lm", dtype), basis, dtype)


@pytest.mark.parametrize(
    "case", ["one row", "all columns constant", "constant target", "tiny", "huge target"]
)
@pytest.mark.parametrize("solver", ["lbfgs", "adam"])
def test_gradients_are_sensible_on_hard_tables(case: str, solver: str) -> None:
    table = (TABLES | EXTREME)[case]
    got = fitted(table, "bspline", solver)
    assert_sensible(case, table[1].astype(float), got, "bspline", torch.float64)


@pytest.mark.slow
@pytest.mark.parametrize("basis", sorted(BASES))
@pytest.mark.parametrize("solver", ["lbfgs", "adam"])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_every_basis_and_solver_on_hard_tables(basis: str, solver: str, dtype: torch.dtype) -> None:
    tables = TABLES if dtype == torch.float32 else TABLES | EXTREME
    for case, table in tables.items():
        assert_sensible(case, table[1].astype(float), fitted(table, basis, solver, dtype), basis, dtype)


@pytest.mark.slow
@pytest.mark.parametrize("basis", sorted(EXACT_CONSTANT))
def test_cross_validation_is_sensible_on_hard_tables(basis: str) -> None:
    few = ("one row", "two rows", "more parameters than rows")
    for case, table in (TABLES | EXTREME).items():
        got = fitted(table, basis, "lm", smoothness="gcv")
        # With few rows half of them may be spent on coefficients: a mean is all that can be asked for.
        name = "smoothed" if case in few else case
        assert_sensible(name, table[1].astype(float), got, basis, torch.float64)


@pytest.mark.parametrize("basis", sorted(EXACT_CONSTANT))
@pytest.mark.parametrize("smoothness", [1e-8, "gcv"])
def test_an_offset_of_the_target_hides_nothing(basis: str, smoothness: Any) -> None:
    X, y = of(lambda X: X, offset=1e8)
    assert np.std(fitted((X, y), basis, "lm", smoothness=smoothness) - y) < 0.5 * y.std()


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_unit_of_the_target_does_not_matter(solver: str) -> None:
    plain = fitted(of(lambda X: X), "bspline", solver)
    for scale in (2.0**-800, 2.0**-20, 2.0**800):
        np.testing.assert_array_equal(fitted(of(lambda X: X, scale), "bspline", solver), scale * plain)


def test_a_network_that_has_learned_begins_from_there_in_any_unit() -> None:
    X, y = of(lambda X: X, 1e40)
    network = KAN([2, 2, 1])
    first = train(network, X, y, max_iterations=20)
    again = train(network, X, y, solver="lbfgs", max_iterations=1)
    assert again.losses[0] == pytest.approx(first.loss, rel=1e-6)
    assert again.loss <= again.losses[0] * (1 + 1e-9)


def test_what_breaks_off_leaves_the_function_as_it_was() -> None:
    X, y = of(lambda X: X, 1e10)
    network = KAN([2, 2, 1])
    train(network, X, y, max_iterations=5)
    before = predict(network, X)

    def fail(_: object) -> None:
        raise RuntimeError("stop here")

    with pytest.raises(RuntimeError, match="stop here"):
        train(network, X, y, callbacks=[fail])
    np.testing.assert_allclose(predict(network, X), before, rtol=1e-12)


def hidden(X: np.ndarray, value: float) -> np.ndarray:
    """The same with one entry replaced."""
    out = X.copy()
    out[3, ...] = value
    return out


X, Y, W = cube(), law(cube()), np.ones(40)

WRONG: dict[str, tuple[tuple[Any, ...], str]] = {
    "NaN in X": ((hidden(X, np.nan), Y), "X must be finite; 1 rows hold NaN or infinity. Drop or mend"),
    "infinity in X": ((hidden(X, -np.inf), Y), "X must be finite; 1 rows hold NaN"),
    "NaN in y": ((X, hidden(Y, np.nan)), "y must be finite; 1 rows hold NaN"),
    "infinity in y": ((X, hidden(Y, np.inf)), "y must be finite; 1 rows hold NaN"),
    "NaN in weight": ((X, Y, hidden(W, np.nan)), "weight must be finite; 1 rows hold NaN"),
    "infinity in weight": ((X, Y, hidden(W, np.inf)), "weight must be finite; 1 rows"),
    "masked": ((np.ma.masked_greater(X, 0.9), Y), "X must be finite; .* rows hold NaN"),
    "negative weight": ((X, Y, hidden(W, -2.0)), "zero or positive; 1 are negative, the least -2. Correct"),
    "no weight": ((X, Y, 0 * W), "at least one positive; all are zero. Drop them"),
    "weights of another length": (
        (X, Y, W[:-1]),
        r"40 rows; weight has the shape \(39,\). Give it .*\(40,\)",
    ),
    "no rows": ((X[:0], Y[:0]), r"at least one row; X has the shape \(0, 2\). Give"),
    "a column too few": ((X[:, :1], Y), r"takes 2 columns; X has the shape \(40, 1\). Give .*\(rows, 2\)"),
    "a vector": ((X[:, 0], Y), r"takes 2 columns; X has the shape \(40,\). Give"),
    "a number": ((X, 3.0), r"y has the shape \(\). Give y the shape \(rows,\) or \(rows, 1\)"),
    "a row too few": ((X, Y[:-1]), r"X has 40 rows .* y has the shape \(39,\). Give y"),
    "an output too many": ((X, np.c_[Y, Y]), r"1 output\(s\); y has the shape \(40, 2\). Give y"),
    "text": ((np.full((40, 2), "a"), Y), "X must be an array of real"),
    "ragged": (([[1.0, 2.0], [3.0]], [1.0, 2.0]), "X must be an array of real numbers: .* Encode or drop"),
    "complex": ((X + 1j, Y), "X must be real; it is complex128. Give real and imaginary"),
    "too large": ((X * 1e305, Y), r"takes numbers up to 3e\+250; X has .*e\+30\d. Change the unit\.$"),
    "too close": ((X, Y * 1e-308), "tells numbers 1e-250 apart; a column of y varies by .* Change the unit"),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_error_says_rule_value_and_remedy(case: str) -> None:
    (inputs, target, *weight), message = WRONG[case]
    for solver in SOLVERS:
        with pytest.raises(ValueError, match=message):
            train(KAN([2, 1]), inputs, target, weight=weight[0] if weight else None, solver=solver)  # type: ignore[arg-type]


def test_single_precision_names_the_wider_type() -> None:
    for inputs, target in ((X * 1e35, Y), (X, Y * 1e-35)):
        with pytest.raises(
            ValueError, match=r"torch.float32 t.* Change the unit, or give .*dtype=torch.float64"
        ):
            train(KAN([2, 1], dtype=torch.float32), inputs, target)


def test_held_out_rows_are_checked_too() -> None:
    with pytest.raises(ValueError, match="y must be finite"):
        train(KAN([2, 1]), X, Y, validation=(X, hidden(Y, np.nan)))
