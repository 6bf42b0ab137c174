"""A site: one view of the table, and what is tried in it.

The quickest topologies come first; a view with one input is read as the curve that it is; quotients of
polynomials and a surrogate follow. What looks exact is read at once. When no symmetry leads on, the
topologies of :mod:`kantools.discovery.proposals` are tried, best first, and read when it is time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from kantools.discovery.enumeration import enumerated
from kantools.discovery.exact_quotient import bent_quotients, exact_quotients
from kantools.discovery.link import links_for
from kantools.discovery.proposals import proposals
from kantools.discovery.quotient import quotient
from kantools.discovery.reading import keep_read, read_curve, read_trial, reading_of
from kantools.discovery.sparse_polynomial import sparse_polynomial
from kantools.discovery.state import Search
from kantools.discovery.surrogate import Surrogate, train_surrogates
from kantools.discovery.topology import Topology, additive, product
from kantools.discovery.trial import Split, Trial, run_trial
from kantools.discovery.view import View
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = [
    "HIDES",
    "HIDES_IN_NOISE",
    "LOOKS_EXACT",
    "POOR",
    "Site",
    "enumerate_formulas",
    "probe",
    "read_exact",
    "survey",
    "try_topologies",
]

LOOKS_EXACT = 1e-3  # relative held-out error below which a topology is read at once, if it has …
SPARSE = 2.0  # … one curve an input; so many times less for each curve more
LOOKS_GOOD = 0.05  # … below which the best that was not read is read
READ_EVERY = 30  # … after so many topologies
MOST_READ_EARLY = 2  # of those that look exact before anything else was tried
MOST_READ_LATE = 4  # of those that were never read, when all are tried
PATIENCE = 15  # topologies without a better formula after which the search may end
FEW_COLUMNS = 2  # of a view in which short formulas come before the reading of networks, …
FEW_IN_AVERAGES = 3  # … where they are held against averages of rows
MOST_ENUMERATED = 5  # short formulas of a view that are worked out
GOOD = 1.5  # … whose error is within so many times the least
NO_WORSE = 1.05
HIDES = 2.0  # a view that predicts so many times worse than the one before hides something
HIDES_IN_NOISE = 1.15  # … where noise is most of the error, or the surrogate poor
POOR = 0.01  # error of a surrogate whose gradient tells little


@dataclass
class Site:
    """A view, and what was tried there.

    Attributes
    ----------
    view : View
    parent : float
        The error of the best network of the view that this one came from.
    allowed : float
        How many times that error means that nothing is hidden here.
    best : float
        The error of the best network here.
    mixed : bool
        Whether a column of it was mixed with another.
    """

    view: View
    parent: float = np.inf
    allowed: float = HIDES
    best: float = np.inf
    mixed: bool = False
    trials: list[Trial] = field(default_factory=list)
    unread: list[Trial] = field(default_factory=list)
    enumerated: bool = False

    @property
    def hides(self) -> bool:
        allowed = min(self.allowed, HIDES_IN_NOISE) if self.parent > POOR else self.allowed
        return self.best > allowed * max(self.parent, LOOKS_EXACT / 2)


def probe(search: Search, site: Site, split: Split) -> None:
    """The quickest topologies; a view with one input is read as the curve that it is."""
    view = site.view
    if view.inputs == 0:
        _monomial(search, site)
        return
    topologies = [additive(view.inputs, link) for link in links_for(view.rows.y)]
    if view.inputs > 1:
        topologies.append(product(view.inputs, topologies[0].link))
    for topology in topologies:
        if search.late:
            return
        _try(search, site, topology, split)
    site.best = min((t.error for t in site.trials), default=np.inf)
    if view.inputs == 1:
        search.surveyed = True
        _keep_exact(search, site, exact_quotients(view, search.data))
        if not (site.hides or search.over):
            read_curve(search, view)
            _keep_exact(search, site, bent_quotients(view, search.data, search.primitives))
            enumerate_formulas(search, site)
        return
    _try_polynomial(search, site)
    if search.averages and site.parent < np.inf and view.inputs <= FEW_IN_AVERAGES and not site.hides:
        enumerate_formulas(search, site)
    if search.certain:
        return
    if not search.over:
        _try_quotients(search, site)
    if not search.over and site.parent < np.inf and not search.noisy and view.inputs <= FEW_COLUMNS:
        enumerate_formulas(search, site)
    if not search.over:
        read_exact(search, site)
    _keep_exact(search, site, bent_quotients(view, search.data, search.primitives))


def _monomial(search: Search, site: Site) -> None:
    """No column is left: the target is its prefactor, but for a constant."""
    symbol = next(fresh_symbols(search.data.columns))
    draft = fit_draft(site.view.lift(symbol), {symbol: float(np.median(site.view.rows.y))}, search.data)
    site.best = draft.error(search.data)
    name = f"{site.view}: no column is left"
    search.note(name, site.best, "read", site.view)
    if not site.hides:
        search.keep(draft, giver=name)


def _try_polynomial(search: Search, site: Site) -> None:
    """The polynomial with the shortest description, where it is as good as the networks so far."""
    draft = search.once("polynomial", str(site.view), work=lambda: sparse_polynomial(site.view, search.data))
    if draft is None or not draft.error(search.data) < max(LOOKS_EXACT, min(site.best, site.parent)):
        return
    name = f"{site.view}: polynomial with few terms"
    search.note(name, draft.error(search.data), "read", site.view)
    if search.may_win(draft):
        search.keep(draft, giver=name)


def _try_quotients(search: Search, site: Site) -> None:
    """Quotients of polynomials that are as good as the networks so far, or look exact.

    They are made of reciprocals and, but for products of different columns, of squares.
    """
    language = search.data.language
    powers = (1, 2) if language.has("square") else (1,)
    for power in powers if language.has("reciprocal") else ():
        below = max(LOOKS_EXACT, min(site.best, site.parent))
        draft = search.once(
            "quotient",
            *(str(site.view), power, below),
            work=partial(quotient, site.view, search.data, power, below),
        )
        if draft is not None:
            name = f"{site.view}: quotient of polynomials with powers up to {power}"
            formula = search.keep(draft, giver=name)
            search.note(name, draft.error(search.data), "read", site.view)
            if formula is not None and search.over:
                return
    _keep_exact(search, site, exact_quotients(site.view, search.data))


def _keep_exact(search: Search, site: Site, drafts: Iterator[Draft]) -> None:
    """Quotients that leave nothing, until one is the law; none where there is noise."""
    language = search.data.language
    if search.noisy or search.over or not (language.has("square") and language.has("reciprocal")):
        return
    for draft in drafts:
        name = f"{site.view}: exact quotient of polynomials"
        search.note(name, draft.error(search.data), "read", site.view)
        if draft.error(search.data) < LOOKS_EXACT:
            search.keep(draft, giver=name)
        if search.over:
            return


def enumerate_formulas(search: Search, site: Site) -> None:
    """Short formulas in the view's columns that are as good as its networks; once in a view."""
    if search.over or site.enumerated:
        return
    site.enumerated = True
    search.tell(f"{site.view}: short formulas")
    settings = (search.primitives, search.seed, search.deadline)
    noisy, averages = search.noisy, search.averages and site.view.inputs <= FEW_IN_AVERAGES
    drafts = search.once(
        "short formulas",
        *(str(site.view), noisy),
        work=lambda: enumerated(site.view, search.data, *settings, noisy=noisy, averages=averages),
    )
    search.curve_seen |= site.view.inputs == 1
    if not drafts:
        return
    least = min(d.error(search.data) for d in drafts)
    name = f"{site.view}: short formulas"
    search.note(name, least, "enumerated", site.view)
    good = [d for d in drafts if d.error(search.data) < GOOD * max(search.least_error, least)]
    for draft in good[: MOST_ENUMERATED if search.noisy else 1]:
        if search.over:
            return
        if search.may_win(draft):
            search.keep(draft, giver=name)


