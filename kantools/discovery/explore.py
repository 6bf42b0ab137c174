"""Explore the views of a table, the one with the fewest inputs first.

In each view (:mod:`kantools.discovery.site`) the quickest topologies are tried, then a surrogate is trained
and its symmetries are read, all at once or one by one; each leads to a view with fewer inputs, which is
explored before anything else is done here. A view that predicts held-out rows much worse than the one it
came from hides something and is left. When no view leads on, all topologies are tried in those with the
fewest inputs.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from kantools.discovery.dimensions import dimensionless_views, why_none
from kantools.discovery.idle import MANY, without_idle_columns
from kantools.discovery.joins import joins, powers
from kantools.discovery.journey import Journey, arrive, look_at, surrogate_of, survey_view
from kantools.discovery.leads import Lead, best_first, differences, leads
from kantools.discovery.mixing import mixtures
from kantools.discovery.site import (
    HIDES,
    HIDES_IN_NOISE,
    LOOKS_EXACT,
    POOR,
    Site,
    enumerate_formulas,
    read_exact,
    try_topologies,
)
from kantools.discovery.state import Search
from kantools.discovery.surrogate import MORE, Surrogate, ease
from kantools.discovery.symmetry import symmetries
from kantools.discovery.topology import general
from kantools.discovery.trial import SMOOTHNESS, holdout_split, run_trial
from kantools.discovery.view import Reduction, View, reduced, whole_table

__all__ = ["explore"]

MOST_OFFERS = 4  # symmetries of one view that are followed until one holds
HOPELESS = 0.3  # error of a surrogate that has not followed the table
CLEAR = 0.5  # error of a polynomial that follows the table for the most part
MOST_FOLLOWED = 12  # views that polynomials find as easy to learn
FEW_COLUMNS = 3  # in which short formulas are looked for at once
MOST_JOINS = 3  # that are followed, the easiest to learn first
MOST_MIXED = 2  # columns mixed, the plainest first
MUCH_EASIER = 0.5  # share of the error of polynomials that dimensionless groups leave where they come first
HELPS = 0.7  # share of the error that may be left when columns were joined on suspicion
NO_WORSE = 1.02  # times the error of the whole table's polynomial, without idle columns
HOLDS = "the data bear the units out"
CONTRADICTED = "contradicted: a constant with a dimension is missing, or a unit is wrong"


Step = Callable[[Search, Journey, Site, Surrogate], bool]
"""One way to go on from a view; whether it has led on."""


def explore(search: Search) -> str:
    """Views by depth, topologies last; why it ended."""
    journey = Journey(holdout_split(len(search.chosen), search.seed))
    search.held = journey.split[1]
    whole = whole_table(search.data, search.rows)
    search.seen_error(search.once("ease", work=lambda: ease(whole, journey.split)), whole)
    search.surveyed = True
    if search.settled and search.least_error < CLEAR:
        return "nothing better in sight"
    search.surveyed = False
    search.unhurried, search.curve_seen = search.data.units is not None, False
    held = _units_first(search, journey, whole)
    for root in () if held else _roots(search, journey, whole):
        if search.over or search.settled or (search.noisy and search.at_the_floor):
            break
        _descend(search, journey, Site(root))
    search.unhurried = False  # all that units can say has been heard
    for site in sorted(journey.sites, key=lambda s: (s.hides, s.view.inputs)):
        if search.over:
            break
        if search.settled or (search.noisy and search.at_the_floor):
            return "nothing better in sight"
        if site.view.inputs > 1:
            try_topologies(search, site, journey.split)
    if search.done:
        return "explained"
    if search.late:
        return "time limit"
    return "nothing better in sight" if search.over else "all topologies tried"


def _roots(search: Search, journey: Journey, whole: View) -> Iterator[View]:
    """The table without columns that tell nothing, where that predicts as well, and the whole table."""
    if whole.inputs >= MANY:
        view = without_idle_columns(whole, journey.split, search.seed)
        error = np.inf if view is None else ease(view, journey.split)
        before = ease(whole, journey.split)
        if view is not None and before < np.inf and error <= NO_WORSE * before:
            idle = ", ".join(str(c) for c in whole.columns if c not in view.columns)
            search.note(f"without {idle}", error, "as good", whole)
            search.derive(view, whole)
            yield view
    yield whole


def _descend(search: Search, journey: Journey, site: Site) -> None:
    """Probe a view and follow what it suggests, one step after the other, until one leads on."""
    arrive(search, journey, site)
    if search.over or site.view.inputs < 2:
        return
    surrogate = survey_view(search, journey, site)
    if surrogate is None or site.hides or search.certain:
        return
    for step in _steps(search, site):
        if step(search, journey, site, surrogate) or search.over or search.settled:
            return


def _steps(search: Search, site: Site) -> Iterator[Step]:
    """What to do in a view, in this order; what is known by then decides what comes next."""
    if site.parent == np.inf:
        yield _by_units
    if site.best > HOPELESS:
        yield _by_powers
    if search.noisy:  # short formulas do not mind; null spaces and networks do
        yield _enumerate
        yield _read
        yield _wander
        if search.at_the_floor:
            return
    else:
        yield _read
    yield _by_symmetries
    if site.view.inputs <= FEW_COLUMNS:
        yield _enumerate
    if not site.mixed and (site.best > POOR or not search.noisy):
        yield _mix
    if not search.noisy:
        yield _wander
    if site.best > POOR:
        yield _join
    yield _enumerate


def _read(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> bool:
    """Networks that look exact."""
    read_exact(search, site)
    return False


def _enumerate(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> bool:
    """Short formulas."""
    enumerate_formulas(search, site)
    return False


def _by_symmetries(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> bool:
    """The null spaces of the gradient."""
    offers = symmetries(surrogate, site.view, search.deadline)[:MOST_OFFERS]
    return any(_follow(search, journey, site, offer.choices) for offer in offers)


def _wander(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> bool:
    """Views in which the table is as easy to learn, those with the fewest columns first."""
    queue = _leads_from(search, journey, site, surrogate)
    for _ in range(MOST_FOLLOWED):
        queue = best_first(x for x in queue if str(x.view) not in journey.seen)
        if not queue or search.over or search.settled:
            break
        lead = queue.pop(0)
        error = search.seen_error(lead.error, lead.view)
        search.note(f"{lead.view}: polynomial", error, "followed", lead.view)
        child = Site(lead.view, parent=site.best, allowed=HIDES_IN_NOISE)
        found = _look_into(search, journey, child)
        if found is not None:
            queue += _leads_from(search, journey, child, found)
    return False


def _leads_from(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> list[Lead]:
    """Where to go on from a view."""
    found = search.once(
        "leads",
        *(str(site.view), surrogate.error),
        work=lambda: leads(surrogate, site.view, journey.split, search.primitives, search.deadline),
    )
    for lead in found:
        search.derive(lead.view, site.view)
    return list(found)


def _look_into(search: Search, journey: Journey, site: Site) -> Surrogate | None:
    """Try what is quick in a view; its surrogate, where it may lead on."""
    arrive(search, journey, site)
    if search.over or site.view.inputs < 2:
        return None
    surrogate = survey_view(search, journey, site)
    if surrogate is None or site.hides or search.certain:
        return None
    if site.view.inputs <= FEW_COLUMNS:
        enumerate_formulas(search, site)
    return None if search.over or search.settled else surrogate


def _units_first(search: Search, journey: Journey, whole: View) -> bool:
    """What the units tell, before networks of all columns; whether the data bear it out.

    How noisy the table is shows sooner in dimensionless groups, of which there are fewer. They are followed
    at once in noise, and where they make the table far easier to learn.
    """
    views = _groups(search, whole)
    if views and views[0].inputs > FEW_COLUMNS and search.least_error > POOR:
        whole = _like_with_like(search, journey, whole)
        views = _groups(search, whole)
    if not views or not views[0].inputs:
        return False
    site, before = Site(views[0]), search.least_error
    surrogate_of(search, journey, site)
    easier = site.best <= (HIDES if search.noisy else MUCH_EASIER) * before
    if easier and _by_units(search, journey, Site(whole, best=before)):
        return True
    search.smoothness, search.surveyed = SMOOTHNESS, False
    return False


def _like_with_like(search: Search, journey: Journey, whole: View) -> View:
    """Columns of the same unit by their differences, where the data are as easy to follow then.

    Ratios of positions hide that only distances count, so this comes before dimensionless groups.
    """
    units = search.data.units
    assert units is not None
    bases = [units.units[name].base for name in whole.names]
    view = differences(whole, journey.split, lambda some: all(bases[k] == bases[some[0]] for k in some))
    if view is None:
        return whole
    search.derive(view, whole)
    search.note(f"{view}: like with like", ease(view, journey.split), "followed", view)
    return view


def _groups(search: Search, view: View) -> list[View]:
    units = search.data.units
    return [] if units is None else dimensionless_views(units, view, noisy=search.noisy)


def _by_powers(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> bool:
    """Where networks are lost: into the product of powers that the target is a smooth function of."""
    for reduction in powers(site.view):
        view = reduced(site.view, reduction)
        if view is not None and str(view) not in journey.seen:
            search.derive(view, site.view)
            child = Site(view, parent=site.best, allowed=HELPS)
            _descend(search, journey, child)
            return not child.hides
    return False


def _by_units(search: Search, journey: Journey, site: Site, surrogate: Surrogate | None = None) -> bool:
    """Descend into the dimensionless groups that the units make of the table; whether the data agree."""
    units = search.data.units
    if units is None or journey.units_heard:
        return False
    views = _groups(search, site.view)
    if not views:
        search.note("units", np.inf, why_none(units, site.view.names))
        return False
    journey.units_heard = True
    holds = _follow_views(search, journey, site, views)
    error = min((s.best for s in journey.sites if s.parent < np.inf), default=np.inf)
    search.note(f"units: {views[0]}", error, HOLDS if holds else CONTRADICTED)
    return holds


def _join(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> bool:
    """Where no surrogate is good: join columns on suspicion, and go on with what is easiest to learn."""
    reductions = joins(surrogate, site.view)
    views = [v for v in (reduced(site.view, r) for r in reductions) if v and str(v) not in journey.seen]
    for view in sorted(views, key=lambda v: _difficulty(search, v, surrogate, journey))[:MOST_JOINS]:
        if search.over:
            return True
        search.derive(view, site.view)
        child = Site(view, parent=site.best, allowed=1.0 if search.noisy else HELPS)
        _descend(search, journey, child)
        if not child.hides:
            return True
    return False


def _mix(search: Search, journey: Journey, site: Site, surrogate: Surrogate) -> bool:
    """Exchange a column for its product, quotient, sum or difference with another where that helps."""
    found = search.once(
        "mixtures",
        *(str(site.view), search.smoothness),
        work=lambda: mixtures(
            site.view, journey.split, search.seed, search.deadline, search.basis, search.smoothness
        ),
    )
    for mixture in found[:MOST_MIXED]:
        view = mixture.view
        helps = mixture.trial.error < max(HELPS * site.best, LOOKS_EXACT)
        if search.over or not helps:
            return False
        if str(view) in journey.seen:
            continue
        search.derive(view, site.view)
        child = Site(view, parent=site.best, allowed=1.0, mixed=True)
        _descend(search, journey, child)
        if not child.hides:
            return True
    return False


def _difficulty(search: Search, view: View, surrogate: Surrogate, journey: Journey) -> float:
    """The error of one network like the surrogate."""
    if view.inputs == 1:
        return 0.0
    topology = general(view.inputs, view.inputs + MORE, surrogate.link)
    settings = (search.seed, search.deadline, search.basis, surrogate.smoothness)
    trial = search.once(
        "trial",
        *(f"{view}: {topology.name}", surrogate.smoothness),
        work=lambda: run_trial(topology, view.seen, journey.split, *settings),
    )
    return trial.error if trial else np.inf


def _follow(search: Search, journey: Journey, site: Site, choices: Sequence[Reduction]) -> bool:
    """Descend into the first of several choices of the same groups, look at the others; whether one holds."""
    views = [reduced(site.view, reduction) for reduction in choices]
    return _follow_views(search, journey, site, [v for v in views if v is not None])


def _follow_views(search: Search, journey: Journey, site: Site, views: Sequence[View]) -> bool:
    children = [Site(v, parent=site.best) for v in views if str(v) not in journey.seen]
    holds = False
    for child in children:
        if search.over:
            return True
        search.derive(child.view, site.view)
        if holds:
            journey.seen.add(str(child.view))
            journey.sites.append(child)
            look_at(search, journey, child)
        else:
            _descend(search, journey, child)
            holds = not child.hides
            if not holds and child.view.inputs == 1:
                return False
    return holds
