"""The walk through the views of a table, the one with the fewest inputs first: the only place that acts.

In each view the agenda's quick batches are tried, then a surrogate is trained and what it suggests is
followed, one view after the other, each explored before anything else is done in the view that led to it. A
view that predicts held-out rows much worse than the one it came from hides something and is left. When no
view leads on, all topologies are tried in those with the fewest inputs.

Hypotheses find; the walk takes what they find: forms go to the ledger, networks and errors to the evidence,
turns are followed, and everything is written into the journal.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from sympy import Symbol

from kantools.discovery.agenda import Agenda, Batch, Here
from kantools.discovery.budget import Budget
from kantools.discovery.ending import ending
from kantools.discovery.evidence import Evidence
from kantools.discovery.executor import Executor
from kantools.discovery.findings import Finding, Form, Must, Reading, Surveyed, Tested, Trained, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene, Settings
from kantools.discovery.ledger import Ledger
from kantools.discovery.networks.trial import SMOOTHNESS
from kantools.discovery.surrogates.ease import ease
from kantools.discovery.surrogates.lead import Lead, best_first, easiest
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.surrogates.survey import train_surrogates
from kantools.discovery.verdict import Stop, Verdict
from kantools.discovery.views.link import Link
from kantools.discovery.views.rows import holdout_split, rows_of, sampled
from kantools.discovery.views.view import ViewKey, whole_table
from kantools.discovery.visit import Visit

__all__ = ["Walk"]

#: Different rows that count, of which half are held out; fewer end in ``Stop.TOO_FEW_ROWS``.
FEWEST_ROWS = 4


class Walk:
    """One walk through the views of a table, with one way to weigh its rows.

    Attributes
    ----------
    evidence : Evidence
        What is known by now.
    ledger : Ledger
        The formulas so far.
    """

    def __init__(
        self, ledger: Ledger, settings: Settings, agenda: Agenda, budget: Budget, executor: Executor
    ) -> None:
        self.ledger, self.journal, self.data = ledger, ledger.journal, ledger.data
        self.settings, self.agenda, self.budget, self.executor = settings, agenda, budget, executor
        self.policy = agenda.policy
        chosen = sampled(len(self.data.y), settings.seed)
        self.rows = rows_of(self.data.X, self.data.y, self.data.weight).take(chosen)
        self.split = holdout_split(len(chosen), settings.seed)
        self.evidence = Evidence(self.data, self.policy, chosen[self.split[1]], ledger.best)
        self.visits: dict[ViewKey, Visit] = {}
        self.surrogates: dict[tuple[ViewKey, bool], Surrogate | None] = {}
        self.heard: frozenset[str] = frozenset()
        self.asked: defaultdict[frozenset[Symbol], frozenset[str]] = defaultdict(frozenset)

    def run(self) -> Stop:
        """Views by depth, topologies last; why it ended."""
        whole = Visit(whole_table(self.data, self.rows))
        self._try(self.agenda.of_the_table, whole)
        if self.evidence.exact:
            return Stop.EXPLAINED
        if len(self.data.y) < FEWEST_ROWS:
            return Stop.TOO_FEW_ROWS
        if self._plain_enough(whole):
            return self._ending or Stop.NOTHING_BETTER
        if not self._units_lead(whole):
            self._explore(whole)
        return self._try_the_rest()

    def _plain_enough(self, whole: Visit) -> bool:
        """Whether what comes first predicts as well as a polynomial that follows the table.

        Where it takes fewer columns, shorter laws in these are looked for before anything else.
        """
        view = whole.view
        easy = self.ledger.recall("ease", work=lambda: ease(view, self.split), late=lambda: self.budget.late)
        self._know(surveyed=True, least_error=min(self.evidence.least_error, easy))
        enough = self.evidence.least_error < self.policy.clear and self._first_enough(whole)
        self._know(surveyed=False, unhurried=self.data.units is not None)
        return enough

    def _first_enough(self, whole: Visit) -> bool:
        if not self.evidence.settled and self.data.units is None:
            self._try(self.agenda.told, whole.at_best(self.evidence.least_error))
        return self.evidence.settled or self.over

    def _units_lead(self, whole: Visit) -> bool:
        """Whether dimensionless groups come first and hold; else nothing is known of noise yet."""
        if self._try(self.agenda.units_first, whole.at_best(self.evidence.least_error)):
            return True
        self._know(smoothness=SMOOTHNESS, surveyed=False)
        return False

    def _explore(self, whole: Visit) -> None:
        """The table without what tells nothing, then the whole; what is quick is first of few columns."""
        if whole.view.inputs <= self.policy.few_as_they_are:
            self._look(whole)
        if not self.over:
            self._try(self.agenda.roots, whole)
        if not (self.over or self._enough):
            self._descend(whole)

    def _try_the_rest(self) -> Stop:
        """All topologies, in the views with the fewest inputs first."""
        self._know(unhurried=False)  # all that units can say has been heard
        for visit in sorted(self.visits.values(), key=lambda v: (v.hides(self.policy), v.view.inputs)):
            if self.over:
                break
            if self._enough:
                return Stop.NOTHING_BETTER
            if visit.view.inputs > 1:
                self._try(self.agenda.last, visit)
        return self._ending or Stop.ALL_TRIED

    @property
    def _ending(self) -> Stop | None:
        return ending(self.evidence, self.budget, self.ledger.found_at, self._expected)

    def _expected(self, columns: frozenset[Symbol]) -> float:
        """Symbols of the shortest law in some columns that what was not asked of them yet may find."""
        asked = self.asked[frozenset(self.data.symbols)] | (self.asked[columns] if columns else frozenset())
        left = (h.shortest(len(columns)) for h in self.agenda.roster.members if h.name not in asked)
        return min(left, default=np.inf)

    @property
    def over(self) -> bool:
        """Whether there is no more time, or no more need."""
        return self._ending is not None

    @property
    def _enough(self) -> bool:
        """Whether the best formula leaves noise only, and no more is expected of other views."""
        return self.evidence.settled or (self.evidence.noisy and self.evidence.at_the_floor)

    def _know(self, **more: object) -> None:
        self.evidence = replace(self.evidence, **more)  # type: ignore[arg-type]

    # Views.

    def _descend(self, visit: Visit) -> None:
        """Enter a view and follow what it suggests, one step after the other, until one leads on."""
        if not self._arrive(visit):
            return
        for batch in self.agenda.onward(partial(self._scene, visit)):
            if self._run(batch, visit) or self.over or self.evidence.settled:
                return

    def _arrive(self, visit: Visit) -> bool:
        """Enter a view and survey it; whether to go on from it."""
        if visit.key not in self.visits:
            self._look(visit)
        if self.over or visit.view.inputs < 2:
            return False
        self._survey(visit.key)
        now = self.visits[visit.key]
        return not (now.surrogate is None or now.hides(self.policy) or self.evidence.certain)

    def _look(self, visit: Visit) -> None:
        """Enter a view for the first time: what is quick, and what it says of the view."""
        self._tell(str(visit.view))
        self.visits[visit.key] = visit
        self._try(self.agenda.centred, visit)
        if not self.over:
            self._try(self.agenda.quick, visit)
        now = self.visits[visit.key]
        self.journal.note(str(visit.view), now.best, self._entered(now), visit.view)

    def _entered(self, visit: Visit) -> Verdict:
        """Whether the walk stays in a view; one in which it ends is not left."""
        return Verdict.LEFT if visit.hides(self.policy) and not self.over else Verdict.ENTERED

    def _survey(self, key: ViewKey) -> None:
        """The best surrogate of a view, by which it may turn out to hide nothing after all."""
        visit, noisy = self.visits[key], self.evidence.noisy
        if (key, noisy) not in self.surrogates:
            self._take_surrogates(visit, noisy)
        found = self.surrogates[key, noisy]
        visit = replace(visit, surrogate=found).at_best(np.inf if found is None else found.error)
        self.visits[key] = visit
        self.journal.judge(str(visit.view), self._entered(visit))

    def _take_surrogates(self, visit: Visit, noisy: bool) -> None:
        settings = (self.split, self.settings.seed, self.budget.deadline)
        found = self.ledger.recall(
            "surrogates",
            *(visit.key, noisy),
            work=lambda: train_surrogates(visit.view, *settings, noisy=noisy, survey=self.policy.survey),
            late=lambda: self.budget.late,
        )
        if found:
            self._surveyed(Surveyed(visit.view, found[0], noisy), whole=visit.is_root)
        else:
            self.surrogates[visit.key, noisy] = None

    def _surveyed(self, finding: Surveyed, *, whole: bool) -> None:
        view, surrogate = finding.view, finding.surrogate
        self.surrogates[view.key, finding.noisy] = surrogate
        self.evidence = self.evidence.with_survey(surrogate, view, whole=whole)
        self.journal.note(f"{view}: surrogate", surrogate.error, Verdict.GRADIENTS_READ, view)

    def _now(self, visit: Visit) -> Visit:
        """A visit as it is now; the whole table is looked at before it is entered."""
        return self.visits.get(visit.key, visit)

    def _scene(self, visit: Visit) -> Scene:
        return Scene(
            self._now(visit),
            self.data,
            self.split,
            self.settings,
            self.budget,
            self.evidence,
            frozenset(self.visits),
            self.heard,
            recall=self.ledger.recall,
        )

    # Batches and their findings.

    def _try(self, part: Callable[[Here], Iterator[Batch]], visit: Visit) -> bool:
        """A part of the agenda in a view, until the search is over; whether something has led on."""
        for batch in part(partial(self._scene, visit)):
            if self._run(batch, visit):
                return True
            if self.over:
                return False
        return False

    def _run(self, batch: Batch, visit: Visit) -> bool:
        """A batch in a view, until the search is over; whether a view that it found has led on."""
        if batch.queued:
            self._wander(batch, visit)
            return False
        led_on = self._ask(batch, visit)
        self.asked[visit.view.single] |= {h.name for h in batch.hypotheses}
        return led_on

    def _ask(self, batch: Batch, visit: Visit) -> bool:
        for hypothesis, findings in self.executor.run(batch.hypotheses, self._scene(visit)):
            self._begin(hypothesis, visit)
            for finding in findings:
                if self._take(finding, hypothesis, visit):
                    return True
                told = isinstance(finding, Tested)  # what it tells of was worked out already, and is taken
                if self.over and not (told or batch.to_the_end):
                    return False
        return False

    def _begin(self, hypothesis: Hypothesis, visit: Visit) -> None:
        self._tell(f"{visit.view}: {hypothesis.name}")
        self._put(self._now(visit).having_tried(hypothesis.name))
        if hypothesis.sees_curve and visit.view.inputs == 1:
            self._know(curve_seen=True)

    def _put(self, visit: Visit) -> None:
        if visit.key in self.visits:
            self.visits[visit.key] = visit

    def _take(self, finding: Finding, hypothesis: Hypothesis, visit: Visit) -> bool:
        """Act on a finding; whether it has led on."""
        match finding:
            case Form():
                self._offer(finding)
            case Reading():
                self._read(finding, visit)
            case Trained():
                self._trained(finding, visit)
            case Tested():
                self._tested(finding, visit)
            case Surveyed():
                self._surveyed(finding, whole=True)
            case Turn():
                return self._follow(finding, hypothesis, self._now(visit))
        return False

    def _offer(self, form: Form) -> None:
        if form.spare and self.budget.late and self.ledger.best is not None:
            return
        if not form.if_shorter or self.ledger.may_win(form.draft):
            self.ledger.offer(form.draft, self.budget, form.told)
            self._know(best=self.ledger.best)

    def _read(self, reading: Reading, visit: Visit) -> None:
        if reading.network is not None:
            self.journal.judge(reading.told, Verdict.READ)
            self._put(self._now(visit).having_read(reading.topology))
            self._know(readings=self.evidence.readings + 1)
        noisy, adequate = self.evidence.noisy, self.evidence.adequate
        self.ledger.offer_reading(reading, self.budget, noisy=noisy, adequate=adequate)
        self._know(best=self.ledger.best)

    def _trained(self, finding: Trained, visit: Visit) -> None:
        """One more network; that of a single column is as general as any."""
        error = np.inf if finding.trial is None else finding.trial.error
        verdict = Verdict.FAILED if finding.trial is None else Verdict.TRIED
        self.evidence = self.evidence.seen(error, visit.view)
        self.journal.note(finding.told, error, verdict, visit.view)
        if finding.trial is not None:
            self._put(self._now(visit).with_trial(finding.trial))
        if visit.view.inputs == 1:
            self._know(surveyed=True)

    def _tested(self, finding: Tested, visit: Visit) -> None:
        error = self.evidence.error if finding.error is None else finding.error
        if finding.view is not None:
            self.journal.derive(finding.view, visit.view)
        where = None if finding.everywhere else finding.view or visit.view
        self.journal.note(finding.told, error, finding.verdict, where, finding.message)
        if finding.best:
            self._put(self._now(visit).at_best(error))

    def _follow(self, turn: Turn, hypothesis: Hypothesis, visit: Visit) -> bool:
        """Descend into a view that a hypothesis found; whether it holds what the hypothesis says of it."""
        if turn.told:
            self.heard |= {hypothesis.name}
        holds = self._first_that_holds(turn, hypothesis.name, visit)
        if turn.told:
            error = min((v.best for v in self.visits.values() if not v.is_root), default=np.inf)
            self.journal.note(turn.told, error, Verdict.BORNE_OUT if holds else Verdict.CONTRADICTED)
        return holds

    def _first_that_holds(self, turn: Turn, came_by: str, visit: Visit) -> bool:
        """Descend into the first of several choices that holds, look at the others; whether one does."""
        before = np.inf if turn.must is Must.NOTHING else visit.best
        holds = False
        for view in turn.choices:
            if view.key in self.visits:
                continue
            if self.over:
                return True
            self.journal.derive(view, turn.through[-1] if turn.through else visit.view)
            child = Visit(view, before, turn.must, came_by)
            if holds:
                self._look(child)
                continue
            self._descend(child)
            holds = not self._now(child).hides(self.policy)
            if not holds and view.inputs == 1:
                return False
        return holds

    # Views that polynomials find as easy to learn.

    def _wander(self, batch: Batch, visit: Visit) -> None:
        """Views in which the table is as easy to learn, those with the fewest columns first."""
        queue = self._leads(batch, visit)
        for _ in range(self.policy.most_followed):
            queue = best_first((x for x in queue if x.view.key not in self.visits), self.policy.far)
            if not queue or self.over or self.evidence.settled:
                return
            found = queue.pop(0)
            self.evidence = self.evidence.seen(found.error, found.view)
            self.journal.note(f"{found.view}: polynomial", found.error, Verdict.FOLLOWED, found.view)
            child = Visit(found.view, self._now(visit).best, Must.EASE)
            if self._glance(child):
                queue += self._leads(batch, child)

    def _glance(self, visit: Visit) -> bool:
        """Try what is quick in a view; whether it may lead on."""
        if not self._arrive(visit):
            return False
        self._try(self.agenda.glance, visit)
        return not (self.over or self.evidence.settled)

    def _leads(self, batch: Batch, visit: Visit) -> list[Lead]:
        """Where to go on from a view, the best first."""
        scene = self._scene(visit)
        like = scene.surrogate.link
        easy = scene.once("ease", like.name, work=lambda: ease(visit.view, self.split, like))
        found = (
            lead
            for _, findings in self.executor.run(batch.hypotheses, replace(scene, ease=easy))
            for turn in findings
            if isinstance(turn, Turn) and (lead := self._lead(turn, like, easy)) is not None
        )
        ranked = best_first({x.view.key: x for x in found}.values(), self.policy.far)
        for lead in ranked[: self.policy.most_leads]:
            self.journal.derive(lead.view, visit.view)
        return ranked[: self.policy.most_leads]

    def _lead(self, turn: Turn, like: Link, easy: float) -> Lead | None:
        """A turn as a lead: as its hypothesis has measured it, or where the table is as easy to learn."""
        if turn.error is not None:
            return Lead(turn.choices[0], turn.error, len(self.split[1]))
        some = () if self.budget.late else turn.choices[: self.policy.most_choices]
        found = easiest(some, self.split, like)
        return found if found is not None and found.error < self.policy.easier * easy else None

    def _tell(self, message: str) -> None:
        self.journal.tell(message, self.budget.fraction, self.ledger.best, self.ledger.formulas)
