"""Which hypotheses a search asks: all of the folder, or those that were chosen, with their thresholds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import EllipsisType, ModuleType
from typing import Any, TypeVar

from kantools.catalogue import Catalogue, did_you_mean
from kantools.discovery.hypothesis import Hypothesis
from kantools.errors import SettingError

__all__ = ["HYPOTHESES", "Choice", "Roster", "roster_of"]

H = TypeVar("H", bound=Hypothesis)
Choice = str | Hypothesis | EllipsisType | Mapping[str, Any]
LEFT_OUT, ALL_OTHERS = "-", "..."


def _of(module: ModuleType) -> Iterator[tuple[str, type[Hypothesis]]]:
    for thing in vars(module).values():
        if isinstance(thing, type) and issubclass(thing, Hypothesis) and thing.__module__ == module.__name__:
            yield thing.name, thing


HYPOTHESES: Catalogue[type[Hypothesis]] = Catalogue("hypothesis", "kantools.discovery.hypotheses", _of)
"""All hypotheses there are, by name."""


@dataclass(frozen=True)
class Roster:
    """The hypotheses of one search, each with its thresholds.

    Attributes
    ----------
    members : tuple of Hypothesis
    """

    members: tuple[Hypothesis, ...]

    def get(self, kind: type[H]) -> H | None:
        """The member of a kind; None where it was left out."""
        return next((h for h in self.members if isinstance(h, kind)), None)

    def others(self, kinds: Iterable[type[Hypothesis]]) -> tuple[Hypothesis, ...]:
        """Members of none of these kinds."""
        return tuple(h for h in self.members if not isinstance(h, tuple(kinds)))


def roster_of(chosen: Sequence[Choice] | None = None) -> Roster:
    """The hypotheses that a search asks.

    Parameters
    ----------
    chosen : sequence, optional
        Names, hypotheses with thresholds of their own (also as a mapping with the name), and ``...`` for all
        that are not named; a name with a minus before it leaves one out, and names with a minus alone leave
        out of all. Without it, all there are.

    Raises
    ------
    SettingError
        For an unknown name, and for what is none of these.

    Examples
    --------
    >>> from kantools.discovery.hypotheses.few_terms import FewTerms
    >>> [h.name for h in roster_of(["plain formulas", FewTerms(most_terms=20)]).members]
    ['plain formulas', 'polynomial with few terms']
    >>> rest = roster_of([..., "-networks"])
    >>> len(HYPOTHESES) - len(rest.members)
    1
    """
    if chosen is None:
        chosen = [...]
    if isinstance(chosen, str) or not isinstance(chosen, Sequence):
        raise SettingError(f"hypotheses is a list of names, hypotheses and ...; it is {chosen!r}.")
    every = any(c is ... or c == ALL_OTHERS for c in chosen) or all(map(_leaves_out, chosen))
    chosen = [c for c in chosen if not (c is ... or c == ALL_OTHERS)]
    given = [_one(c) for c in chosen if not _leaves_out(c)]
    twice = {h.name for h in given if sum(g.name == h.name for g in given) > 1}
    if twice:
        raise SettingError(f'Each hypothesis is asked once; "{min(twice)}" is named twice. Name it once.')
    left_out = {_known(c[len(LEFT_OUT) :]) for c in chosen if isinstance(c, str) and _leaves_out(c)}
    if every:
        named = {h.name for h in given} | left_out
        given += [HYPOTHESES[name]() for name in HYPOTHESES if name not in named]
    return Roster(tuple(given))


def _leaves_out(choice: Choice) -> bool:
    return isinstance(choice, str) and choice.startswith(LEFT_OUT)


def _one(choice: Choice) -> Hypothesis:
    if isinstance(choice, Hypothesis):
        return choice
    if isinstance(choice, Mapping) and "name" in choice:
        return _with_thresholds(**choice)
    if not isinstance(choice, str):
        raise SettingError(
            f"A hypothesis is a name or an instance; this is {choice!r}. Write for instance FewTerms()."
        )
    return HYPOTHESES[_known(choice)]()


def _known(name: str) -> str:
    if name not in HYPOTHESES:
        raise SettingError(f'There is no hypothesis "{name}"; {did_you_mean(name, HYPOTHESES)}')
    return name


def _with_thresholds(name: str, **thresholds: Any) -> Hypothesis:
    kind = HYPOTHESES[_known(name)]
    for threshold in thresholds:
        if threshold not in {f.name for f in fields(kind)}:  # type: ignore[arg-type]
            known = did_you_mean(threshold, [f.name for f in fields(kind)])  # type: ignore[arg-type]
            raise SettingError(f'"{name}" has no threshold "{threshold}"; {known}')
    return kind(**thresholds)
