"""What is known of a table: noise, the best formula, and whether it leaves anything."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Integer, exp, symbols

from kantools.discovery import evidence as module
from kantools.discovery.evidence import Evidence
from kantools.discovery.networks.trial import SMOOTHNESS
from kantools.discovery.policy import Policy
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.views.rows import holdout_split, rows_of
from kantools.discovery.views.view import View
from tests.kantools.discovery.formulas import C, data_of_law, formula

a, b = symbols("a b")
HELD = holdout_split(200, 0)[1]
NOISE = {"surveyed": True, "smoothness": 10 * SMOOTHNESS, "least_error": 0.1}
DATA = data_of_law(2.345 * a, noise=0.1)
LINE = formula(C * a, DATA)
TWO = data_of_law(2.345 * a * b, noise=0.1)


def known(best=LINE, data=DATA, **about) -> Evidence:
    """Networks leave about as much as the best formula, unless it is said otherwise."""
    evidence = Evidence(data, Policy(), HELD, best, **(NOISE | about))
    return evidence if "least_error" in about else replace(evidence, least_error=evidence.held_error)


def view(prefactor=Integer(1)) -> View:
    return View((a, b), rows_of(DATA.X, DATA.y, DATA.weight), prefactor)


class TestNoise:
    def test_it_shows_in_a_large_error_that_smoothing_makes_smaller(self):
        assert known().noisy

    @pytest.mark.parametrize(
        "about", [{"surveyed": False}, {"smoothness": SMOOTHNESS}, {"least_error": 0.002}]
    )
    def test_not_unless_all_of_it_is_so(self, about):
        assert not known(formula(C * a * b, TWO), TWO, **about).noisy

    def test_of_one_column_its_order_tells(self):
        assert known(smoothness=SMOOTHNESS).noisy
        assert not known(formula(C * a**2, DATA), smoothness=SMOOTHNESS, least_error=0.1).noisy

    def test_a_surrogate_of_the_whole_table_tells_of_it(self):
        surrogate = Surrogate(0.05, DATA.y, DATA.X, 1e-4)
        fresh = Evidence(DATA, Policy(), HELD)
        told, part = (fresh.with_survey(surrogate, view(), whole=w) for w in (True, False))
        assert (told.surveyed, told.smoothness, told.least_error, told.noisy) == (True, 1e-4, 0.05, True)
        assert (part.surveyed, part.smoothness, part.least_error) == (False, SMOOTHNESS, 0.05)

    def test_once_known_it_stays(self):
        sure = known().with_survey(Surrogate(0.5, DATA.y, DATA.X, SMOOTHNESS), view(), whole=True)
        assert sure.noisy
        assert sure.smoothness == NOISE["smoothness"]

    def test_errors_of_views_with_a_prefactor_do_not_compare(self):
        assert known(least_error=0.1).seen(0.01, view(a)).least_error == 0.1
        assert known(least_error=0.1).seen(0.01, view()).least_error == 0.01
        assert known(least_error=0.1).seen(0.2, view()).least_error == 0.1


class TestBest:
    def test_nothing_is_known_of_no_formula(self):
        none = known(best=None, least_error=0.1)
        assert none.error == none.held_error == np.inf
        assert not any((none.done, none.fits_as_well_as_any, none.at_the_floor, none.settled, none.certain))

    def test_errors_are_of_all_rows_and_of_those_held(self):
        residual = DATA.y - LINE.predict(DATA.X)
        assert known().error == pytest.approx(np.sqrt(np.mean(residual**2)) / DATA.y.std())
        assert known().held_error == pytest.approx(np.sqrt(np.mean(residual[HELD] ** 2)) / DATA.y.std())

    def test_an_exact_one_is_the_end(self):
        exact = data_of_law(2 * a)
        assert known(formula(2 * a, exact), exact).done
        assert not known().done


class TestFloor:
    def test_what_networks_leave_too_and_has_no_order_is_noise(self):
        assert known().at_the_floor

    def test_not_where_networks_are_better(self):
        assert not known(least_error=0.5 * known().held_error).at_the_floor

    def test_nor_where_no_network_has_followed_the_law(self):
        assert not known(least_error=2 * known().held_error).at_the_floor
        assert known(least_error=2 * known().held_error).fits_as_well_as_any

    def test_nor_where_nobody_has_looked(self):
        assert not known(surveyed=False).at_the_floor

    def test_nor_where_residuals_have_an_order(self):
        wrong = formula(C * a, data_of_law(a**3))
        assert not known(wrong, data_of_law(a**3)).at_the_floor

    def test_residuals_are_looked_at_once_for_each_formula(self, monkeypatch):
        asked = []
        monkeypatch.setattr(module, "only_noise_is_left", lambda f, d, t: asked.append(f) or True)
        first = known()
        later = replace(first, readings=3)
        other = replace(first, best=formula(C + a, DATA))
        assert [
            e.residues.only_noise(e.best, e.data, e.policy.noise) for e in (first, later, first, other)
        ] == [True] * 4
        assert asked == [LINE, other.best]


class TestSettled:
    def test_a_factor_is_no_doubt(self):
        assert known().settled
        assert not known().certain

    def test_no_number_at_all_is_certain(self):
        plain = data_of_law(a * b, noise=0.1)
        assert known(formula(a * b, plain), plain).certain

    def test_a_number_inside_is(self):
        decay = data_of_law(exp(-0.737 * a), noise=0.1)
        best = formula(exp(-C * a), decay)
        one = replace(best, template=exp(-0.737 * a - C), constants=best.constants[:1])
        assert not known(best, decay).settled
        assert not known(one, decay).settled

    def test_two_numbers_are(self):
        line = data_of_law(2.345 * a + 1.234, noise=0.1)
        two = formula(C * a, line)
        more = replace(two, constants=(*two.constants, replace(two.constants[0], symbol=symbols("c1"))))
        assert not known(more, line).settled

    def test_where_there_is_time_a_factor_waits_for_the_curve(self):
        assert not known(unhurried=True).settled
        assert known(unhurried=True, curve_seen=True).settled
