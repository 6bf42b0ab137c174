"""The real search behind the estimator and the command line."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from sklearn.utils.estimator_checks import estimator_checks_generator

from kantools import SymbolicRegressor
from kantools.datasets import problem

COMMAND = [sys.executable, "-m", "kantools"]


def test_a_law_from_arrays_to_a_file_and_back(tmp_path: Path):
    rng = np.random.default_rng(0)
    X = rng.uniform(1, 3, (60, 2))
    y = 2.5 * X[:, 0] ** 1.5 / X[:, 1]
    model = SymbolicRegressor(time_limit=20, random_state=0).fit(X, y)
    assert 1 - model.score(X, y) < 1e-12
    model.save(tmp_path / "law.json")
    again = SymbolicRegressor.load(tmp_path / "law.json")
    assert (again.predict(X) == model.predict(X)).all()
    assert str(again.formula_) == str(model.formula_)
    assert again.network_.width == model.network_.width


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("estimator", "check"),
    list(estimator_checks_generator(SymbolicRegressor(time_limit=1, random_state=0))),
    ids=lambda part: getattr(getattr(part, "func", part), "__name__", ""),
)
def test_scikit_learn(estimator, check):
    check(estimator)


@pytest.mark.slow
def test_the_demo(tmp_path: Path):
    run = [*COMMAND, "fit", "planets", "--time-limit", "20", "--out", str(tmp_path / "demo")]
    result = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "period = " in result.stdout
    assert (tmp_path / "demo" / "network.png").stat().st_size > 1000


@pytest.mark.slow
def test_an_interrupt_keeps_the_best(tmp_path: Path):
    table = problem("I.12.1").sample(200, noise=0.1, seed=0)
    lines = [
        "mu,Nn,F",
        *(f"{a!r},{b!r},{c!r}" for (a, b), c in zip(table.X.tolist(), table.y.tolist(), strict=True)),
    ]
    (tmp_path / "noisy.csv").write_text("\n".join(lines))
    run = [*COMMAND, "fit", "noisy.csv", "--target", "F", "--time-limit", "300"]
    process = subprocess.Popen(run, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(12)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "F = " in output
    assert "interrupted" in output