def survey(search: Search, site: Site, split: Split) -> Surrogate | None:
    """The best surrogate of a view."""
    noisy = search.noisy
    found = search.once(
        "surrogates",
        *(str(site.view), noisy),
        work=lambda: train_surrogates(site.view, split, search.seed, search.deadline, noisy=noisy),
    )
    if not found:
        return None
    site.best = min(site.best, found[0].error)
    if site.parent == np.inf and not noisy:  # the whole table: what it tells of the noise holds for all views
        search.smoothness, search.surveyed = found[0].smoothness, True
    error = search.seen_error(found[0].error, site.view)
    search.note(f"{site.view}: surrogate", error, "gradients read", site.view)
    return found[0]


def _try(search: Search, site: Site, topology: Topology, split: Split) -> Trial | None:
    name = f"{site.view}: {topology.name}"
    settings = (search.seed, search.deadline, search.basis, search.smoothness)
    trial = search.once(
        "trial",
        *(name, search.smoothness),
        work=lambda: run_trial(topology, site.view.seen, split, *settings),
    )
    search.note(
        name,
        search.seen_error(trial.error if trial else np.inf, site.view),
        "" if trial else "training failed",
        site.view,
    )
    if trial is not None:
        site.trials.append(trial)
        site.unread.append(trial)
    return trial


