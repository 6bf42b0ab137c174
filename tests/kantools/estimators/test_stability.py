"""How often formulas come back from rows drawn again."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import sympy
from sklearn.exceptions import NotFittedError

from kantools.errors import SettingError
from kantools.estimators.passage.distinct import distinct
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.estimators.verbs.resampling import counts_of, drawn
from kantools.table import Table

rng = np.random.default_rng(0)
X = pd.DataFrame(rng.uniform(1, 3, (60, 2)), columns=["mass", "time"])
Y = pd.Series(2 * X.mass**1.5 / X.time * (1 + 0.01 * rng.normal(size=60)), name="drag")


@pytest.fixture
def searches(fake_discovery, monkeypatch) -> list:
    """The tables and settings that reach the search."""
    seen: list = []
    search = fake_discovery.discover
    monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: seen.append((t, k)) or search(t, **k))
    return seen


@pytest.fixture
def model(searches) -> SymbolicRegressor:
    fitted = SymbolicRegressor(random_state=0).fit(X, Y)
    searches.clear()
    return fitted


class TestDrawing:
    def test_a_row_drawn_twice_counts_twice(self, model, searches):
        model.stability(X, Y, repeats=3, random_state=0)
        for table, _ in searches:
            assert table.rows < 60
            assert table.weight.sum() == 60
            assert set(table.weight) <= set(range(1, 10))

    def test_a_sample_with_weights_is_the_one_with_repeated_rows(self):
        seeds = np.random.SeedSequence(0).spawn(1)
        (counts,) = counts_of(60, "bootstrap", None, seeds)
        table = Table(("mass", "time"), X.to_numpy(), "y", Y.to_numpy())
        weighted = distinct(drawn(table, counts))
        repeated = distinct(table.take(np.repeat(np.arange(60), counts)))
        assert (weighted.X == repeated.X).all()
        assert (weighted.weight == repeated.weight).all()

    def test_subsamples(self, model, searches):
        model.stability(X, Y, repeats=2, method="subsample", random_state=0)
        assert [(t.rows, t.weight) for t, _ in searches] == [(48, None)] * 2

    def test_errors_and_weights_of_the_rows_go_with_them(self, model, searches):
        sigma, weight = np.arange(1.0, 61), np.linspace(1, 2, 60)
        model.stability(X, Y, sigma=sigma, sample_weight=weight, repeats=1, method="subsample")
        (table, _) = searches[0]
        rows = table.sigma.astype(int) - 1
        assert (table.y == Y.to_numpy()[rows]).all()
        assert (table.weight == weight[rows]).all()

    def test_each_repeat_is_one_quiet_search_with_a_seed_of_its_own(self, searches):
        told = []
        model = SymbolicRegressor(time_limit=9, progress=told.append, warm_start=True).fit(X, Y)
        searches.clear()
        told.clear()
        model.stability(X, Y, repeats=4, random_state=0, time_limit=3)
        assert len({k["seed"] for _, k in searches}) == 4
        assert all(k["time_limit"] == 3 and "memory" not in k for _, k in searches)
        assert not told


class TestCounting:
    def test_the_law_comes_back_and_its_constants_scatter_as_their_errors_say(self, model):
        result = model.stability(X, Y, repeats=40, random_state=0)
        law = result.formulas.iloc[0]
        assert law.chosen
        assert (law.found, law.choices, result.share) == (1, 1, 1)
        assert law.choices_low == pytest.approx(1 / (1 + 1.959964**2 / 40))  # Wilson's, of 40 of 40
        assert str(result).startswith("drag = ")
        assert "chosen in 100% of 40 repeats (95% interval 91% to 100%)" in str(result)
        own = result.constants[result.constants.equation == law.equation]
        assert (own.repeats == 40).all()
        exponents = own[own.value.abs().between(0.9, 1.6)]
        assert ((exponents["std"] / exponents.error).between(0.4, 2.5)).all()
        assert (own.low < own["mean"]).all()
        assert (own["mean"] < own.high).all()

    def test_what_is_chosen_now_and_then(self, model, fake_discovery, monkeypatch):
        """A stand-in that adds a term in every fourth search."""
        search, calls = fake_discovery.discover, []

        def sometimes(table, **settings):
            found = search(table, **settings)
            calls.append(1)
            if len(calls) % 4:
                return found
            more = replace(found.chosen, template=found.chosen.template + sympy.Symbol("time"))
            return replace(found, front=(*found.front, more), chosen=more)

        monkeypatch.setattr(fake_discovery, "discover", sometimes)
        result = model.stability(X, Y, repeats=8, random_state=0)
        assert result.share == 0.75
        other = result.formulas[~result.formulas.front].iloc[0]
        assert other.choices == 0.25
        assert other.equation.endswith("+ time") or "time +" in other.equation
        assert result.formulas.iloc[0].found == 1

    def test_terms_of_a_sum(self, searches, fake_discovery, monkeypatch):
        search, calls = fake_discovery.discover, []

        def linear(table, **settings):
            """``c0 + c1*mass + c2*time``, and without the time in half of the repeats."""
            found = search(table, **settings)
            whole = found.front[1]
            calls.append(1)
            part = whole.template.subs(sympy.Symbol("time"), 0)
            without = {"constants": whole.constants[:2], "covariance": whole.covariance[:2, :2]}
            kept = whole if len(calls) % 2 else replace(whole, template=part, **without)
            return replace(found, front=(kept,), chosen=kept)

        monkeypatch.setattr(fake_discovery, "discover", linear)
        model = SymbolicRegressor(random_state=0).fit(X, Y)
        terms = model.stability(X, Y, repeats=6, random_state=0).terms.set_index("term").found
        assert sorted(terms) == [0.5, 1, 1]
        assert terms[[t for t in terms.index if "time" in t]].item() == 0.5


class TestConduct:
    def test_the_seed_decides(self, model):
        one, two, other = (model.stability(X, Y, repeats=5, random_state=s) for s in (1, 1, 2))
        assert one.constants.equals(two.constants)
        assert one.formulas.equals(two.formulas)
        assert not one.constants.equals(other.constants)

    def test_searches_that_were_cut_short_are_counted(self, model, fake_discovery, monkeypatch):
        search = fake_discovery.discover
        monkeypatch.setattr(
            fake_discovery, "discover", lambda t, **k: replace(search(t, **k), stopped="time limit")
        )
        assert model.stability(X, Y, repeats=3).cut_short == 3

    def test_refusals(self, model):
        with pytest.raises(SettingError, match='no method "bootstrp"; did you mean "bootstrap"'):
            model.stability(X, Y, method="bootstrp")
        with pytest.raises(SettingError, match=r"above 0 and at most 1; got 1\.5"):
            model.stability(X, Y, fraction=1.5)
        with pytest.raises(SettingError, match="at least 1; got 0"):
            model.stability(X, Y, repeats=0)
        with pytest.raises(NotFittedError):
            SymbolicRegressor().stability(X, Y)
        with pytest.raises(SettingError, match="this model has 2"):
            SymbolicRegressor(random_state=0).fit(X, X * 2).stability(X, X * 2)


@pytest.mark.slow
def test_for_real_and_for_any_number_of_jobs():
    """A law with a strong signal always comes back; a term of a pure noise column seldom does."""
    generator = np.random.default_rng(0)
    A = pd.DataFrame(generator.uniform(1, 2, (50, 2)), columns=["a", "b"])
    plain = {"primitives": ["identity", "square"], "time_limit": 120, "random_state": 0}
    y = 2 * A.a / A.b * (1 + 0.002 * generator.normal(size=50))
    model = SymbolicRegressor(**plain).fit(A, y)
    alone = model.stability(A, y, repeats=6, random_state=0)
    assert alone.share >= 5 / 6
    assert alone.cut_short == 0
    both = model.stability(A, y, repeats=6, random_state=0, n_jobs=2)
    assert both.formulas.equals(alone.formulas)
    pd.testing.assert_frame_equal(both.constants, alone.constants, rtol=1e-9)


@pytest.mark.slow
def test_a_term_in_noise_seldom_comes_back():
    generator = np.random.default_rng(3)
    A = pd.DataFrame(generator.uniform(1, 2, (40, 2)), columns=["a", "b"])
    y = pd.Series(A.a + generator.normal(size=40), name="y")
    plain = {"primitives": ["identity", "square"], "time_limit": 60, "random_state": 0}
    model = SymbolicRegressor(selection="loss", **plain).fit(A, y)  # the most accurate: it fits the noise
    result = model.stability(A, y, repeats=6, random_state=0)
    assert result.share <= 0.5
