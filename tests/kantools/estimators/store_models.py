"""One file a model and format version, kept for ever: ``python tests/kantools/estimators/store_models.py``.

Writes the models as the present version of the file format has them, and what each predicts, into
``stored/``. Run once for each version; old files are never written again.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from kantools import KANClassifier, KANRegressor, SymbolicRegressor
from kantools.datasets import problem
from kantools.estimators.files.container import VERSION

FOLDER = Path(__file__).parent / "stored"
ROWS = np.random.default_rng(0).uniform(0.5, 2, (6, 2))


def models() -> dict[str, Any]:
    """A small model of each estimator, the network of one with a product node."""
    y = np.where(ROWS[:, 0] > ROWS[:, 1], "warm", "kalt")
    X = np.random.default_rng(1).uniform(0.5, 2, (60, 2))
    return {
        "SymbolicRegressor": SymbolicRegressor(
            time_limit=20, random_state=0, primitives={"exp": 2, "sin": None}, units="table"
        ).fit_table(problem("I.12.1").sample(60, seed=0)),
        "KANRegressor": KANRegressor(width=[[1, 1]], intervals=3, random_state=0).fit(X, X[:, 0] * X[:, 1]),
        "KANClassifier": KANClassifier(width=[], intervals=3, basis="chebyshev", random_state=0).fit(ROWS, y),
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, model in models().items():
        model.save(FOLDER / f"{name}.v{VERSION}")
        told = model.predict_proba(ROWS) if name == "KANClassifier" else model.predict(ROWS)
        predictions = {"rows": ROWS.tolist(), "predictions": told.tolist()}
        (FOLDER / f"{name}.v{VERSION}.json").write_text(json.dumps(predictions) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
