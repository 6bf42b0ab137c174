"""Several searches at a time: which formula is chosen, what ends them, and what an interrupt leaves."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import numpy as np
import pytest
from sympy import sympify

from kantools.discovery import Discovery, Progress
from kantools.discovery import portfolio as module
from kantools.discovery.memory import Memory
from kantools.discovery.portfolio import discover_in_parallel, merged, seeds_of
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.formula import Formula
from kantools.symbolic.units.units import InconsistentUnits
from kantools.table import Table

x = np.linspace(1, 30, 40)
LINE = Table(("x",), x[:, None], "y", 3 * x)
DATA = data_of(LINE)


def formula(text: str, loss: float, complexity: int, length: float) -> Formula:
    return Formula(("x",), "y", sympify(text), (), np.zeros((0, 0)), loss, complexity, length)


LONG = formula("3*x + sin(x)/9", 0.1, 9, -30.0)
SHORT = formula("3*x", 0.11, 3, -40.0)
ROUGH = formula("x", 9.0, 1, 10.0)


def found(
    *front: Formula, stopped: str = "all topologies tried", noise: str = "constant", **more
) -> Discovery:
    best = min(front, key=lambda f: f.description_length)
    return Discovery(front, best, None, None, (), 1.0, stopped, noise, **more)


def test_the_formula_of_least_description_length_is_chosen_with_the_front_of_all():
    best = merged([found(ROUGH, LONG), found(SHORT)], DATA)
    assert best.chosen is SHORT
    assert best.front == (ROUGH, SHORT, LONG)


def test_what_one_search_chooses_may_be_the_rival_of_what_another_does():
    data = replace(DATA, y=3 * x + np.where(np.arange(len(x)) % 2, 0.4, -0.4))
    line, bent = formula("3*x", 0.16, 3, -40.0), formula("3*x + sin(3*x)/20", 0.161, 9, -39.0)
    assert merged([found(line), found(ROUGH, bent)], data).rivals == (bent,)
    assert merged([found(line, rivals=(bent,)), found(ROUGH, line)], data).rivals == (bent,)


def test_what_is_shown_belongs_to_the_formula():
    best = merged([found(LONG, snapped={"a": 1}), found(SHORT, snapped={"b": 2})], DATA)
    assert best.snapped == {"b": 2}


@pytest.mark.parametrize(("selection", "chosen"), [("description_length", SHORT), ("loss", LONG)])
def test_the_selection_holds_among_the_searches(selection, chosen):
    assert merged([found(SHORT), found(LONG)], DATA, selection).chosen is chosen


def test_the_least_description_length_is_on_the_front_although_another_is_as_short_and_fits_better():
    other = replace(SHORT, loss=0.10, description_length=-35.0)
    best = merged([found(other), found(SHORT)], DATA)
    assert best.chosen is SHORT
    assert best.front == (SHORT,)


def test_description_lengths_compare_between_noise_models():
    shorter = found(replace(SHORT, description_length=-1e3), noise="proportional")
    assert merged([found(SHORT), shorter], DATA).noise == "proportional"


UNITS = {"x": "m", "y": "m"}


def test_a_formula_that_contradicts_the_units_gives_way():
    square = formula("x**2", 0.01, 3, -90.0)
    assert merged([found(square), found(SHORT)], data_of(LINE, UNITS)).chosen is SHORT


def test_where_all_contradict_the_units_it_is_said():
    square = formula("x**2", 0.01, 3, -90.0)
    with pytest.warns(InconsistentUnits, match="No search found .* Check the units"):
        assert merged([found(square)], data_of(LINE, UNITS)).chosen is square


def test_seeds_are_ones_own_and_others():
    assert seeds_of(5, 3)[0] == 5
    assert len(set(seeds_of(5, 3) + seeds_of(6, 3))) == 6


class Threads(ThreadPoolExecutor):
    """Worker processes that cannot be killed; they see that they are not wanted any more."""

    def shutdown(self, wait=True, *, kill_workers=False, **more):
        super().shutdown(wait, **more)


remembered: list[tuple[int, object]] = []


@pytest.fixture
def searches(monkeypatch):
    """Threads instead of processes, and a search that does what is written for its turn.

    It sleeps so many seconds, again and again, and tells its progress; then it gives its answer. Where it is
    interrupted, this is the best so far, and None nothing yet.
    """
    script: dict[int, list[object]] = {}
    ended: dict[int, float] = {}
    remembered.clear()
    begin = time.monotonic()

    def discover(table, *, seed, progress, memory=None, **settings) -> Discovery:
        remembered.append((seeds.index(seed), memory))
        *steps, last = script[seeds.index(seed)]
        try:
            for step in steps:
                time.sleep(step)
                progress(Progress(0.5, "", None))
        except KeyboardInterrupt:
            if last is None:
                raise
            return replace(last, stopped="interrupted")
        finally:
            ended[seeds.index(seed)] = time.monotonic() - begin
        if isinstance(last, Exception):
            raise last
        return last

    seeds = seeds_of(0, 3)
    monkeypatch.setattr(module, "discover", discover)
    monkeypatch.setattr("joblib.externals.loky.get_reusable_executor", lambda n, **_: Threads(n))
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    return script, ended


ENDLESS = [0.05] * 400


def interrupt(_: Progress) -> None:
    raise KeyboardInterrupt


EXPLAINED = found(SHORT, stopped="explained")


def search(jobs: int = 2, time_limit: float = 20) -> Discovery:
    return discover_in_parallel(LINE, jobs=jobs, time_limit=time_limit)


def test_the_first_alone_has_a_memory(searches):
    script, _ = searches
    script |= {0: [found(ROUGH)], 1: [0.1, found(LONG)]}
    memory = Memory()
    discover_in_parallel(LINE, jobs=2, time_limit=20, memory=memory)
    assert sorted(remembered) == [(0, memory), (1, None)]


def test_all_are_waited_for(searches):
    script, _ = searches
    script |= {0: [found(ROUGH)], 1: [0.1, found(LONG)], 2: [0.2, found(SHORT)]}
    best = search(jobs=3)
    assert best.chosen is SHORT
    assert best.front == (ROUGH, SHORT, LONG)
    assert best.seconds > 0.2


def test_the_first_here_that_explains_ends_all(searches):
    script, ended = searches
    script |= {0: [0.1, EXPLAINED], 1: [*ENDLESS, found(LONG)]}
    assert search().stopped == "explained"
    time.sleep(0.3)
    assert ended[1] < 5


def test_one_elsewhere_that_explains_ends_the_one_here(searches):
    script, ended = searches
    script |= {0: [*ENDLESS, found(LONG)], 1: [0.1, EXPLAINED]}
    best = search()
    assert (best.chosen, best.stopped) == (SHORT, "explained")
    assert ended[0] < 5


def test_an_interrupt_gives_the_best_so_far_of_all(searches):
    script, _ = searches
    script |= {0: [*ENDLESS, found(ROUGH)], 1: [*ENDLESS, found(SHORT)], 2: [*ENDLESS, None]}
    best = discover_in_parallel(LINE, jobs=3, progress=interrupt)
    assert (best.chosen, best.stopped) == (SHORT, "interrupted")
    assert best.front == (ROUGH, SHORT)


def test_an_interrupt_while_others_are_waited_for(searches):
    script, _ = searches
    script |= {0: [found(ROUGH)], 1: [*ENDLESS, found(SHORT)]}
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert search().chosen is SHORT


def test_an_interrupt_before_anything_was_found_is_one(searches):
    script, _ = searches
    script |= {0: [*ENDLESS, None], 1: [*ENDLESS, None]}
    with pytest.raises(KeyboardInterrupt):
        discover_in_parallel(LINE, jobs=2, progress=interrupt)


def test_one_that_does_not_end_in_time_is_not_waited_for(searches):
    script, ended = searches
    script |= {0: [found(ROUGH)], 1: [3.0, found(SHORT)]}
    assert search(time_limit=0.3).chosen is ROUGH
    assert 1 not in ended


def test_a_process_that_was_ended_costs_its_search_alone(searches):
    script, _ = searches
    script |= {0: [found(ROUGH)], 1: [0.05, BrokenProcessPool("killed")]}
    with pytest.warns(UserWarning, match="was ended; the others stand.*fewer jobs"):
        assert search().chosen is ROUGH


def test_an_error_is_one(searches):
    script, _ = searches
    script |= {0: [found(ROUGH)], 1: [0.05, ValueError("flaw")]}
    with pytest.raises(ValueError, match="flaw"):
        search()


@pytest.mark.slow
def test_the_same_seed_gives_the_same_result_for_real():
    a, b = np.random.default_rng(0).uniform(1, 3, (2, 120))
    noise = np.random.default_rng(1).normal(0, 0.02, 120)
    table = Table(("a", "b"), np.stack([a, b], 1), "y", np.sqrt(1 + a**2) + np.log(b) + noise)
    plain = ["identity", "square", "sqrt", "log"]
    one, two = (
        discover_in_parallel(table, jobs=2, seed=3, time_limit=120, primitives=plain) for _ in range(2)
    )
    assert "time limit" not in (one.stopped, two.stopped)
    assert str(one.chosen) == str(two.chosen)
    assert [str(f) for f in one.front] == [str(f) for f in two.front]
