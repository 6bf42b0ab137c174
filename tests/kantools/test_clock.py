"""What time it is for a search."""

import pytest

from kantools.clock import Seconds, Work, current, now, running, worked


def test_work_does_not_move_the_wall_clock():
    before = now()
    worked(1e15)
    assert now() - before < 1e5


def test_the_clock_before_counts_again_also_after_an_error():
    def interrupted() -> None:
        with running(Work()):
            assert isinstance(current(), Work)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert isinstance(current(), Seconds)


def test_clocks_do_not_move_each_other():
    outer, inner = Work(), Work()
    with running(outer):
        worked(1e9)
        with running(inner):
            worked(2e9)
        worked(1e9)
    assert (outer.now(), inner.now()) == (2.0, 2.0)


def test_kept_work_counts_once_for_each_clock():
    for clock in (Work(), Work()):
        with running(clock):
            for _ in range(3):
                worked(1e9, once=("rewritten", "x"))
            worked(1e9, once=("rewritten", "y"))
        assert clock.now() == 2.0
