"""The number of threads of linear algebra is the process's; searches in several threads share it."""

import threading

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from kantools.discovery.one_thread import one_thread


def blas() -> dict[str, int]:
    return {p["filepath"]: p["num_threads"] for p in threadpool_info() if p["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def two_threads():
    """A setting to come back to that is not the limit itself, whatever the environment says."""
    thread = threading.Thread(target=lambda: threadpool_limits(limits=2, user_api="blas"))
    thread.start()  # a thread that has ended leaves the setting to others
    thread.join()
    assert set(blas().values()) == {2}


def test_overlapping_in_two_threads_leaves_the_setting_as_it_was():
    """The first to come is the first to go; where each put back what it found, one thread would remain."""
    before, inside, first_is_out = blas(), threading.Event(), threading.Event()
    seen = []

    def second():
        with one_thread():
            inside.set()
            first_is_out.wait(10)
            seen.append(blas())

    thread = threading.Thread(target=second)
    with one_thread():
        thread.start()
        assert inside.wait(10)
    first_is_out.set()
    thread.join()
    assert set(seen[0].values()) == {1}
    assert blas() == before


def test_an_error_puts_it_back():
    before = blas()
    with pytest.raises(ZeroDivisionError), one_thread():
        1 / 0  # noqa: B018
    assert blas() == before
