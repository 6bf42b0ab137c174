"""Which judgements matter: ``python -m benchmarks.judgements`` writes ``docs/judgements.md``.

Every threshold that decides what is believed, followed or kept is halved and doubled by itself, and laws
that nobody has tuned to (:mod:`kantools.bench.random_laws`) are searched with it. The searches are limited in
effort (:mod:`kantools.clock`), not in seconds, so that the figures are the same on every machine, however
busy. Sizes and guards against rounding are not varied. What stands in the file of results is not run again.
"""

import argparse
import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from joblib import Parallel, delayed

from benchmarks.page import ROOT, code, table
from kantools.bench.method import Finding, Method
from kantools.bench.random_laws.source import name_of
from kantools.bench.task import Task
from kantools.bench.worker import stages
from kantools.discovery import Policy, discover
from kantools.discovery.roster import HYPOTHESES
from kantools.discovery.threshold import thresholds

__all__ = ["PAGE", "RESULTS", "Variation", "page", "variations"]

PAGE = ROOT / "docs" / "judgements.md"
RESULTS = ROOT / "docs" / "results" / "judgements" / "searches.csv"
FACTORS = (0.5, 2.0)
NOISES = (0.0, 0.01)
ROWS = 300
HEAD = ("owner", "threshold", "factor", "law", "noise", "solved", "effort")

TEXT = """# Which judgements matter

A judgement is a threshold that decides what is believed, followed or kept; `kantools hypotheses NAME` and
`kantools hypotheses --policy` print each with the reason for its value. Here each is halved and doubled by
itself, and laws drawn at random are searched with it.

Written by `{command}`: {laws} laws of seed {seed}, which is spent, without noise and with γ = 0.01, {rows}
rows each, at most {effort:g} units of effort a search. The result does not depend on the machine. With all
thresholds as they are, {solved} of {searches} searches found the law, with {spent:.1f} units of effort in
all. The table says how many more or fewer that is with one threshold halved or doubled, and how much more or
less effort. {still} of {all} judgements change neither by more than {little:.0%}: on these laws their values
could be others. That says nothing of laws of other kinds.
"""
#: Share of the effort up to which a threshold has changed nothing.
LITTLE = 0.01


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
    known: dict[str, Any] = {}

    def find(table: Any, task: Task) -> Finding:
        found = discover(table, effort=effort, seed=task.seed, **variation.settings())
        known["effort"] = found.seconds
        return Finding(found.chosen.expression, found.chosen.predict)

    for stage in stages(Task(name, noise, ROWS, seed), Method("kantools", find, ())):
        known |= stage
    changed = dict(zip(HEAD, (variation.owner, variation.threshold, f"{variation.factor:g}"), strict=False))
    return changed | {
        "law": name,
        "noise": f"{noise:g}",
        "solved": int(bool(known.get("solved"))),
        "effort": f"{known.get('effort', effort):.3f}",
    }


def run(laws: int, seed: int, effort: float, jobs: int) -> list[dict[str, Any]]:
    """All searches that the file does not have yet, written as they come."""
    rows = _recorded()
    done = {_question(row) for row in rows}
    questions = [(v, name_of(seed, k), noise) for v in variations() for k in range(laws) for noise in NOISES]
    left = [q for q in questions if _key(*q) not in done]
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEAD)
        if not rows:
            writer.writeheader()
        work = (delayed(searched)(v, name, noise, seed, effort) for v, name, noise in left)
        for row in Parallel(n_jobs=jobs, return_as="generator")(work):
            writer.writerow(row)
            file.flush()
    asked = {_key(*question) for question in questions}
    return [row for row in _recorded() if _question(row) in asked]


def _recorded() -> list[dict[str, Any]]:
    if not RESULTS.exists():
        return []
    with RESULTS.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _key(v: Variation, law: str, noise: float) -> tuple[str, ...]:
    return v.owner, v.threshold, f"{v.factor:g}", law, f"{noise:g}"


def _question(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in HEAD[:5])


def page(rows: Sequence[Mapping[str, str]], laws: int, seed: int, effort: float, command: str) -> str:
    """The page of these searches."""
    totals: dict[tuple[str, str, str], tuple[int, float]] = {}
    for row in rows:
        key = row["owner"], row["threshold"], row["factor"]
        solved, spent = totals.get(key, (0, 0.0))
        totals[key] = solved + int(row["solved"]), spent + float(row["effort"])
    base = totals["", "", "1"]
    judged = sorted({key[:2] for key in totals if key[0]}, key=lambda k: -_weight(k, totals, base))
    lines = [_line(key, totals, base) for key in judged]
    still = sum(_weight(key, totals, base) <= LITTLE for key in judged)
    text = TEXT.format(
        command=command,
        laws=laws,
        seed=seed,
        rows=ROWS,
        effort=effort,
        solved=base[0],
        searches=2 * laws,
        spent=base[1],
        still=still,
        all=len(judged),
        little=LITTLE,
    )
    head = ("owner", "threshold", "value", "halved: laws", "effort", "doubled: laws", "effort")
    return f"{text}\n{table(head, lines)}\n"


Totals = Mapping[tuple[str, str, str], tuple[int, float]]


def _weight(key: tuple[str, str], totals: Totals, base: tuple[int, float]) -> float:
    """Laws that come or go, and the share of the effort, of the worse of the two changes."""
    changes = [totals[(*key, f"{factor:g}")] for factor in FACTORS]
    return max(abs(solved - base[0]) + abs(spent / base[1] - 1) for solved, spent in changes)


def _line(key: tuple[str, str], totals: Totals, base: tuple[int, float]) -> Iterator[object]:
    owner, threshold = key
    yield owner
    yield code(threshold)
    yield value_of(owner, threshold)
    for factor in FACTORS:
        solved, spent = totals[owner, threshold, f"{factor:g}"]
        yield f"{solved - base[0]:+d}" if solved != base[0] else "same"
        yield f"{spent / base[1] - 1:+.0%}" if abs(spent / base[1] - 1) > LITTLE else "same"


def value_of(owner: str, threshold: str) -> Any:
    """A threshold as it is."""
    policy = Policy()
    if owner in HYPOTHESES:
        return getattr(HYPOTHESES[owner](), threshold)
    return getattr(policy if owner == "policy" else getattr(policy, owner), threshold)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--laws", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--effort", type=float, default=3.0)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args(arguments)
    rows = run(given.laws, given.seed, given.effort, given.jobs)
    options = f"--laws {given.laws} --seed {given.seed} --effort {given.effort:g}"
    command = f"python -m benchmarks.judgements {options}"
    PAGE.write_text(page(rows, given.laws, given.seed, given.effort, command), encoding="utf-8")


if __name__ == "__main__":
    main()
