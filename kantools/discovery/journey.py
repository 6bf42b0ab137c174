"""A journey: which views of a table were visited, and what happens on arrival in one.

All views of one exploration (:mod:`kantools.discovery.explore`) are judged by the same rows.
"""

from dataclasses import dataclass, field

import numpy as np

from kantools.discovery.site import Site, probe, survey
from kantools.discovery.state import Search
from kantools.discovery.surrogate import Surrogate
from kantools.discovery.trial import Split

__all__ = ["ENTERED", "LEFT", "Journey", "arrive", "look_at", "surrogate_of", "survey_view"]

ENTERED, LEFT = "entered", "left: it predicts worse than the view before"


@dataclass
class Journey:
    """All sites of one exploration, and the rows that all of them are judged by."""

    split: Split
    seen: set[str] = field(default_factory=set)
    sites: list[Site] = field(default_factory=list)
    surrogates: dict[tuple[str, bool], Surrogate | None] = field(default_factory=dict)
    units_heard: bool = False


def arrive(search: Search, journey: Journey, site: Site) -> None:
    """Enter a view for the first time."""
    search.tell(str(site.view))
    journey.seen.add(str(site.view))
    journey.sites.append(site)
    look_at(search, journey, site)


def look_at(search: Search, journey: Journey, site: Site) -> None:
    """The quickest topologies, and what they say of the view."""
    probe(search, site, journey.split)
    search.note(str(site.view), site.best, _entered(search, site), site.view)


def _entered(search: Search, site: Site) -> str:
    """Whether the search stays in a view; one in which it ends is not left."""
    return LEFT if site.hides and not search.over else ENTERED


def survey_view(search: Search, journey: Journey, site: Site) -> Surrogate | None:
    """The best surrogate of a view, by which it may turn out to hide nothing after all."""
    surrogate = surrogate_of(search, journey, site)
    search.verdict(str(site.view), _entered(search, site))
    return surrogate


def surrogate_of(search: Search, journey: Journey, site: Site) -> Surrogate | None:
    """The surrogate of a view, trained once."""
    asked = str(site.view), search.noisy
    if asked not in journey.surrogates:
        journey.surrogates[asked] = survey(search, site, journey.split)
    found = journey.surrogates[asked]
    site.best = min(site.best, np.inf if found is None else found.error)
    return found
