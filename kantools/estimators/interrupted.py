"""Ctrl-C while a network is trained: what was learned so far is kept."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from kantools.training.interrupted import Interrupted

__all__ = ["TrainingInterrupted", "best_if_interrupted"]


class TrainingInterrupted(UserWarning):
    """A training was interrupted; the network is the best that it had come to."""


@contextmanager
def best_if_interrupted() -> Iterator[None]:
    """Go on with the best network where a training is interrupted; a training without one is not over."""
    try:
        yield
    except Interrupted:
        warnings.warn(
            "The training was interrupted; the network is the best so far. Call fit again for a better one.",
            TrainingInterrupted,
            stacklevel=5,  # of who calls the estimator that calls this
        )
