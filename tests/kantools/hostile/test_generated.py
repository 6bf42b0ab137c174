"""Generated tables: each ends in time, in a formula that is checked or in a documented error.

``python -m pytest -m slow -s tests/kantools/hostile/test_generated.py`` tries 500 and says what they came to.
"""

from collections import Counter
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings

from tests.kantools.hostile.tables import Hostile, tables
from tests.kantools.hostile.verdict import fitted, trained

FIT = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


Judge = Callable[[Hostile, float], str]


def run(judge: Judge, time_limit: float, examples: int) -> tuple[Counter, list[float]]:
    """What so many tables came to; seconds of the processor beyond the limit, a tenth of it and one more."""
    outcomes: Counter = Counter()
    late: list[float] = []

    @settings(max_examples=examples, **FIT)
    @given(tables())
    def each(table: Hostile) -> None:
        begin = process_time()
        outcomes[judge(table, time_limit)] += 1
        beyond = process_time() - begin - (1.1 * time_limit + 1)
        if beyond > 0:
            late.append(beyond)

    each()
    return outcomes, late


@pytest.mark.parametrize(("judge", "good"), [(fitted, "formula"), (trained, "network")])
def test_some(judge, good):
    outcomes, _ = run(judge, 0.1, 25)
    assert outcomes[good] >= 5
    assert outcomes["TableError"] >= 2


@pytest.mark.slow
def test_five_hundred():
    run(fitted, 0.1, 20)  # imports and compilers aside
    outcomes, late = run(fitted, 1.0, 500)
    most = max(late, default=0.0)
    print(f"\n{sum(outcomes.values())} tables: {dict(outcomes)}; {len(late)} late, at most {most:.1f} s")
    assert not late
