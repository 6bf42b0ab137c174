"""What there is to tell of hypotheses: their formulas, when they are tried, what they cost, their thresholds.

Nothing is written down twice: the words are docstrings, the order is the agenda's, and thresholds are fields.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from inspect import cleandoc
from typing import Any

from kantools.discovery.agenda import Agenda
from kantools.discovery.hypothesis import Hypothesis
from kantools.discovery.roster import Choice, roster_of
from kantools.discovery.threshold import Kind, thresholds

__all__ = ["PARTS", "About", "Threshold", "about", "about_all", "in_order", "thresholds_of"]

#: The parts of the agenda in their order, and when they come.
PARTS = {
    "of_the_table": "first of all",
    "told": "where a formula of few columns is adequate",
    "units_first": "before the whole table",
    "roots": "before the whole table",
    "centred": "before a view whose columns are far from 0",
    "quick": "on arrival in a view",
    "onward": "to go on from a view",
    "glance": "in views that polynomials have led to",
    "last": "where nothing led on",
}


@dataclass(frozen=True)
class Threshold:
    """One field of a hypothesis or of the policy.

    Attributes
    ----------
    name : str
    value : object
    kind : {"judgement", "size", "guard"}
    reason : str
    """

    name: str
    value: Any
    kind: Kind
    reason: str


@dataclass(frozen=True)
class About:
    """What there is to tell of one hypothesis.

    Attributes
    ----------
    name : str
    does : str
        Its formula, and what it is.
    when : tuple of str
    cost : str
        Order of magnitude of the time in one view.
    prose : str
        Why and how.
    thresholds : tuple of Threshold
    """

    name: str
    does: str
    when: tuple[str, ...]
    cost: str
    prose: str
    thresholds: tuple[Threshold, ...]


def about(choice: Choice) -> About:
    """What there is to tell of a hypothesis.

    Parameters
    ----------
    choice : str or Hypothesis

    Raises
    ------
    SettingError
        For an unknown name.

    Examples
    --------
    >>> few = about("polynomial with few terms")
    >>> few.does
    '``y = Σ c_t Π u_i``: the polynomial with the shortest description, where networks are no better.'
    >>> few.when, few.thresholds[0].name, few.thresholds[0].value
    (('on arrival in a view',), 'most_terms', 70)
    """
    (hypothesis,) = roster_of([choice]).members
    kind = type(hypothesis)
    does, _, more = cleandoc(kind.__doc__ or "").partition("\n\n")
    opens = cleandoc(sys.modules[kind.__module__].__doc__ or "")
    prose = "\n\n".join(part for part in (opens, more) if part)
    when = _when(hypothesis)
    return About(kind.name, _on_one_line(does), when, kind.cost.value, prose, thresholds_of(hypothesis))


def about_all() -> tuple[About, ...]:
    """All hypotheses there are, in the order in which a search comes to them."""
    return tuple(about(h) for h in in_order(roster_of().members))


def thresholds_of(owner: Any) -> tuple[Threshold, ...]:
    """The thresholds of a hypothesis, or of a policy and its parts, with the values that it has.

    >>> from kantools.discovery.policy import Policy
    >>> thresholds_of(Policy(holds=3.0))[0].value
    3.0
    """
    own = [Threshold(f.name, getattr(owner, f.name), kind, why) for f, kind, why in thresholds(owner)]
    parts = ((f.name, getattr(owner, f.name)) for f in fields(owner))
    return (*own, *(replace(t, name=f"{name}.{t.name}") for name, part in parts for t in _of_a_part(part)))


def _of_a_part(part: Any) -> tuple[Threshold, ...]:
    return thresholds_of(part) if is_dataclass(part) else ()


def in_order(hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
    """As the agenda comes to them; those that it does not name last."""
    named = [name for part in PARTS for name in _named_in(part)]
    return sorted(hypotheses, key=lambda h: [*named, type(h).__name__].index(type(h).__name__))


def _when(hypothesis: Hypothesis) -> tuple[str, ...]:
    """In which parts of the agenda it is named; else when it says."""
    name = type(hypothesis).__name__
    parts = (when for part, when in PARTS.items() if name in _named_in(part))
    return tuple(dict.fromkeys(parts)) or (hypothesis.when.value,)


def _named_in(part: str) -> Iterator[str]:
    """The names in a part of the agenda and in what it calls, in the order of the code."""
    for name in getattr(Agenda, part).__code__.co_names:
        yield name
        if callable(getattr(Agenda, name, None)):
            yield from _named_in(name)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
