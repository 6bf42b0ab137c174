"""The walk acts on what toy hypotheses find: it keeps forms, follows turns, and writes everything down."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import pytest
from sympy import sin, symbols

from kantools.discovery.agenda import Agenda, Batch, Here
from kantools.discovery.budget import Budget
from kantools.discovery.executor import Answers, Executor, Serial
from kantools.discovery.findings import Finding, Form, Must, Reading, Surveyed, Trained, Turn
from kantools.discovery.findings import Tested as Result
from kantools.discovery.hypotheses.networks import Networks
from kantools.discovery.hypothesis import Hypothesis, Scene, Settings
from kantools.discovery.journal import Journal
from kantools.discovery.ledger import Ledger
from kantools.discovery.memory import Recall
from kantools.discovery.networks.topology import additive
from kantools.discovery.networks.trial import Trial
from kantools.discovery.roster import Roster
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.verdict import Stop, Verdict
from kantools.discovery.views.link import LINKS
from kantools.discovery.views.view import Reduction, View, reduced
from kantools.discovery.visit import Visit
from kantools.discovery.walk import Walk
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.choose import Chosen
from kantools.symbolic.whole.draft import fit_draft
from tests.kantools.discovery.formulas import C
from tests.kantools.discovery.scenes import data_like, view_of
from tests.kantools.discovery.toys import First, Last, Toy

a, b, c = symbols("a b c")
LAW = (a - b) ** 2 + c
WHOLE = view_of(LAW, rows=80)
DATA = data_like(WHOLE)
ROOT = "y of a, b, c"


def summed(view: View, *rows: tuple[int, ...]) -> View:
    """Sums of multiples of the columns in the place of them."""
    groups = tuple(tuple(map(Fraction, row)) for row in rows)
    found = reduced(view, Reduction("sum", groups, (Fraction(0),) * view.inputs))
    assert found is not None
    return found


RIGHT, WRONG = summed(WHOLE, (1, -1, 0), (0, 0, 1)), summed(WHOLE, (1, 1, 0), (0, 0, 1))
OTHER = summed(WHOLE, (2, -2, 0), (0, 0, 1))
CURVE = summed(WHOLE, (1, 1, 0))


def in_the_whole(*found: Finding) -> Callable[[Scene], Sequence[Finding]]:
    """What a toy finds in the whole table, and nothing elsewhere."""
    return lambda scene: found if scene.view.inputs == 3 else ()


def begun(*toys: Hypothesis, data: Data = DATA, deadline: float = np.inf, **about) -> Walk:
    ledger = Ledger(data, "y", 30, Journal(0.0), Recall(None), 0.0)
    agenda = about.pop("agenda", Agenda(Roster(toys)))
    executor: Executor = about.pop("executor", Serial())
    return Walk(ledger, Settings(**about), agenda, Budget(0.0, deadline), executor)


def walked(*toys: Hypothesis, **about) -> Walk:
    walk = begun(*toys, **about)
    walk.run()
    return walk


def steps(walk: Walk) -> dict[str, Verdict]:
    return {s.hypothesis: s.verdict for s in walk.journal.steps}


def entered(walk: Walk) -> list[str]:
    return [str(v.view) for v in walk.visits.values()]


def surveyed(walk: Walk) -> list[str]:
    return [s.view for s in walk.journal.steps if s.verdict is Verdict.GRADIENTS_READ]


class TestEnd:
    def test_a_form_that_explains_the_table(self):
        toy, late = First(in_the_whole(Form(fit_draft(LAW, {}, DATA), "a guess"))), Last()
        walk = begun(toy, late)
        assert walk.run() is Stop.EXPLAINED
        assert walk.evidence.best is walk.ledger.best
        assert list(walk.journal.givers.values()) == ["a guess"]
        assert late.asked == []

    def test_few_rows(self):
        assert begun(data=DATA.take(np.arange(3))).run() is Stop.TOO_FEW_ROWS

    def test_everything_was_tried(self):
        late = Last()
        assert begun(late).run() is Stop.ALL_TRIED
        assert late.asked == [ROOT]

    def test_the_time_was_up_before_it_began(self):
        toy, late = Toy(), Last()
        assert begun(toy, late, deadline=-1.0).run() is Stop.TIME
        assert late.asked == []

    def test_a_plain_formula_that_a_polynomial_does_not_beat(self):
        noise = replace(DATA, y=2 * DATA.X[:, 0] + 0.05 * np.random.default_rng(3).normal(size=80))
        toy = First(in_the_whole(Form(fit_draft(C * a, {C: 1.0}, noise))))
        assert begun(toy, data=noise).run() is Stop.NOTHING_BETTER

    def test_an_interrupt_is_one(self):
        def interrupt(_: Scene) -> Iterator[Finding]:
            raise KeyboardInterrupt
            yield

        with pytest.raises(KeyboardInterrupt):
            begun(Toy(interrupt)).run()


class TestFindings:
    def test_a_network_belongs_to_the_view_and_its_error_to_the_table(self):
        topology = additive(3, LINKS[0])
        trial = Trial(topology, topology.build(3, 0), 1e-12)
        walk = walked(Toy(in_the_whole(Trained("sums", trial), Trained("others", None))))
        (visit,) = walk.visits.values()
        assert (visit.trials, visit.best) == ((trial,), 1e-12)
        assert walk.evidence.least_error == 1e-12
        assert (steps(walk)["sums"], steps(walk)["others"]) == (Verdict.TRIED, Verdict.FAILED)

    def test_a_network_of_one_column_shows_how_well_the_table_can_be_predicted(self):
        toy = Toy(lambda scene: [Trained("curve", None)] if scene.view.inputs == 1 else ())
        curve = data_like(view_of(a**2, rows=30))
        walk = begun(toy, data=curve)
        walk.run()
        assert walk.evidence.surveyed

    def test_a_reading_is_worked_out_and_its_network_counts_as_read(self):
        topology = additive(3, LINKS[0])
        trial = Trial(topology, topology.build(3, 0), 0.01)
        draft = fit_draft(C * sin(a) + c, {C: 1.0}, DATA)
        told = Reading("sums", [Chosen(draft, {}, 0.0)], trial.network, None, topology.name)
        walk = walked(Toy(in_the_whole(Trained("sums", trial), told)))
        (visit,) = walk.visits.values()
        assert visit.unread == ()
        assert walk.evidence.readings == 1
        assert steps(walk)["sums"] is Verdict.READ
        assert walk.ledger.formulas

    def test_results_are_written_down_where_they_belong(self):
        here, all_over = Result("here", 0.1, Verdict.READ), Result("all", 0.2, Verdict.READ, everywhere=True)
        there = Result("there", 0.3, Verdict.READ, "so far", view=RIGHT)
        walk = walked(Toy(in_the_whole(here, all_over, there)))
        told = {s.hypothesis: s for s in walk.journal.steps}
        assert [told[k].view for k in ("here", "all", "there")] == [ROOT, "", str(RIGHT)]
        assert (told["there"].source, told["there"].says) == (ROOT, "so far")

    def test_the_error_of_a_model_is_that_of_the_view(self):
        walk = walked(Toy(in_the_whole(Result("a model", 1e-9, Verdict.READ, best=True))))
        assert next(iter(walk.visits.values())).best == 1e-9

    def test_a_surrogate_of_the_whole_table_tells_of_the_noise(self):
        surrogate = Surrogate(0.2, DATA.y, DATA.X, 1e-2)
        walk = begun(First(in_the_whole(Surveyed(WHOLE, surrogate, noisy=False))))
        walk._try(walk.agenda.of_the_table, Visit(WHOLE))
        assert walk.evidence.noisy

    def test_what_cannot_win_is_not_worked_out(self):
        best, long = (
            Form(fit_draft(e, {}, DATA), if_shorter=True) for e in (LAW + a / 9, LAW + sin(a * b) * c)
        )
        walk = walked(First(in_the_whole(best, long)))
        assert len(walk.ledger.formulas) == 1


def turning(*found: Finding) -> Toy:
    """A toy that has a fair model of the whole table before it turns elsewhere."""
    return Toy(in_the_whole(Result("a model", 0.01, Verdict.READ, best=True), *found))


class TestTurns:
    def test_the_first_choice_that_holds_is_gone_on_from_and_the_others_are_looked_at(self):
        walk = walked(turning(Turn((WRONG, RIGHT, OTHER))))
        told = steps(walk)
        assert [told[str(v)] for v in (WRONG, RIGHT)] == [Verdict.LEFT, Verdict.ENTERED]
        assert str(OTHER) in entered(walk)
        assert str(RIGHT) in surveyed(walk)
        assert str(OTHER) not in surveyed(walk)

    def test_a_choice_of_one_column_that_does_not_hold_ends_it(self):
        walk = walked(turning(Turn((CURVE, RIGHT))), Networks())
        assert str(CURVE) in entered(walk)
        assert str(RIGHT) not in entered(walk)

    def test_a_view_is_entered_once(self):
        toy = turning(Turn((RIGHT,)), Turn((RIGHT,)))
        walk = walked(toy)
        assert entered(walk).count(str(RIGHT)) == 1
        assert toy.asked.count(str(RIGHT)) == 1

    def test_where_one_has_led_on_nothing_more_is_tried(self):
        walk = walked(turning(Turn((RIGHT,)), Result("too late", 0.1, Verdict.READ)))
        assert "too late" not in steps(walk)

    def test_where_none_has_the_next_is_tried(self):
        walk = walked(turning(Turn((WRONG,), Must.HELP), Result("in time", 0.1, Verdict.READ)))
        assert "in time" in steps(walk)

    def test_what_a_view_was_made_from_is_kept(self):
        walk = walked(turning(Turn((RIGHT,), through=(OTHER,))))
        assert walk.journal.made_of[RIGHT.key].key == OTHER.key
        assert walk.visits[RIGHT.key].came_by == "toy"

    @pytest.mark.parametrize(("view", "verdict"), [(RIGHT, Verdict.BORNE_OUT), (WRONG, Verdict.CONTRADICTED)])
    def test_what_is_told_of_the_table_is_borne_out_or_contradicted(self, view, verdict):
        """Before the table's own error is known, a view must do no better; then it must."""
        toy = Toy(
            in_the_whole(Result("a model", 0.01, Verdict.READ, best=True), Turn((view,), told="a claim"))
        )
        walk = walked(toy)
        assert steps(walk)["a claim"] is verdict
        assert walk.heard == {"toy"}

    def test_those_that_are_not_told_are_not_heard(self):
        assert walked(turning(Turn((RIGHT,)))).heard == frozenset()

    def test_views_with_the_fewest_columns_are_the_last_resort_before_the_others(self):
        late = Last()
        walked(turning(Turn((WRONG, RIGHT))), late)
        assert late.asked == [str(RIGHT), ROOT, str(WRONG)]  # what hides something at the very end


