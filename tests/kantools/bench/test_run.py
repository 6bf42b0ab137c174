"""From tasks to records: what is done, what is not done again, and what goes wrong."""

from dataclasses import asdict, replace

import numpy as np
import pytest
import sympy

from kantools.bench import run as module
from kantools.bench.isolated import Answers
from kantools.bench.method import METHODS, Finding, Method
from kantools.bench.outcome import Outcome, outcome
from kantools.bench.random_laws.source import law_named
from kantools.bench.record import Record, read
from kantools.bench.run import record_of, run
from kantools.bench.task import Task
from kantools.bench.worker import lack, relative_error, stages
from kantools.datasets.expression import evaluate

TASKS = [Task(name, rows=50, limit=5) for name in ("I.12.1", "I.12.5", "I.14.3")]


@pytest.fixture
def done(monkeypatch):
    """Tasks are solved at once, and noted."""
    tasks: list[Task] = []

    def solve(task: Task) -> Record:
        tasks.append(task)
        return Record(**asdict(task), status="done", solved=True)

    monkeypatch.setattr(module, "record_of", solve)
    return tasks


def truthful(error: float = 0.0, off: float = 0.0) -> Method:
    """A method that finds Nn*mu, with some error in the constant, and predicts something off it."""

    def find(table, task):
        mu, Nn = (sympy.Symbol(c) for c in table.columns)
        factor = sympy.Float(1 + error) if error else 1
        return Finding(factor * mu * Nn, lambda X: (1 + error + off) * X[:, 0] * X[:, 1])

    return Method("truthful", find, ())


def ended(method: Method, monkeypatch, **more) -> Record:
    given = tuple(stages(TASKS[0], method))
    monkeypatch.setattr(module, "ask", lambda *_: Answers(given, **({"late": False, "code": 0} | more)))
    return record_of(TASKS[0])


def test_every_task_gets_a_record_in_order(done, tmp_path):
    told = []
    records = run(TASKS, jobs=2, out=tmp_path / "r.csv", tell=told.append)
    assert [r.task for r in records] == TASKS
    assert sorted(r.name for r in told) == sorted(t.name for t in TASKS)
    assert {r.task for r in read(tmp_path / "r.csv")} == set(TASKS)


def test_what_is_done_is_not_done_again(done, tmp_path):
    run(TASKS[:2], out=tmp_path / "r.csv")
    done.clear()
    assert len(run(TASKS, out=tmp_path / "r.csv")) == 3
    assert done == TASKS[2:]


def test_another_setting_is_another_task(done, tmp_path):
    run(TASKS[:1], out=tmp_path / "r.csv")
    run([Task("I.12.1", rows=50, limit=5, noise=0.1)], out=tmp_path / "r.csv")
    assert len(done) == 2


def test_records_are_kept_as_they_come(monkeypatch, tmp_path):
    def solve(task):
        if task == TASKS[1]:
            raise KeyboardInterrupt
        return Record(**asdict(task), status="done")

    monkeypatch.setattr(module, "record_of", solve)
    with pytest.raises(KeyboardInterrupt):
        run(TASKS, out=tmp_path / "r.csv")
    assert [r.name for r in read(tmp_path / "r.csv")] == ["I.12.1"]


def test_a_search_that_finds_the_law(monkeypatch):
    record = ended(truthful(), monkeypatch)
    assert (record.status, record.solved, record.strict) == ("done", True, True)
    assert record.lack == 0
    assert record.complexity == 3
    assert record.disagreement == 0
    assert record.truth == "mu*Nn"
    assert record.formula == "Nn*mu"
    assert record.seconds >= 0
    assert record.version


def test_accuracy_is_that_on_clean_rows(monkeypatch):
    record = ended(truthful(error=0.1), monkeypatch)
    # y·0.1 is left: 0.01·E[y²] of E[y²] - E[y]², with 10.33² and 9² for uniform factors in 1..5
    assert record.lack == pytest.approx(0.01 * (31 / 3) ** 2 / ((31 / 3) ** 2 - 81), rel=0.3)
    assert record.r2 == 1 - record.lack


def test_a_prediction_that_is_not_the_formulas_is_noticed(monkeypatch):
    assert ended(truthful(off=1e-3), monkeypatch).disagreement == pytest.approx(1e-3, rel=1e-6)


def test_a_search_that_raises(monkeypatch):
    def find(table, task):
        raise ValueError("no rows\nleft")

    record = ended(Method("raises", find, ()), monkeypatch)
    assert (record.status, record.solved) == ("error", False)
    assert record.error == "ValueError: no rows\nleft"
    assert record.seconds >= 0


