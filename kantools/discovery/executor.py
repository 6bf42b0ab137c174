"""Where hypotheses are worked on: one after the other, in this process."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from kantools.discovery.findings import Finding
from kantools.discovery.hypothesis import Hypothesis, Scene

__all__ = ["Executor", "Serial"]

Answers = Iterator[tuple[Hypothesis, Iterator[Finding]]]


class Executor(Protocol):
    """What asks a batch of hypotheses that do not depend on each other.

    The answers come in the order of the batch, whoever is first.
    """

    def run(self, batch: Sequence[Hypothesis], scene: Scene) -> Answers: ...


class Serial:
    """One hypothesis after the other, each finding when it is asked for."""

    def run(self, batch: Sequence[Hypothesis], scene: Scene) -> Answers:
        for hypothesis in batch:
            if hypothesis.applies(scene):
                yield hypothesis, hypothesis.findings(scene)