def read_exact(search: Search, site: Site) -> None:
    """Read what looks exact, the best first, until a formula is; misreadings are worked out last."""
    exact = [t for t in sorted(site.unread, key=lambda t: t.error) if _looks_exact(search, site, t)]
    misread = []
    for trial in exact[:MOST_READ_EARLY]:
        if search.over:
            return
        site.unread.remove(trial)
        reading = reading_of(search, site.view, trial)
        if reading.failed:
            misread.append(reading)
        else:
            keep_read(search, reading)
    for reading in misread:
        if search.over:
            return
        keep_read(search, reading)


def _looks_exact(search: Search, site: Site, trial: Trial) -> bool:
    """Whether so few curves follow the data so well that it can hardly be by flexibility.

    With noise: as well as any network does.
    """
    excess = len(trial.topology.edges) - site.view.inputs
    if search.noisy and excess <= 0:
        return trial.error <= NO_WORSE * search.least_error
    return trial.error < LOOKS_EXACT / SPARSE**excess


def try_topologies(search: Search, site: Site, split: Split) -> None:
    """Best first: whatever predicts the held-out rows best is grouped further, and read when it is time."""
    view = site.view
    tried = {t.topology.name for t in site.trials}
    for topology in proposals(view.inputs, list(links_for(view.rows.y)), site.trials):
        if search.over:
            return
        search.tell(f"{view}: {topology.name}")
        if topology.name not in tried and _try(search, site, topology, split) is not None:
            _read_when_due(search, site)
        if _nothing_better_in_sight(search, site):
            return
    _read_the_rest(search, site)


def _read_when_due(search: Search, site: Site) -> None:
    """At once what looks exact; else, now and then, the best that was not read."""
    latest = site.trials[-1]
    exact = _looks_exact(search, site, latest)
    best = latest if exact else min(site.unread, key=lambda t: t.error)
    due = exact or (best.error < LOOKS_GOOD and len(site.trials) % READ_EVERY == 0)
    if exact or ((due or (search.half_time and not search.readings)) and _promising(search, site, best)):
        site.unread.remove(best)
        read_trial(search, site.view, best)
    _count_improvements(search, site)


def _read_the_rest(search: Search, site: Site) -> None:
    """All topologies are tried: read those that predict about as well as the best."""
    for trial in sorted(site.unread, key=lambda t: t.error)[:MOST_READ_LATE]:
        if search.over:
            return
        if _promising(search, site, trial):
            site.unread.remove(trial)
            read_trial(search, site.view, trial)


def _promising(search: Search, site: Site, trial: Trial) -> bool:
    """Whether a network is worth reading: near the best, and, after two, better than the best formula."""
    if trial.error > 1.5 * min(t.error for t in site.trials):
        return False
    return search.readings < 2 or search.best is None or trial.error < 0.98 * search.error


def _nothing_better_in_sight(search: Search, site: Site) -> bool:
    """Whether the best formula is as good as any network, and the last topologies brought nothing.

    A network that predicts rows it has not seen no better than the formula does leaves nothing to explain.
    """
    trials = site.trials
    if search.best is None or not search.readings or len(trials) < search.improved_at + PATIENCE:
        return False
    return search.error <= NO_WORSE * min(t.error for t in trials)


def _count_improvements(search: Search, site: Site) -> None:
    """Remember when the best formula last became clearly better."""
    best = search.best
    if best is not None and best.description_length < search.length - 1.0:
        search.length, search.improved_at = best.description_length, len(site.trials)
