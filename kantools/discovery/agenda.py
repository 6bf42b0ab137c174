"""The agenda: what is tried in which order, and on what condition.

It hands out batches of hypotheses that do not depend on each other, and is asked anew after each: what is
known by then decides what comes next. It changes nothing and knows no more than a scene tells.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from kantools.discovery.hypotheses.bent_column import BentColumn
from kantools.discovery.hypotheses.bent_quotient import BentQuotient
from kantools.discovery.hypotheses.centred_columns import CentredColumns
from kantools.discovery.hypotheses.columns_of_the_formula import ColumnsOfTheFormula
from kantools.discovery.hypotheses.dimensionless_groups import DimensionlessGroups
from kantools.discovery.hypotheses.exact_quotient import ExactQuotient
from kantools.discovery.hypotheses.few_terms import FewTerms
from kantools.discovery.hypotheses.idle_columns import IdleColumns
from kantools.discovery.hypotheses.inner_function import InnerFunction
from kantools.discovery.hypotheses.joined_columns import JoinedColumns
from kantools.discovery.hypotheses.known_formulas import KnownFormulas
from kantools.discovery.hypotheses.mixed_columns import MixedColumns
from kantools.discovery.hypotheses.networks import Networks
from kantools.discovery.hypotheses.networks_read import NetworksRead
from kantools.discovery.hypotheses.no_column_left import NoColumnLeft
from kantools.discovery.hypotheses.null_space import NullSpace
from kantools.discovery.hypotheses.one_curve import OneCurve
from kantools.discovery.hypotheses.one_symmetry import OneSymmetry
from kantools.discovery.hypotheses.plain_formulas import PlainFormulas
from kantools.discovery.hypotheses.quotient import Quotient
from kantools.discovery.hypotheses.short_formulas import ShortFormulas
from kantools.discovery.hypotheses.smooth_power import SmoothPower
from kantools.discovery.hypotheses.unlike_terms import UnlikeTerms
from kantools.discovery.hypotheses.usual_forms import UsualForms
from kantools.discovery.hypothesis import Hypothesis, Scene, When
from kantools.discovery.networks.proposals import proposals
from kantools.discovery.networks.topology import Topology, additive, product
from kantools.discovery.networks.trial import Trial
from kantools.discovery.policy import Policy
from kantools.discovery.roster import Roster, roster_of
from kantools.discovery.views.link import links_for

__all__ = ["Agenda", "Batch", "Here"]

Here = Callable[[], Scene]
"""The scene of a view as it is now."""

NAMED: tuple[type[Hypothesis], ...] = (
    *(PlainFormulas, KnownFormulas, UsualForms, ColumnsOfTheFormula, DimensionlessGroups, IdleColumns),
    *(NoColumnLeft, Networks, NetworksRead, OneCurve, FewTerms, Quotient, ExactQuotient, BentQuotient),
    *(ShortFormulas, SmoothPower, NullSpace, OneSymmetry, InnerFunction, BentColumn, UnlikeTerms),
    *(MixedColumns, JoinedColumns, CentredColumns),
)


@dataclass(frozen=True)
class Batch:
    """Hypotheses that do not depend on each other.

    Attributes
    ----------
    hypotheses : tuple of Hypothesis
    queued : bool
        Whether the views they find are queued, and the easiest to learn comes first; else each is followed at
        once.
    to_the_end : bool
        Whether all of it is worked out, also when the law is there.
    """

    hypotheses: tuple[Hypothesis, ...]
    queued: bool = False
    to_the_end: bool = False


@dataclass(frozen=True)
class Agenda:
    """What a search tries, in this order.

    Attributes
    ----------
    roster : Roster
        Those that were left out are passed over; those that are not named below come when they say.
    policy : Policy
    """

    roster: Roster = field(default_factory=roster_of)
    policy: Policy = field(default_factory=Policy)

    def of_the_table(self, here: Here) -> Iterator[Batch]:
        """Before anything else; the front begins with plain formulas, then what people fit first."""
        yield Batch(self._those(PlainFormulas, KnownFormulas), to_the_end=True)
        yield Batch(self._those(UsualForms), to_the_end=True)
        yield self._others(When.FIRST)

    def units_first(self, here: Here) -> Iterator[Batch]:
        """What the units tell, before networks of all columns."""
        yield Batch(tuple(replace(h, first=True) for h in self._those(DimensionlessGroups)))

    def told(self, here: Here) -> Iterator[Batch]:
        """Where a formula of few columns leaves noise only, a shorter one in these is looked for at once."""
        yield Batch(self._those(ColumnsOfTheFormula))

    def roots(self, here: Here) -> Iterator[Batch]:
        """The table without columns that tell nothing, before the whole table."""
        yield Batch(self._those(ColumnsOfTheFormula, IdleColumns))

    def centred(self, here: Here) -> Iterator[Batch]:
        """Before a view whose columns are far from 0, the same from round numbers amid them."""
        yield Batch(self._those(CentredColumns))

    def quick(self, here: Here) -> Iterator[Batch]:
        """On arrival in a view: the quickest topologies, and what needs no surrogate."""
        inputs = here().view.inputs
        if inputs == 0:
            yield Batch(self._those(NoColumnLeft))
            return
        yield Batch(tuple(self._networks(quickest(here()))))
        yield from self._quick_curve(here) if inputs == 1 else self._quick_view(here)
        yield self._others(When.QUICK)

    def _quick_curve(self, here: Here) -> Iterator[Batch]:
        """A view with one input is read as the curve that it is."""
        yield Batch(self._those(ExactQuotient))
        if not here().visit.hides(self.policy):
            visit = here().visit  # of columns of the table they have had their say
            if not (visit.is_root or visit.came_by == ColumnsOfTheFormula.name):
                yield Batch(self._those(UsualForms))
            yield Batch(self._those(OneCurve))
            yield Batch(self._those(BentQuotient))
            yield Batch(self._those(ShortFormulas))
            yield self._unlike_terms(first=True)

    def _quick_view(self, here: Here) -> Iterator[Batch]:
        """Closed forms of several columns; then networks that look exact are read."""
        yield Batch(self._those(FewTerms))
        scene = here()
        inputs, made = scene.view.inputs, not scene.visit.is_root
        few = made and inputs <= self.policy.few_in_averages and not scene.visit.hides(self.policy)
        if scene.evidence.noisy and few:
            yield Batch(self._those(ShortFormulas))
        if here().evidence.certain:
            return
        yield Batch(self._those(Quotient))
        yield Batch(self._those(ExactQuotient))
        if made and not here().evidence.noisy and inputs <= self.policy.few_at_once:
            yield Batch(self._those(ShortFormulas))
        yield Batch(self._those(NetworksRead))
        yield Batch(self._those(BentQuotient))

    def glance(self, here: Here) -> Iterator[Batch]:
        """In a view that a polynomial has led to, once its surrogate is there."""
        if here().view.inputs <= self.policy.few_columns:
            yield Batch(self._those(ShortFormulas))

    def leads(self, here: Here) -> Iterator[Batch]:
        """Where a view leads by polynomials."""
        tested = (replace(h, most_offers=h.most_tested) for h in self._those(NullSpace))
        yield Batch(
            (*self._those(OneSymmetry), *tested, *self._those(InnerFunction, BentColumn)), queued=True
        )

    def onward(self, here: Here) -> Iterator[Batch]:
        """From a view whose surrogate is there, until something leads on.

        In noise short formulas come first: they do not mind it; null spaces and networks do.
        """
        visit, inputs = here().visit, here().view.inputs
        if visit.is_root:
            yield Batch(self._those(DimensionlessGroups))
        if visit.best > self.policy.hopeless:
            yield Batch(self._those(SmoothPower))
        if here().evidence.noisy:
            yield Batch(self._those(ShortFormulas))
            yield Batch(self._those(NetworksRead))
            yield from self.leads(here)
            yield self._unlike_terms(first=True)
            if here().evidence.at_the_floor:
                return
        else:
            yield Batch(self._those(NetworksRead))
        yield Batch(self._those(NullSpace))
        if inputs <= self.policy.few_columns:
            yield Batch(self._those(ShortFormulas))
        if visit.came_by != MixedColumns.name and (
            visit.best > self.policy.poor or not here().evidence.noisy
        ):
            yield Batch(self._those(MixedColumns))
        if not here().evidence.noisy:
            yield from self.leads(here)
            yield self._unlike_terms(first=True)
            yield self._unlike_terms()
        if visit.best > self.policy.poor:
            yield Batch(self._those(JoinedColumns))
        yield Batch(self._those(ShortFormulas))

    def last(self, here: Here) -> Iterator[Batch]:
        """Where nothing has led on: sums of unlike terms, and short formulas, which need no network and few
        rows; then all topologies, best first, each read when it is time."""
        yield self._unlike_terms()
        yield self._others(When.LAST)
        yield Batch(self._those(ShortFormulas))
        if self.roster.get(Networks) is None:
            return
        tried = {t.topology.name for t in here().visit.trials}
        length, improved_at = np.inf, 0
        links = list(links_for(here().view.rows.y))
        for topology in proposals(here().view.inputs, links, lambda: here().visit.trials):
            before = len(here().visit.trials)
            if topology.name not in tried:
                yield Batch(tuple(self._networks([topology])))
            if len(here().visit.trials) > before:
                yield Batch(self._due(here()))
                best = here().evidence.best
                if best is not None and best.description_length < length - 1.0:
                    length, improved_at = best.description_length, len(here().visit.trials)
            if self._nothing_better(here(), improved_at):
                return
        for trial in sorted(here().visit.unread, key=lambda t: t.error)[: self.policy.most_read_late]:
            if self._worth_reading(here(), trial):
                yield Batch(self._reading(trial))

    def _due(self, scene: Scene) -> tuple[Hypothesis, ...]:
        """At once what looks exact; else, now and then, the best that was not read."""
        latest, reader = scene.visit.trials[-1], self.roster.get(NetworksRead)
        if reader is not None and reader.looks_exact(scene, latest):
            return self._reading(latest)
        best = min(scene.visit.unread, key=lambda t: t.error)
        now_and_then = len(scene.visit.trials) % self.policy.read_every == 0
        due = best.error < self.policy.looks_good and now_and_then
        unread = scene.budget.half_gone and not scene.evidence.readings
        return self._reading(best) if (due or unread) and self._worth_reading(scene, best) else ()

    def _worth_reading(self, scene: Scene, trial: Trial) -> bool:
        """Whether a network is near the best, and, after two, better than the best formula."""
        evidence = scene.evidence
        if trial.error > self.policy.near_the_best * min(t.error for t in scene.visit.trials):
            return False
        known = evidence.readings >= 2 and evidence.best is not None
        return not known or trial.error < self.policy.better_than_read * evidence.error

    def _nothing_better(self, scene: Scene, improved_at: int) -> bool:
        """Whether the best formula is as good as any network, and the last topologies brought nothing.

        A network that predicts rows it has not seen no better than the formula does leaves nothing to
        explain.
        """
        trials, evidence = scene.visit.trials, scene.evidence
        waited = len(trials) >= improved_at + self.policy.patient_topologies
        if evidence.best is None or not evidence.readings or not waited:
            return False
        return evidence.error <= self.policy.as_good_as_networks * min(t.error for t in trials)

    def _unlike_terms(self, *, first: bool = False) -> Batch:
        return Batch(tuple(replace(h, first=first) for h in self._those(UnlikeTerms)))

    def _networks(self, topologies: list[Topology]) -> Iterator[Hypothesis]:
        for networks in self._those(Networks):
            yield from (replace(networks, topology=t) for t in topologies)

    def _reading(self, trial: Trial) -> tuple[Hypothesis, ...]:
        return tuple(replace(h, topology=trial.topology.name) for h in self._those(NetworksRead))

    def _those(self, *kinds: type[Hypothesis]) -> tuple:
        members = (self.roster.get(kind) for kind in kinds)
        return tuple(h for h in members if h is not None)

    def _others(self, when: When) -> Batch:
        return Batch(tuple(h for h in self.roster.others(NAMED) if h.when is when))


def quickest(scene: Scene) -> list[Topology]:
    """Sums of curves under every link, and their product."""
    view = scene.view
    topologies = [additive(view.inputs, link) for link in links_for(view.rows.y)]
    return topologies if view.inputs == 1 else [*topologies, product(view.inputs, topologies[0].link)]