def test_a_search_that_hangs(monkeypatch):
    begin = {"truth": "mu*Nn"}
    monkeypatch.setattr(module, "ask", lambda *_: Answers((begin,), late=True, code=None))
    record = record_of(TASKS[0])
    assert (record.status, record.solved, record.truth) == ("hang", False, "mu*Nn")
    assert "did not end in time" in record.error


def test_a_search_that_takes_its_process_with_it(monkeypatch):
    monkeypatch.setattr(module, "ask", lambda *_: Answers((), late=False, code=-9, notes="killed"))
    record = record_of(TASKS[0])
    assert (record.status, record.error) == ("error", "Ended with status -9: killed")


def test_a_simplification_without_end_leaves_the_verdict_of_the_numbers(monkeypatch):
    *before, _ = stages(TASKS[0], truthful())
    monkeypatch.setattr(module, "ask", lambda *_: Answers(tuple(before), late=True, code=None))
    record = record_of(TASKS[0])
    assert (record.status, record.solved, record.decided, record.strict) == ("done", True, "numeric", None)
    assert "simplification did not end" in record.error


def test_the_time_allowed_is_the_limit_and_a_grace(monkeypatch):
    asked = []
    monkeypatch.setattr(
        module, "ask", lambda function, task, seconds: asked.append(seconds) or Answers((), False, 0)
    )
    record_of(TASKS[0], grace=7)
    assert asked[0][1] == 12


def test_what_a_method_needs_is_loaded_once(done, monkeypatch):
    loaded = []
    monkeypatch.setattr(module, "load_once", loaded.extend)
    run(TASKS)
    assert set(METHODS["kantools"].modules) < set(loaded)
    assert "kantools.bench.worker" in loaded


def test_a_random_law_is_told_by_class_and_form():
    law = law_named("random.0.10").problem  # 0.0094/(1 + 0.16*c)

    def find(table, task):
        found = law.truth * 1.0002
        return Finding(found, lambda X: evaluate(found, table.columns, X))

    task = Task(law.name, noise=0.01, rows=200)
    record = Record(**asdict(task), status="")
    for stage in stages(task, Method("truthful", find, ())):
        record = replace(record, **stage)
    assert (record.solved, record.decided, record.form, record.strict) == (True, "numeric", True, None)
    assert (record.kind, record.law_complexity, outcome(record)) == ("quotient", 9, Outcome.SOLVED)
    assert record.columns.startswith("c ")
    assert record.misfit == pytest.approx(record.scatter, rel=1e-2)
    assert record.scatter == pytest.approx(0.01, rel=0.2)


def test_every_record_has_the_error_beyond_the_rows():
    record = Record(**asdict(TASKS[0]), status="")
    for stage in stages(TASKS[0], truthful(error=1e-3)):
        record = replace(record, **stage)
    assert 1e-7 < record.far < 1e-5  # the square of one in a thousand


def test_an_error_of_no_rows_and_of_a_formula_that_is_not_finite():
    X, y = np.array([[1.0], [2.0]]), np.array([1.0, 3.0])
    pole = Finding(None, lambda X: np.where(X[:, 0] > 1.5, np.inf, 1.0))
    hole = Finding(None, lambda X: np.where(X[:, 0] > 1.5, np.nan, 1.0))
    assert lack(pole, X, y) == lack(hole, X, y) == np.inf
    assert np.isnan(lack(pole, X[:0], y[:0]))


def test_proportional_errors_are_relative_to_each_value():
    near = Finding(None, lambda X: 1.02 * X[:, 0])
    X = np.array([[1.0], [1000.0]])
    task = replace(TASKS[0], proportional=True)
    assert relative_error(near, X, X[:, 0], task) == pytest.approx(0.02)
    off = Finding(None, lambda X: X[:, 0] + 1)
    assert relative_error(off, X, X[:, 0], task) == pytest.approx(1 / np.sqrt(2), rel=1e-3)
    assert relative_error(off, X, X[:, 0], TASKS[0]) == pytest.approx(np.sqrt(2) / 1000, rel=1e-3)


@pytest.mark.slow
def test_for_real():
    record = record_of(Task("I.12.1", rows=100, limit=20))
    assert (record.status, record.solved, record.decided, record.strict) == ("done", True, "simplify", True)
    assert record.disagreement < 1e-12
    assert np.isfinite(record.cpu)
    assert METHODS[record.method].name == "kantools"
