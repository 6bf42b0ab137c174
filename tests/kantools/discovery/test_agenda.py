"""The order of what is tried is a function of scenes, and of nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import symbols

from kantools.discovery.agenda import Agenda, Batch
from kantools.discovery.findings import Must
from kantools.discovery.hypotheses.dimensionless_groups import DimensionlessGroups
from kantools.discovery.hypotheses.mixed_columns import MixedColumns
from kantools.discovery.hypotheses.networks import Networks
from kantools.discovery.hypotheses.networks_read import NetworksRead
from kantools.discovery.hypotheses.null_space import NullSpace
from kantools.discovery.hypothesis import Scene
from kantools.discovery.networks.topology import additive
from kantools.discovery.networks.trial import Trial
from kantools.discovery.policy import Policy
from kantools.discovery.roster import HYPOTHESES, Roster, roster_of
from kantools.discovery.views.link import LINKS
from kantools.discovery.views.view import View
from tests.kantools.discovery.formulas import data_of_law, formula
from tests.kantools.discovery.scenes import scene_of, view_of
from tests.kantools.discovery.toys import First, Last, Toy

a, b, c, d = symbols("a b c d")
ONE, TWO, FOUR = (view_of(law, rows=30) for law in (a**2, a * b, a * b + c * d))
LEADS = ["one symmetry", "null space of the gradient", "inner function", "bent column"]
#: A view that another led to, and as good.
MADE = {"before": 0.005, "must": Must.HOLD, "best": 0.001}


def order(part: str, scene: Scene, agenda: Agenda | None = None) -> list[str]:
    """Names of what a part of the agenda tries in a scene in which nothing happens, networks as one."""
    batches = getattr(agenda or Agenda(), part)(lambda: scene)
    names = [h.name for batch in batches for h in batch.hypotheses]
    return [n for k, n in enumerate(names) if k == 0 or n != "networks" or names[k - 1] != n]


class TestTable:
    def test_plain_and_known_formulas_come_first_and_to_the_end(self):
        plain, usual, *others = Agenda().of_the_table(lambda: scene_of(TWO))
        assert [h.name for h in plain.hypotheses] == ["plain formulas", "known formulas"]
        assert [h.name for h in usual.hypotheses] == ["usual forms"]
        assert plain.to_the_end
        assert usual.to_the_end
        assert others == [Batch(())]

    def test_units_are_heard_as_the_first(self):
        (batch,) = Agenda().units_first(lambda: scene_of(TWO))
        assert batch.hypotheses == (DimensionlessGroups(first=True),)

    def test_idle_columns_before_the_whole_table(self):
        assert order("roots", scene_of(TWO)) == ["columns of the best formula", "idle columns"]

    def test_the_columns_of_an_adequate_formula_before_anything_slow(self):
        assert order("told", scene_of(TWO)) == ["columns of the best formula"]


class TestArrival:
    def test_far_columns_around_their_centres_come_first(self):
        assert order("centred", scene_of(TWO)) == ["centred columns"]

    def test_no_column(self):
        none = View((), replace(TWO.rows, X=np.ones((30, 0))), a * b)
        assert order("quick", scene_of(none, data_of_law(a * b, rows=30))) == ["no column left"]

    def test_one_column_is_a_curve(self):
        curve = ["networks", "exact quotient of polynomials", "one curve"]
        curve += ["exact quotient with a bent column", "short formulas", "unlike terms"]
        assert order("quick", scene_of(ONE)) == curve
        assert order("quick", scene_of(ONE, noisy=True)) == curve

    def test_one_that_hides_something_is_not_read(self):
        hides = scene_of(ONE, visit=MADE | {"best": 0.5})
        assert order("quick", hides) == ["networks", "exact quotient of polynomials"]

    @pytest.mark.parametrize("noisy", [False, True])
    def test_the_whole_table(self, noisy):
        assert order("quick", scene_of(TWO, noisy=noisy)) == [
            "networks",
            "polynomial with few terms",
            "quotient of polynomials",
            "exact quotient of polynomials",
            "networks read",
            "exact quotient with a bent column",
        ]

    @pytest.mark.parametrize(
        ("noisy", "before"), [(False, "networks read"), (True, "quotient of polynomials")]
    )
    def test_short_formulas_come_early_in_a_view_of_few_columns(self, noisy, before):
        names = order("quick", scene_of(TWO, noisy=noisy, visit=MADE))
        assert names[names.index("short formulas") + 1] == before
        assert "short formulas" not in order("quick", scene_of(FOUR, noisy=noisy, visit=MADE))

    def test_nothing_more_where_the_best_is_certain(self):
        data = data_of_law(a * b, noise=0.1)
        best = formula(a * b, data)
        scene = scene_of(view_of(a * b, rows=200), data, noisy=True, best=best)
        sure = replace(scene, evidence=replace(scene.evidence, least_error=scene.evidence.held_error))
        assert sure.evidence.certain
        assert order("quick", sure) == ["networks", "polynomial with few terms"]

    def test_sums_under_every_link_and_their_product(self):
        batch = next(iter(Agenda().quick(lambda: scene_of(TWO))))
        told = [h.topology.name for h in batch.hypotheses]
        assert told[0] == "y = Σ f_i(x_i)"
        assert told[-1].startswith("y = Π")
        assert len(told) == len(set(told)) > 3


class TestOnward:
    def test_the_whole_table(self):
        assert order("onward", scene_of(TWO, visit={"best": 0.001})) == [
            *("dimensionless groups", "networks read", "null space of the gradient", "short formulas"),
            *("mixed columns", *LEADS, "unlike terms", "unlike terms", "short formulas"),
        ]

    def test_in_noise_what_does_not_mind_it_comes_first(self):
        assert order("onward", scene_of(TWO, noisy=True, visit=MADE | {"best": 0.1})) == [
            *("short formulas", "networks read", *LEADS, "unlike terms", "null space of the gradient"),
            *("short formulas", "mixed columns", "joined columns", "short formulas"),
        ]

    def test_a_table_that_no_surrogate_follows(self):
        names = order("onward", scene_of(FOUR, visit=MADE | {"best": 0.5}))
        assert names[0] == "smooth power"
        assert names[-2:] == ["joined columns", "short formulas"]
        assert names.count("short formulas") == 1  # four columns cost more

    def test_mixed_columns_are_not_mixed_again(self):
        assert "mixed columns" not in order(
            "onward", scene_of(TWO, visit=MADE | {"came_by": MixedColumns.name})
        )

    def test_views_by_polynomials_are_queued_and_more_symmetries_are_tested(self):
        (batch,) = Agenda().leads(lambda: scene_of(TWO))
        assert batch.queued
        assert batch.hypotheses[1] == replace(NullSpace(), most_offers=NullSpace().most_tested)

    @pytest.mark.parametrize(("view", "names"), [(TWO, ["short formulas"]), (FOUR, [])])
    def test_a_glance_at_few_columns(self, view, names):
        assert order("glance", scene_of(view)) == names


class TestLast:
    def scene(self, *errors: float, **about) -> Scene:
        """With so many networks that were not read."""
        some = [replace(additive(2, LINKS[0]), name=f"network {k}") for k in range(len(errors))]
        trials = tuple(Trial(t, t.build(3, 0), e) for t, e in zip(some, errors, strict=True))
        return scene_of(TWO, visit={"trials": trials, "unread": trials}, **about)

    def test_topologies_one_by_one_then_the_best_networks_are_read(self):
        batches = list(Agenda().last(lambda: self.scene(0.1, 0.4, 0.12)))
        kinds = [type(h) for batch in batches for h in batch.hypotheses]
        assert kinds.count(Networks) > 5
        assert kinds[-3:] == [Networks, NetworksRead, NetworksRead]
        assert [batch.hypotheses[0].topology for batch in batches[-2:]] == ["network 0", "network 2"]

    def test_what_was_tried_is_not_tried_again(self):
        known = additive(2, LINKS[0])
        scene = scene_of(TWO, visit={"trials": (Trial(known, known.build(3, 0), 0.1),)})
        found = [h for b in Agenda().last(lambda: scene) for h in b.hypotheses]
        topologies = [h.topology for h in found if isinstance(h, Networks | NetworksRead)]
        assert known.name not in [t.name for t in topologies]

    def test_without_networks_there_are_none(self):
        without = Agenda(roster_of([..., "-networks"]))
        assert order("last", scene_of(TWO), without) == ["unlike terms", "short formulas"]


class TestRoster:
    @pytest.mark.parametrize("name", sorted(HYPOTHESES))
    def test_what_was_left_out_is_passed_over_and_the_rest_stays(self, name):
        every, without = Agenda(), Agenda(roster_of([..., f"-{name}"]))
        for part in ("of_the_table", "units_first", "roots", "quick", "onward", "glance", "leads"):
            for scene in (scene_of(TWO), scene_of(ONE), scene_of(FOUR, noisy=True, visit=MADE)):
                assert order(part, scene, without) == [n for n in order(part, scene, every) if n != name]

    def test_one_that_is_not_named_comes_when_it_says(self):
        toys = (First(), Toy(), Last())
        agenda = Agenda(Roster(toys))
        assert order("of_the_table", scene_of(TWO), agenda) == ["first toy"]
        for view in (ONE, TWO, FOUR):
            assert order("quick", scene_of(view), agenda) == ["toy"]
        assert order("last", scene_of(TWO), agenda) == ["last toy"]

    def test_thresholds_of_the_policy_are_heeded(self):
        wide = Agenda(policy=Policy(few_columns=4))
        assert order("glance", scene_of(FOUR), wide) == ["short formulas"]

    def test_it_asks_for_the_scene_anew_after_each_batch(self):
        """The best formula may be certain by then."""
        data = data_of_law(a * b, noise=0.1)
        scene = scene_of(view_of(a * b, rows=200), data, noisy=True)
        best = replace(scene.evidence, best=formula(a * b, data))
        sure = replace(scene, evidence=replace(best, least_error=best.held_error))
        now = [scene]
        names = []
        for batch in Agenda().quick(lambda: now[0]):
            names += [h.name for h in batch.hypotheses[-1:]]
            now[0] = sure
        assert names == ["networks", "polynomial with few terms"]
