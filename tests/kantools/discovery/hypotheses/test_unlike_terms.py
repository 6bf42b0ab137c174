"""Unlike terms: the form and its constants come out in the table's own columns, in any of their units."""

import numpy as np
import pytest

from kantools.discovery.findings import Form
from kantools.discovery.hypotheses.unlike_terms import UnlikeTerms
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import Reduction, View, reduced, whole_table
from kantools.symbolic.fit.data import Data
from tests.kantools.discovery.scenes import scene_of

FEW = UnlikeTerms(degrees=(2,), starts=(20, 4), beam=2, wider=1)
rng = np.random.default_rng(5)
T, S = rng.uniform(0, 10, 150), rng.uniform(0.1, 3, 150)


def scene(y, unit=1.0, **more):
    X = np.column_stack([unit * T, S])
    data = Data(("t", "s"), X, y, np.ones(len(y)))
    return scene_of(whole_table(data, rows_of(X, y, data.weight)), data, **more)


def rounded(y):
    return np.array([float(f"{v:.7g}") for v in y])


@pytest.mark.parametrize("unit", [1.0, 1e-3])
def test_seven_digits_are_enough_in_any_unit(unit):
    here = scene(rounded(0.7 * S**2 - 1.3 * S + 2.1 * S * np.exp(-0.41 * T)), unit)
    best = FEW.drafts(here)[0]
    t, s = here.data.symbols
    assert best.error(here.data) < 1e-6
    assert len(best.constants) == 4
    assert best.template.has(t, s)
    assert any(np.isclose(c, -0.41 / unit, rtol=1e-4) for c in best.fit.values)


def test_noise_alone_offers_nothing_that_is_longer_than_a_constant():
    here = scene(rng.normal(size=len(T)), noisy=True, visit={"best": 1.0})
    constant = here.data.misfit(float(np.var(here.data.y)))
    assert all(f.draft.length(here.data) > constant - 10 for f in FEW.findings(here) if isinstance(f, Form))


def test_it_is_of_the_columns_of_the_table_alone():
    here = scene(S * T)
    assert FEW.applies(here)
    half = reduced(here.view, Reduction("product", ((1, 1),), (0, 0)))
    assert isinstance(half, View)
    assert not FEW.applies(scene_of(half, here.data))
