"""Clocks: one counts at a time, in each thread its own, and work moves only those that count it."""

from threading import Thread

from kantools.clock import OPERATIONS, Seconds, Work, current, now, running, worked


def test_the_wall_counts_where_nothing_else_is_said():
    assert isinstance(current(), Seconds)
    before = now()
    worked(1e15)
    assert now() >= before
    assert (current().unit, Work().unit) == ("s", "units of effort")


def test_work_alone_moves_its_clock():
    clock = Work()
    with running(clock):
        assert now() == now() == 0.0
        worked(2.5 * OPERATIONS)
        assert now() == 2.5
    worked(OPERATIONS)
    assert clock.done == 2.5


def test_the_inner_clock_counts_and_the_outer_one_comes_back():
    outer, inner = Work(), Work(7.0)
    with running(outer):
        with running(inner):
            worked(OPERATIONS)
            assert current() is inner
        assert current() is outer
    assert (outer.done, inner.done) == (0.0, 8.0)
    assert isinstance(current(), Seconds)


def test_an_error_puts_the_clock_back():
    try:
        with running(Work()):
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert isinstance(current(), Seconds)


def test_another_thread_has_a_clock_of_its_own():
    seen = []

    def work():
        seen.append(current())
        with running(Work(1.0)):
            worked(OPERATIONS)
            seen.append(now())

    with running(Work(5.0)):
        thread = Thread(target=work)
        thread.start()
        thread.join()
        assert now() == 5.0
    assert isinstance(seen[0], Seconds)
    assert seen[1] == 2.0


def test_kept_work_counts_once_for_each_clock():
    for clock in (Work(), Work()):
        with running(clock):
            for _ in range(3):
                worked(1e9, once=("rewritten", "x"))
            worked(1e9, once=("rewritten", "y"))
        assert clock.now() == 2.0
