"""The ledger: which formulas are worked out, which are kept, and where they came from."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Float, Symbol, exp, sin, symbols

from kantools.activation import Activation, Activations, Edge
from kantools.clock import Work, running
from kantools.discovery import ledger as module
from kantools.discovery.budget import Budget
from kantools.discovery.findings import Reading
from kantools.discovery.journal import Journal
from kantools.discovery.ledger import Ledger
from kantools.discovery.memory import Memory, Recall
from kantools.network import KAN
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.formula import Formula
from kantools.symbolic.units.units import read_units
from kantools.symbolic.whole.choose import Chosen
from tests.kantools.discovery.formulas import C, data_of_law, draft

a, b = symbols("a b")
DATA = data_of_law(2.345 * a, noise=0.1)
ENDLESS = Budget(0.0, np.inf)


def ledger(data=DATA, longest=30, memory=None) -> Ledger:
    return Ledger(data, "y", longest, Journal(0.0), Recall.of(memory, data), 0.0)


def formula(text, length: float, complexity: int, loss: float = 0.1) -> Formula:
    return Formula(("a", "b"), "y", text, (), np.zeros((0, 0)), loss, complexity, length)


@pytest.fixture
def polished(monkeypatch):
    """What drafts are worked out to, in this order; without any more, as they are."""
    given: list[Formula | None] = []
    made: list[object] = []

    def polish(draft, data, target, deadline):
        made.append(draft)
        return (
            given.pop(0)
            if given
            else formula(draft.template, draft.length(data), draft.complexity, draft.loss)
        )

    monkeypatch.setattr(module, "polish_centred", polish)
    return given, made


class TestOffers:
    def test_the_shortest_description_is_the_best_and_when_it_was_found(self):
        book = ledger()
        with running(Work(3.0)):
            book.offer(draft(C + a**2, DATA), ENDLESS, "a parabola")
        with running(Work(5.0)):
            best = book.offer(draft(C * a, DATA), ENDLESS, "a factor")
        with running(Work(7.0)):
            book.offer(draft(C + 0 * a, DATA), ENDLESS, "a constant")
        assert book.best is best
        assert 5.0 <= book.found_at < 7.0
        assert len(book.formulas) == 3
        assert book.journal.givers[str(best)] == "a factor"

    def test_of_two_that_are_written_alike_the_shorter_description_stays(self, polished):
        given, _ = polished
        first, longer, shorter = (formula(2 * a, length, 3) for length in (5.0, 6.0, 4.0))
        given += [first, longer, shorter]
        book = ledger()
        assert [book.offer(draft(C * a, DATA), ENDLESS) for _ in range(3)] == [first, first, shorter]
        assert book.formulas == [shorter]

    def test_what_has_no_number_is_none(self, polished):
        given, _ = polished
        given += [None, formula(a, 1.0, 1, loss=np.inf)]
        book = ledger()
        assert [book.offer(draft(C * a, DATA), ENDLESS) for _ in range(2)] == [None, None]
        assert (book.formulas, book.best) == ([], None)

    def test_longer_ones_than_allowed_are_the_best_only_where_there_are_no_others(self, polished):
        given, _ = polished
        long, short = formula(sin(a) + exp(b), -9.0, 40), formula(a, 5.0, 1)
        given += [long, short]
        book = ledger()
        book.offer(draft(C * a, DATA), ENDLESS)
        assert book.best is long
        book.offer(draft(C * a, DATA), ENDLESS)
        assert book.best is short

    def test_a_memory_is_asked_first(self, polished):
        _, made = polished
        memory, one = Memory(), draft(C * a, DATA)
        found = [ledger(memory=memory).offer(one, ENDLESS) for _ in range(2)]
        assert made == [one]
        assert found[0] is found[1]

    def test_a_draft_may_win_if_its_constants_turned_out_to_be_nothing(self, polished):
        given, _ = polished
        one = draft(C * a, DATA)
        book = ledger()
        assert book.may_win(one)
        least = one.length(DATA) - one.price_of_constants(DATA) - 2 * module.NATS_A_NODE
        given += [formula(a, least + 0.1, 1)]
        book.offer(one, ENDLESS)
        assert book.may_win(one)
        given += [formula(b, least - 0.1, 1)]
        book.offer(one, ENDLESS)
        assert not book.may_win(one)


class TestUnits:
    def told(self, **units: str) -> Ledger:
        return ledger(replace(DATA, units=read_units({"b": "1", "y": "1"} | units, ("a", "b"), "y")))

    def test_a_formula_that_they_forbid_is_put_aside(self):
        book = self.told(a="m")
        assert book.offer(draft(sin(a), DATA), ENDLESS) is None
        assert ([len(x) for x in (book.formulas, book.inconsistent)]) == [0, 1]

    def test_one_that_they_allow_has_units_for_its_constants_and_pays_for_them(self):
        book = self.told(a="m")
        found = book.offer(draft(C * a, DATA), ENDLESS)
        assert [c.unit for c in found.constants] == ["1/m"]
        plain = ledger().offer(draft(C * a, DATA), ENDLESS)
        assert found.description_length > plain.description_length

    def test_angles_are_pure_numbers(self):
        book = self.told(a="rad")
        assert book.offer(draft(sin(a), DATA), ENDLESS) in book.formulas


def chosen(template) -> Chosen:
    one = draft(template, DATA)
    return Chosen(one, {}, one.length(DATA))


def reading(*templates, **about) -> Reading:
    return Reading("a curve", [chosen(t) for t in templates], **about)


#: Each longer and worse than the one before.
DOMINATED = [C * a, C * a + sin(b), C * a + sin(b) + b, C * a + sin(b) + b + a * b, C * sin(b) + b**3 + a / b]


class TestReadings:
    def test_without_noise_only_what_no_shorter_one_fits_as_well(self, polished):
        _, made = polished
        ledger().offer_reading(reading(*DOMINATED), ENDLESS, noisy=False)
        assert [d.template for d in made] == [C * a]

    @pytest.mark.parametrize(("failed", "tried"), [(False, 5), (True, 3)])
    def test_in_noise_all_that_may_win_but_of_a_misreading_the_first_ones(self, polished, failed, tried):
        given, made = polished
        given += [formula(a, 1e9, k) for k in range(9)]
        ledger().offer_reading(reading(*DOMINATED, failed=failed), ENDLESS, noisy=True)
        assert len(made) == tried

    def test_so_many_and_no_more(self, polished):
        given, made = polished
        given += [formula(a * Float(k), 1e9, 10 + k) for k in range(20)]
        some = [C * a + sin(b) ** k for k in range(1, 20)]
        ledger().offer_reading(reading(*some), ENDLESS, noisy=True)
        assert module.MOST_POLISHED_IN_NOISE <= len(made) <= module.MOST_TRIED

    def test_what_is_long_or_has_no_number_is_left_alone(self, polished):
        _, made = polished
        short = ledger(longest=2)
        short.offer_reading(reading(C * a + sin(b) + b**3 + a / b), ENDLESS, noisy=True)
        nothing = chosen(C * a)
        nothing = replace(nothing, draft=replace(nothing.draft, fit=replace(nothing.draft.fit, loss=np.nan)))
        short.offer_reading(Reading("a curve", [nothing]), ENDLESS, noisy=True)
        assert made == []

    def test_when_it_is_late_one_formula_is_enough(self, polished):
        _, made = polished
        book = ledger()
        with running(Work(2.0)):
            book.offer_reading(reading(*DOMINATED), Budget(0.0, 1.0), noisy=True)
        assert len(made) == 1

    def test_where_it_was_read_from_is_kept(self, polished):
        edge, network, x = Edge(0, 0, 0), KAN([2, 1]), np.linspace(1, 3, 9)
        curves = Activations(("a", "b"), (((0,),),), (Activation(edge, x, x),))
        plain = chosen(C * a)
        candidate = Candidate("line", Symbol("x"), ())
        told = replace(plain, choice={edge: candidate})
        book = ledger()
        book.offer_reading(Reading("a curve", [told], network, curves), ENDLESS, noisy=False)
        origin = book.origins[id(book.best)]
        assert origin.network is network
        assert origin.snapped[edge][1] == "line"
        assert book.journal.givers[str(book.best)] == "a curve"
