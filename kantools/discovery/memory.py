"""What a search has worked out, kept for one that goes on with it.

A search is determined by its data, its settings and its seed, but for the time it has. Everything in it that
takes time is a function of what it is given: a network trained, a curve read, a draft polished. Their answers
are kept under what they were asked; a search that is begun again gets them from here and comes to where the
last one ended. An answer that the end of the time cut short is not kept.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

import joblib

from kantools.symbolic.fit.data import Data

__all__ = ["Memory", "Recall", "fingerprint"]

#: Fields of the data that are settings of the search, or known by their name.
NOT_ROWS = ("units", "language", "loss")

T = TypeVar("T")


def fingerprint(data: Data) -> str:
    """The same for the same rows, weights and ways to take them."""
    rows = [getattr(data, f.name) for f in fields(data) if f.name not in NOT_ROWS]
    return str(joblib.hash((rows, data.loss.name)))


@dataclass
class Memory:
    """Answers of one search, by question.

    Attributes
    ----------
    about : str
        Of which data and settings; answers to questions about others are of no use.
    answers : dict

    Examples
    --------
    >>> memory, asked = Memory(), []
    >>> work = lambda: asked.append(1) or "answer"
    >>> [memory.once("question", work, late=lambda: False) for _ in range(2)], len(asked)
    (['answer', 'answer'], 1)
    """

    about: str = ""
    answers: dict[Hashable, Any] = field(default_factory=dict)

    def turn_to(self, data: Data, *settings: Any) -> None:
        """Forget everything, unless it is about these same data and settings."""
        about = joblib.hash((fingerprint(data), settings))
        if about != self.about:
            self.about, self.answers = about, {}

    def once(self, question: Hashable, work: Callable[[], T], late: Callable[[], bool]) -> T:
        """The answer, worked out unless it is known; it is kept unless it comes too late."""
        if question in self.answers:
            return self.answers[question]
        answer = work()
        if not late():
            self.answers[question] = answer
        return answer


@dataclass(frozen=True)
class Recall:
    """Answers about one way to weigh the rows: from a memory, where there is one, or worked out.

    >>> Recall(None)("question", 1, work=lambda: "answer", late=lambda: False)
    'answer'
    """

    memory: Memory | None
    about: str = ""

    @classmethod
    def of(cls, memory: Memory | None, data: Data) -> "Recall":
        return cls(memory, "" if memory is None else fingerprint(data))

    def __call__(self, kind: str, *asked: Hashable, work: Callable[[], T], late: Callable[[], bool]) -> T:
        """Work something out, unless an earlier search with the same memory has done it."""
        if self.memory is None:
            return work()
        return self.memory.once((self.about, kind, *asked), work, late)
