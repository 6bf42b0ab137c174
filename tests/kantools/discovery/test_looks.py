"""Looks: rows are weighed again where the first law says so, and nothing that was found is lost."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
import sympy
from sympy import Expr, symbols

from kantools.discovery import looks as module
from kantools.discovery.agenda import Agenda
from kantools.discovery.budget import Budget
from kantools.discovery.hypothesis import Settings
from kantools.discovery.journal import Journal
from kantools.discovery.ledger import Ledger
from kantools.discovery.looks import Looks
from kantools.discovery.noise.explained import explained
from kantools.discovery.verdict import Stop
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.noisy import with_noise
from kantools.symbolic.whole.draft import fit_draft
from kantools.table import Table
from tests.kantools.discovery.formulas import C

a, b = symbols("a b")
X = np.random.default_rng(0).uniform(0.5, 5.0, (60, 2))
NOISE = np.random.default_rng(1).normal(size=60)
ALIKE = X[:, 0] * X[:, 1] + 0.3 * NOISE
RELATIVE = X[:, 0] * X[:, 1] * (1 + 0.1 * NOISE)
WAVY = X[:, 0] * X[:, 1] * (1 + 0.1 * np.sin(9 * X[:, 1]))

Found = Expr | None | type[KeyboardInterrupt]


def begun(y: np.ndarray, loss: str = "squared") -> Looks:
    table = Table(("a", "b"), X, "y", y)
    budget = Budget(0.0, np.inf)
    return Looks(data_of(table, loss=loss), table, Settings(), Agenda(), budget, Journal(0.0), 30)


@pytest.fixture
def walks(monkeypatch) -> Callable[..., list[Ledger]]:
    """Walks that find what is written for each, one after the other; the ledgers that they were given."""

    monkeypatch.setattr(module, "as_it_seems", lambda told, noise: told)

    def script(*found: tuple[Found, ...], as_well: bool = True) -> list[Ledger]:
        left, seen = list(found), []

        class Walk:
            def __init__(self, ledger, settings, agenda, budget, executor) -> None:
                self.ledger, self.budget = ledger, budget
                self.evidence = SimpleNamespace(fits_as_well_as_any=as_well)
                seen.append(ledger)

            def run(self) -> Stop:
                for one in left.pop(0):
                    if one is KeyboardInterrupt:
                        raise KeyboardInterrupt
                    start = {C: 1.0} if one.has(C) else {}
                    self.ledger.offer(fit_draft(one, start, self.ledger.data), self.budget)
                return Stop.ALL_TRIED

        monkeypatch.setattr(module, "Walk", Walk)
        return seen

    return script


class TestTwice:
    def test_rows_that_scatter_alike_are_looked_at_once(self, walks):
        seen = walks((C * a * b,))
        looks = begun(ALIKE)
        assert looks.run() is Stop.ALL_TRIED
        assert seen == [looks.ledger]
        assert looks.data.scatter == "constant"

    def test_those_whose_scatter_goes_with_the_target_once_more(self, walks):
        seen = walks((C * a * b,), (C * a * b,))
        looks = begun(RELATIVE)
        looks.run()
        assert looks.ledger is seen[1]
        assert [ledger.data.scatter for ledger in seen] == ["constant", "proportional"]

    def test_not_where_networks_know_better(self, walks):
        seen = walks((C * a * b,), as_well=False)
        looks = begun(RELATIVE)
        looks.run()
        assert len(seen) == 1
        assert looks.data.scatter == "constant"

    def test_a_second_look_that_does_not_show_it_is_none(self, walks):
        """With its formula the scatter does not go with the target."""
        seen = walks((C * a * b,), (C * a**4,))
        looks = begun(RELATIVE)
        looks.run()
        assert looks.ledger is seen[0]

    def test_an_exact_law_of_the_second_look_stays(self, walks):
        """It leaves nothing, and so says nothing about the noise."""
        walks((C * a * b,), (C * a * b * (1 + sympy.sin(9 * b) / 10),))
        looks = begun(WAVY)
        looks.run()
        assert explained(looks.best, looks.data)
        assert looks.best.expression.has(sympy.sin)

    def test_formulas_that_units_forbid_are_kept_together(self, walks):
        seen = walks((C * a * b,), (C * a * b,))
        looks = begun(RELATIVE)
        looks.run()
        assert seen[0].inconsistent is seen[1].inconsistent


class TestBegun:
    """With a noise from the first look on."""

    def test_the_best_formula_takes_the_place_of_what_stood_in_for_it(self, walks, monkeypatch):
        monkeypatch.setattr(
            module, "as_it_seems", lambda told, noise: with_noise(told, "proportional", told.y)
        )
        seen = walks((C * a * b,))
        looks = begun(RELATIVE)
        looks.run()
        assert len(seen) == 1
        assert looks.data.scatter == "proportional"
        assert looks.data.size == pytest.approx(looks.data.parameters * looks.best.predict(X), rel=1e-2)

    def test_a_noise_that_it_does_not_speak_for_is_given_up(self, walks, monkeypatch):
        monkeypatch.setattr(
            module, "as_it_seems", lambda told, noise: with_noise(told, "proportional", told.y)
        )
        seen = walks((C * a * b,), (C * a * b,))
        looks = begun(ALIKE)
        looks.run()
        assert [ledger.data.scatter for ledger in seen] == ["proportional", "constant"]
        assert looks.ledger is seen[1]

    def test_one_that_was_chosen_by_name_is_not(self, walks, monkeypatch):
        monkeypatch.setattr(module, "as_it_seems", lambda told, noise: with_noise(told, noise, told.y))
        seen = walks((C * a * b,))
        looks = begun(ALIKE)
        looks.noise = "proportional"
        looks.run()
        assert len(seen) == 1
        assert looks.data.scatter == "proportional"


class TestInterrupts:
    def test_of_the_first_look_leave_what_it_has_found(self, walks):
        walks((C * a * b, KeyboardInterrupt))
        looks = begun(RELATIVE)
        with pytest.raises(KeyboardInterrupt):
            looks.run()
        assert str(looks.best.template) == "a*b"

    @pytest.mark.parametrize(("found", "second"), [((), False), ((C * a * b,), True)])
    def test_of_the_second_leave_the_first_unless_it_has_found_something(self, walks, found, second):
        seen = walks((C * a * b,), (*found, KeyboardInterrupt))
        looks = begun(RELATIVE)
        with pytest.raises(KeyboardInterrupt):
            looks.run()
        assert looks.ledger is seen[int(second)]
        assert looks.best is not None

    def test_while_formulas_are_fitted_to_other_weights_leave_the_old_ones(self, walks, monkeypatch):
        walks((C * a * b,))
        looks = begun(ALIKE, loss="huber")
        before = looks.ledger

        def interrupt(*_):
            raise KeyboardInterrupt

        def offer(formula, data):
            monkeypatch.setattr(module, "draft_of", interrupt)
            return interrupt()

        monkeypatch.setattr(module, "draft_of", offer)
        with pytest.raises(KeyboardInterrupt):
            looks.run()
        assert looks.ledger is not before  # a polynomial stood in for the law
        assert str(looks.best.template) == "a*b"


class TestWeighing:
    def test_outliers_are_known_better_by_the_law_and_what_leaves_noise_ends_it(self, walks):
        spoilt = np.where(np.arange(60) % 12 == 0, ALIKE + 20, ALIKE)
        seen = walks((C * a * b,), as_well=False)
        looks = begun(spoilt, loss="cauchy")
        assert looks.run() is Stop.NOTHING_BETTER
        assert len(seen) == 1
        assert len(looks.data.y) == 55
        assert len(looks.ledger.formulas) == 1

    def test_what_leaves_more_than_noise_is_looked_at_again_but_not_for_ever(self, walks):
        seen = walks(*[(C * a,)] * 3, as_well=False)
        begun(X[:, 0] ** 3 + 0.1 * NOISE, loss="huber").run()
        assert len(seen) == 1 + module.MOST_WEIGHINGS

    def test_the_first_look_takes_half_of_the_time(self, walks, monkeypatch):
        budgets = []
        walks((), as_well=False)
        fake = module.Walk

        class Walk(fake):
            def __init__(self, ledger, settings, agenda, budget, executor) -> None:
                budgets.append(budget)
                super().__init__(ledger, settings, agenda, budget, executor)

        monkeypatch.setattr(module, "Walk", Walk)
        looks = begun(ALIKE, loss="huber")
        looks.budget = Budget(0.0, 1e9)
        looks.run()
        assert budgets == [Budget(0.0, 5e8)]
        assert looks.budget == Budget(0.0, 1e9)


class TestSettling:
    def test_there_is_nothing_to_settle_where_weights_do_not_depend_on_the_law(self, walks):
        walks((C * a * b,))
        looks = begun(ALIKE)
        looks.run()
        before = looks.ledger
        assert looks.settle() == 1.0
        assert looks.ledger is before

    def test_all_rows_count_in_the_end_and_losses_are_in_units_of_the_table(self, walks):
        walks((C * a * b,), as_well=False)
        looks = begun(np.where(np.arange(60) % 12 == 0, ALIKE + 20, ALIKE), loss="cauchy")
        looks.run()
        unit = looks.settle()
        assert len(looks.data.y) == 60
        assert np.sqrt(unit) == pytest.approx(0.3, rel=0.3)

    def test_nothing_found_is_nothing_to_settle(self):
        assert begun(ALIKE, loss="huber").settle() == 1.0
