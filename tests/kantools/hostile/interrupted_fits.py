"""Fits that are interrupted at given moments, in a process of their own; tells what came of each as JSON.

A timer of the processor's clock raises KeyboardInterrupt wherever the program then is.
"""

import json
import signal
import sys
import warnings

import numpy as np
from threadpoolctl import threadpool_info

from kantools.estimators.kan_regressor import KANRegressor
from kantools.estimators.symbolic_regressor import SymbolicRegressor

rng = np.random.default_rng(0)
X = rng.uniform(1, 3, (200, 4))
y = np.sin(3 * X[:, 0]) * X[:, 1] + X[:, 2] ** X[:, 3] + 0.1 * rng.normal(size=200)


def state() -> list[object]:
    threads = sorted((p["filepath"], p["num_threads"]) for p in threadpool_info())
    return [threads, np.geterr(), warnings.filters[:3], signal.getsignal(signal.SIGINT)]


def interrupted(kind: str, moment: float) -> dict[str, object]:
    """Whether something was found, whether that works, and whether all is as it was before."""
    symbolic = SymbolicRegressor(time_limit=30, random_state=0, n_jobs=2 if kind == "jobs" else 1)
    model = KANRegressor(width=[8, 8], time_limit=30, random_state=0) if kind == "network" else symbolic
    before = state()
    signal.setitimer(signal.ITIMER_PROF, moment)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(X, y)
        raised = False
    except KeyboardInterrupt:
        raised = True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    fitted = hasattr(model, "discovery_") or hasattr(model, "network_")
    works = not fitted or bool(np.isfinite(model.predict(X)).all())
    stopped = model.discovery_.stopped if hasattr(model, "discovery_") else ""
    return {"raised": raised, "fitted": fitted, "works": works, "stopped": stopped, "same": state() == before}


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGPROF, interrupt)
    SymbolicRegressor(time_limit=1, random_state=0).fit(X[:20, :2], X[:20, 0] * 2)  # imports aside
    KANRegressor(width=[2], time_limit=1, random_state=0).fit(X[:20], y[:20])
    print(json.dumps([interrupted(sys.argv[1], float(m)) for m in sys.argv[2:]]))