@dataclass(frozen=True)
class Queueing(Agenda):
    """Asks one hypothesis for views that are queued."""

    asked: tuple[Hypothesis, ...] = field(default=())

    def onward(self, here: Here) -> Iterator[Batch]:
        yield Batch(self.asked, queued=True)


class TestQueue:
    def queue(self, *turns: Turn) -> Walk:
        return walked(agenda=Queueing(Roster(()), asked=(Toy(in_the_whole(*turns)),)))

    def followed(self, walk: Walk) -> list[str]:
        return [s.view for s in walk.journal.steps if s.verdict is Verdict.FOLLOWED]

    def test_the_easiest_comes_first_and_those_far_harder_last(self):
        walk = self.queue(Turn((WRONG,), error=0.5), Turn((RIGHT,), error=0.001), Turn((OTHER,), error=0.002))
        assert self.followed(walk) == [str(RIGHT), str(OTHER), str(WRONG)]
        assert walk.visits[RIGHT.key].must is Must.EASE

    def test_one_that_was_not_measured_is_followed_where_the_table_is_as_easy_to_learn(self):
        assert self.followed(self.queue(Turn((WRONG,)), Turn((RIGHT,)))) == [str(RIGHT)]

    def test_of_two_that_are_one_view_one_is_followed(self):
        walk = self.queue(Turn((RIGHT,), error=0.001), Turn((RIGHT,), error=0.002))
        assert self.followed(walk) == [str(RIGHT)]

    def test_so_many_and_no_more(self):
        views = [summed(WHOLE, (k, -k, 0), (0, 0, 1)) for k in range(1, 9)]
        walk = self.queue(*(Turn((v,), error=0.001) for v in views))
        assert len(self.followed(walk)) == walk.policy.most_leads


