"""A hypothesis: an idea of what the law may be like, tried in one view of a table.

All that a hypothesis may know is the scene that it is given; it changes nothing and yields what it finds. Who
asks it, when, and what comes of its findings is decided elsewhere: by the agenda
(:mod:`kantools.discovery.agenda`) and by the walk (:mod:`kantools.discovery.walk`).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, ClassVar, TypeVar

from kantools.discovery.budget import Budget
from kantools.discovery.evidence import Evidence
from kantools.discovery.findings import Finding
from kantools.discovery.memory import Recall
from kantools.discovery.policy import Policy
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.views.rows import Split
from kantools.discovery.views.view import View, ViewKey
from kantools.discovery.visit import Visit
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.primitive import Primitive

__all__ = ["Cost", "Hypothesis", "Scene", "Settings", "When"]

T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """What a search was asked for.

    Attributes
    ----------
    primitives : tuple of Primitive
    basis : str
        What the curves of networks are made of.
    seed : int
    known : tuple of Formula
        Found elsewhere.
    """

    primitives: tuple[Primitive, ...] = ()
    basis: str = "bspline"
    seed: int = 0
    known: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Scene:
    """All that a hypothesis may know; nothing of it can be changed.

    Attributes
    ----------
    visit : Visit
        The view, the networks of it so far, and their errors.
    data : Data
        All rows of the table.
    split : tuple of ndarray
        Rows to train on and rows to judge by.
    settings : Settings
    budget : Budget
    evidence : Evidence
        Noise, least error and the best formula, at the moment.
    visited : frozenset of ViewKey
        Views that were entered already.
    heard : frozenset of str
        Hypotheses that have had their say about the whole table.
    ease : float
        The error of the view's best polynomial, where views are compared by theirs.
    recall : Recall
        Answers of earlier searches.
    """

    visit: Visit
    data: Data
    split: Split
    settings: Settings
    budget: Budget
    evidence: Evidence
    visited: frozenset[ViewKey] = frozenset()
    heard: frozenset[str] = frozenset()
    ease: float = float("inf")
    recall: Recall = field(default_factory=lambda: Recall(None))

    @property
    def view(self) -> View:
        return self.visit.view

    @property
    def policy(self) -> Policy:
        return self.evidence.policy

    @property
    def surrogate(self) -> Surrogate:
        """The best surrogate of the view; asked for only where there is one."""
        assert self.visit.surrogate is not None
        return self.visit.surrogate

    @property
    def least_here(self) -> float:
        """The error of the best model here and in the view before; what looks exact is good enough."""
        return max(self.policy.looks_exact, min(self.visit.best, self.visit.before))

    def is_new(self, view: View) -> bool:
        return view.key not in self.visited

    def once(self, kind: str, *asked: Hashable, work: Callable[[], T]) -> T:
        """Work something out in this view, unless an earlier search has done it."""
        return self.recall(kind, self.view.key, *asked, work=work, late=lambda: self.budget.late)


class When(Enum):
    """When a hypothesis is tried that the agenda does not name.

    Those that come first find forms only: no error is known yet by which views could be judged.
    """

    FIRST = "of the whole table, before anything else"
    QUICK = "on arrival in a view"
    LAST = "in a view from which nothing led on"


class Cost(Enum):
    """What trying a hypothesis costs in nine views of ten, in order of magnitude, of one core.

    It is the column "90 %" of ``docs/hypotheses.md``, rounded to tenths of a second.
    """

    MILLISECONDS = "milliseconds"
    TENTHS = "tenths of a second"
    SECONDS = "seconds"


class Hypothesis(ABC):
    """An idea of what the law may be like: a frozen dataclass whose fields are its thresholds.

    Attributes
    ----------
    name : str
        What it is called in the catalogue and by users.
    cost : Cost
    when : When
        For those that the agenda does not name.
    sees_curve : bool
        Whether a view of one column was looked at as the curve that it is when this was tried there.
    """

    name: ClassVar[str]
    cost: ClassVar[Cost] = Cost.MILLISECONDS
    when: ClassVar[When] = When.QUICK
    sees_curve: ClassVar[bool] = False

    def shortest(self, columns: int) -> float:
        """Symbols of the shortest law in so many columns that it may find and none asked before it has.

        A search ends with an adequate law that is no longer than what is left to ask may find. Infinite
        where it finds no law itself, or none that only it finds.
        """
        return 1

    def applies(self, scene: Scene) -> bool:
        """Whether there is something to try."""
        return True

    @abstractmethod
    def findings(self, scene: Scene) -> Iterator[Finding]:
        """What it finds, as it is found."""

    def written(self) -> dict[str, Any]:
        """Its name and changed fields, as :func:`~kantools.discovery.roster.roster_of` reads them.

        >>> from kantools.discovery.hypotheses.few_terms import FewTerms
        >>> FewTerms(most_terms=20).written()
        {'name': 'polynomial with few terms', 'most_terms': 20}
        """
        usual, names = type(self)(), [f.name for f in fields(self)]  # type: ignore[arg-type]
        changed = {n: getattr(self, n) for n in names if getattr(self, n) != getattr(usual, n)}
        return {"name": self.name, **changed}
