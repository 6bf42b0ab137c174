"""Hypotheses of few words, for tests of those who ask them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from kantools.discovery.findings import Finding
from kantools.discovery.hypothesis import Hypothesis, Scene, When

__all__ = ["First", "Last", "Toy"]


@dataclass(frozen=True)
class Toy(Hypothesis):
    """Finds what it is told to find in a scene, and keeps in mind where it was asked."""

    name = "toy"
    told: Callable[[Scene], Iterable[Finding]] = lambda scene: ()
    asked: list[str] = field(default_factory=list, compare=False)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        self.asked.append(str(scene.view))
        yield from self.told(scene)


@dataclass(frozen=True)
class First(Toy):
    """The same, of the whole table before anything else."""

    name = "first toy"
    when: ClassVar[When] = When.FIRST


@dataclass(frozen=True)
class Last(Toy):
    """The same, where nothing has led on."""

    name = "last toy"
    when: ClassVar[When] = When.LAST