class Recording:
    """Asks like the serial one, and keeps in mind whom."""

    def __init__(self) -> None:
        self.batches: list[tuple[str, ...]] = []

    def run(self, batch: Sequence[Hypothesis], scene: Scene) -> Answers:
        self.batches.append(tuple(h.name for h in batch))
        return Serial().run(batch, scene)


def test_whoever_works_on_a_batch_is_asked_for_all_of_it():
    executor = Recording()
    walked(First(), Toy(), executor=executor)
    assert [b for b in executor.batches if b] == [("first toy",), ("toy",)]


def test_a_hypothesis_that_does_not_apply_is_not_asked():
    @dataclass(frozen=True)
    class Never(Toy):
        name = "never"

        def applies(self, scene: Scene) -> bool:
            return False

    never = Never()
    walked(never)
    assert never.asked == []


def test_a_walk_that_begins_again_knows_no_error_of_other_weights():
    """But the formulas of its ledger."""
    first = walked(First(in_the_whole(Form(fit_draft(C * a, {C: 1.0}, DATA)))))
    assert first.evidence.least_error < np.inf
    again = Walk(first.ledger, first.settings, first.agenda, first.budget, first.executor)
    assert again.evidence.least_error == np.inf
    assert not again.evidence.surveyed
    assert again.evidence.best is first.ledger.best
