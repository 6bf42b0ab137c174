"""Things that end at once or never, told apart by a bound no busy machine meets. It measures no speed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60
"""Of the processor; what is held against it takes milliseconds, or minutes where it is broken."""


@contextmanager
def ends() -> Iterator[None]:
    """Fail where what is inside hangs."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < SECONDS, "this hangs"
