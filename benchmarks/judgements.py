"""Which judgements matter: ``python -m benchmarks.judgements`` writes ``docs/judgements.md``.

Every threshold that decides what is believed, followed or kept is halved and doubled by itself, and laws that
nobody has tuned to (:mod:`kantools.bench.random_laws`) are searched with it. The searches are limited in effort
(:mod:`kantools.clock`), not in seconds, so that the figures are the same on every machine, however busy. Sizes
and guards against rounding are not varied. What stands in the file of results is not run again.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.page import ROOT
from kantools.bench.method import Finding, Method
from kantools.bench.task import Task
from kantools.bench.worker import stages
from kantools.clock import Work, running
from kantools.discovery import Policy, discover
from kantools.discovery.roster import HYPOTHESES
from kantools.discovery.threshold import thresholds

__all__ = ["PAGE", "RESULTS", "Variation", "page", "variations"]

PAGE = ROOT / "docs" / "judgements.md"
RESULTS = ROOT / "docs" / "results" / "judgements.csv"
FACTORS = (0.5, 2.0)
NOISES = (0.0, 0.01)
ROWS = 300
HEAD = ("owner", "threshold", "factor", "law", "noise", "solved", "effort")

TEXT = """# Which judgements matter

A judgement is a threshold that decides what is believed, followed or kept; `kantools hypotheses NAME` and
`kantools hypotheses --policy` print each with the reason for its value. Here each is halved and doubled by
itself, and laws drawn at random are searched with it.

Written by `{command}`: {laws} laws of seed {seed}, which is spent, without noise and with γ = 0.01, {rows} rows
each, at most {effort:g} units of effort a search. The result does not depend on the machine. With all thresholds
as they are, {solved} of {searches} searches found the law, with {spent:.1f} units of effort in all. *Solved* and
*effort* say how much more or less that is with one threshold changed.
"""


@dataclass(frozen=True)
class Variation:
    """One threshold, and by how much it is changed; none where ``owner`` is empty.

    Attributes
    ----------
    owner : str
        A hypothesis, ``"policy"``, or a part of the policy.
    threshold : str
    factor : float
    """

    owner: str = ""
    threshold: str = ""
    factor: float = 1.0

    def settings(self) -> Mapping[str, Any]:
        """What :func:`~kantools.discovery.discover` is told.

        >>> Variation("policy", "holds", 2.0).settings()["policy"].holds
        4.0
        """
        if not self.owner:
            return {}
        policy = Policy()
        if self.owner == "policy":
            return {"policy": self._changed(policy)}
        if self.owner in HYPOTHESES:
            return {"hypotheses": [..., self._changed(HYPOTHESES[self.owner]())]}
        return {"policy": replace(policy, **{self.owner: self._changed(getattr(policy, self.owner))})}

    def _changed(self, owner: Any) -> Any:
        return replace(owner, **{self.threshold: scaled(getattr(owner, self.threshold), self.factor)})


def scaled(value: Any, factor: float) -> Any:
    """A number or numbers times a factor; whole numbers stay whole, and change by one at least.

    >>> scaled(3, 0.5), scaled(1, 0.5), scaled((1e-4, 1e-2), 2.0)
    (2, 0, (0.0002, 0.02))
    """
    if isinstance(value, tuple):
        return tuple(scaled(v, factor) for v in value)
    if isinstance(value, int):
        return math.ceil(value * factor) if value > 1 else int(factor > 1) + (factor > 1)
    return value * factor


def variations() -> Iterator[Variation]:
    """Every judgement of every hypothesis and of the policy, halved and doubled; first of all none."""
    yield Variation()
    policy = Policy()
    owners = {name: HYPOTHESES[name]() for name in HYPOTHESES} | {"policy": policy}
    owners |= {part: getattr(policy, part) for part in ("survey", "noise")}
    for owner, thing in owners.items():
        for field, kind, _ in thresholds(thing):
            if kind == "judgement":
                yield from (Variation(owner, field.name, factor) for factor in FACTORS)


def searched(variation: Variation, name: str, noise: float, seed: int, effort: float) -> dict[str, Any]:
    """One search: whether it found the law, and what it spent."""
    clock = Work()

    def find(table: Any, task: Task) -> Finding:
        with running(clock):
            found = discover(table, effort=effort, seed=task.seed, **variation.settings())
        return Finding(found.chosen.expression, found.chosen.predict)

    known: dict[str, Any] = {}
    for stage in stages(Task(name, noise, ROWS, seed), Method("kantools", find, ())):
        known |= stage
    changed = dict(zip(HEAD, (variation.owner, variation.threshold, f"{variation.factor:g}"), strict=False))
    return changed | {
        "law": name,
        "noise": f"{noise:g}",
        "solved": int(bool(known.get("solved"))),
        "effort": f"{min(clock.now(), effort):.3f}",
    }
