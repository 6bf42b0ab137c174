"""What is left when a training is interrupted: the best network so far."""

from collections.abc import Callable
from typing import Generic, TypeAlias, TypeVar

from kantools.training.history import Stop

__all__ = ["Best", "Interrupted"]

S = TypeVar("S")
Watch: TypeAlias = Callable[[S, float], Stop | None]


class Interrupted(KeyboardInterrupt):
    """A training was interrupted, by Ctrl-C for instance; the network is left at the best that was seen.

    Before there was anything to keep, a KeyboardInterrupt stays what it is.
    """


class Best(Generic[S]):
    """Remembers the state of least loss among those that it is shown.

    Examples
    --------
    >>> best = Best()
    >>> watch = best.before(None)
    >>> watch("a", 2.0), watch("b", 1.0), watch("c", 3.0)
    (None, None, None)
    >>> best.state
    'b'
    """

    def __init__(self) -> None:
        self.seen: tuple[float, S] | None = None

    @property
    def state(self) -> S | None:
        return None if self.seen is None else self.seen[1]

    def before(self, watch: "Watch[S] | None") -> "Watch[S]":
        """A watcher that remembers, and then asks another one."""

        def remember(state: S, loss: float) -> Stop | None:
            if self.seen is None or loss < self.seen[0]:
                self.seen = (loss, state)
            return watch(state, loss) if watch else None

        return remember
