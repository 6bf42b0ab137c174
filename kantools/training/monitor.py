"""What watches a training from outside: held-out rows, callbacks, a bar.

With held-out rows the best state is the one that errs least on them, and a training that has not improved
there for a while is stopped.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from kantools.training.history import Stop

__all__ = ["Callback", "Monitor", "TrainingProgress", "bar"]

S = TypeVar("S")


@dataclass(frozen=True)
class TrainingProgress:
    """Where a training is.

    Attributes
    ----------
    iteration : int
        From 1 on.
    loss, held_out : float
        As in `History`; NaN where no rows are held out.
    seconds : float
        Since the training began.

    Examples
    --------
    >>> import numpy as np
    >>> from kantools.network import KAN
    >>> from kantools.training import train
    >>> def enough(progress: TrainingProgress) -> bool:
    ...     return progress.loss < 0.5
    >>> x = np.linspace(-1, 1, 30)[:, None]
    >>> print(train(KAN([1, 2, 1]), x, np.sin(5 * x[:, 0]), callbacks=[enough]).reason.name)
    CALLBACK
    """

    iteration: int
    loss: float
    held_out: float
    seconds: float


Callback = Callable[[TrainingProgress], object]
"""Called after every iteration; if it returns True the training ends."""


class Monitor(Generic[S]):
    """Told of every state, keeps the best on held-out rows and says when to stop.

    Parameters
    ----------
    held_out : callable, optional
        The loss of a state on the held-out rows.
    patience : int
        Stop when so many iterations in a row have not lowered it.
    callbacks : sequence of callable
    """

    def __init__(
        self,
        held_out: Callable[[S], float] | None = None,
        patience: int = 20,
        callbacks: Sequence[Callback] = (),
    ) -> None:
        self.held_out, self.patience, self.callbacks = held_out, patience, tuple(callbacks)
        self.begin = time.perf_counter()
        self.losses: list[float] = []
        self.seen = 0
        self.best: float = float("inf")
        self.kept: S | None = None
        self.waited = 0

    def __call__(self, state: S, loss: float) -> Stop | None:
        """Why to stop now, or None."""
        self.seen += 1
        held = float("nan") if self.held_out is None else self._compare(state, self.held_out(state))
        progress = TrainingProgress(self.seen, loss, held, time.perf_counter() - self.begin)
        if any([call(progress) is True for call in self.callbacks]):
            return Stop.CALLBACK
        return Stop.HELD_OUT if self.waited >= self.patience else None

    def glance(self, state: S, loss: float) -> None:
        """Keep the state if it is the best so far, and no more."""
        held = float("inf") if self.held_out is None else self.held_out(state)
        if held < self.best:
            self.best, self.kept = held, state

    def _compare(self, state: S, held: float) -> float:
        self.losses.append(held)
        self.waited += 1
        if held < self.best:
            self.best, self.kept, self.waited = held, state, 0
        return held


@contextmanager
def bar(shown: bool, total: int) -> Iterator[list[Callback]]:
    """A bar on standard error while the block runs, as a list of callbacks; an empty one without it."""
    if not shown:
        yield []
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as drawn:
        task = drawn.add_task("training", total=total)

        def show(progress: TrainingProgress) -> None:
            drawn.update(task, completed=progress.iteration, description=f"loss {progress.loss:.2e}")

        yield [show]
