"""What a training leaves behind: how the loss fell and why it stopped."""

from dataclasses import dataclass
from enum import Enum

__all__ = ["History", "Stop"]


class Stop(Enum):
    """Why a training stopped; the value says it in words.

    >>> print(Stop.SOLVED.value)
    The problem is linear in its coefficients and was solved exactly.
    """

    SOLVED = "The problem is linear in its coefficients and was solved exactly."
    CONVERGED = "The loss no longer falls noticeably."
    TARGET = "The loss has reached the target."
    ITERATIONS = "The number of iterations is used up; a larger max_iterations may fit better."
    DEADLINE = "The time is used up; a later deadline may fit better."
    HELD_OUT = "The loss on the held-out rows no longer falls; the best network on them is kept."
    CALLBACK = "A callback has asked to stop."
    STALLED = "No step in any direction lowers the loss."


@dataclass(frozen=True)
class History:
    """The course of a training.

    Attributes
    ----------
    losses : tuple of float
        Weighted mean squared error over the variance of the target, before the first and after every
        iteration: the last one is ``1 - R^2`` on the training rows. Of a classifier, the cross entropy.
    seconds : float
        Time it took.
    reason : Stop
        Why it stopped.
    smoothness : float
        The weight of the smoothness penalty that was used or chosen.
    effective : float
        Effective number of coefficients, where cross-validation has worked it out, else NaN.
    held_out : tuple of float
        The loss on the held-out rows after every iteration, if there are any. Those of ``"lm"`` in which
        several starts race are not judged, so this ends where ``losses`` does and may begin later.
    solver : str
        What was used: ``"lm"``, ``"lbfgs"`` or ``"adam"``.
    measure : str
        What the losses are, in words.

    Examples
    --------
    >>> history = History((1.0, 0.02, 1e-4), 0.3, Stop.CONVERGED, smoothness=1e-8)
    >>> history.loss, history.reason.name
    (0.0001, 'CONVERGED')
    """

    losses: tuple[float, ...]
    seconds: float
    reason: Stop
    smoothness: float = 0.0
    effective: float = float("nan")
    held_out: tuple[float, ...] = ()
    solver: str = "lm"
    measure: str = "share of the variance"

    @property
    def loss(self) -> float:
        """The last loss.

        >>> History((1.0, 0.25), 0.1, Stop.ITERATIONS).loss
        0.25
        """
        return self.losses[-1]
