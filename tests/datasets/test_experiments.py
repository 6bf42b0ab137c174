"""Every measured table: what it has to say of itself, and that its numbers agree with the accepted law."""

import csv
import re
from importlib.resources import files

import numpy as np
import pytest

from kantools.datasets import EXPERIMENTS, Experiment, load, names

KNOWN_UNITS = """
m cm ft inch punto nm angstrom au Mpc km mi kg g mg l s min h day week year beat K degC degF V kV eV
psi mmHg inHg cP ppm deg sr MJy counts energy division
"""


# The constants of "insulation" were fitted to the logarithm of its target.
FITTED = [name for name, e in EXPERIMENTS.items() if e.fitted and name != "insulation"]


@pytest.fixture(params=EXPERIMENTS)
def experiment(request: pytest.FixtureRequest) -> Experiment:
    return EXPERIMENTS[request.param]


def test_there_are_at_least_twelve_with_one_to_three_inputs() -> None:
    assert len(EXPERIMENTS) >= 12
    assert {len(e.inputs) for e in EXPERIMENTS.values()} >= {1, 2, 3}


def test_every_data_file_has_an_experiment_and_every_experiment_is_named_after_its_file() -> None:
    stems = {p.name[:-4] for p in files("kantools.datasets.data").iterdir() if p.name.endswith(".csv")}
    assert stems == set(EXPERIMENTS) == set(names())


def test_table(experiment: Experiment) -> None:
    table = load(experiment.name)
    assert table.rows >= 5
    assert table.X.shape == (table.rows, len(table.columns))
    assert table.columns == tuple(experiment.inputs)
    assert np.isfinite(table.X).all()
    assert np.isfinite(table.y).all()
    assert np.ptp(table.y) > 0
    assert (np.ptp(table.X, axis=0) > 0).all()
    assert table.X.dtype == table.y.dtype == np.float64
    assert table.target == experiment.target not in table.columns
    assert set(table.units) == {*table.columns, table.target}


def test_sigma_is_positive_where_it_is_known(experiment: Experiment) -> None:
    sigma = experiment.table().sigma
    assert (sigma is None) == (experiment.sigma is None)
    assert sigma is None or (sigma > 0).all()


def test_rows_are_complete(experiment: Experiment) -> None:
    text = (files("kantools.datasets.data") / f"{experiment.name}.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    assert {*experiment.inputs, experiment.target} <= set(header)
    assert all(len(row) == len(header) and all(cell.strip() for cell in row) for row in rows)


def test_units_are_known(experiment: Experiment) -> None:
    for unit in experiment.table().units.values():
        words = set(re.findall(r"[A-Za-z]+", unit))
        assert unit in ("1", "arb. unit") or (words and words <= set(KNOWN_UNITS.split())), unit


def test_citation(experiment: Experiment) -> None:
    assert 100 < experiment.year <= 2030
    century = str(experiment.year)[:3] if experiment.year >= 1000 else str(experiment.year)
    assert century in experiment.source
    assert min(map(len, (experiment.title, experiment.source, experiment.checked, experiment.note))) > 10


def test_accepted_law_fits_the_data(experiment: Experiment) -> None:
    if experiment.law is None:
        return
    assert experiment.tolerance is not None
    assert experiment.tolerance / 2 < experiment.deviation() < experiment.tolerance
    assert {s.name for s in experiment.truth.free_symbols} == set(experiment.inputs)


@pytest.mark.parametrize("name", FITTED)
def test_fitted_constants_are_the_best_ones(name: str) -> None:
    experiment = EXPERIMENTS[name]
    table, best = experiment.table(), experiment.deviation()
    for name, value in experiment.constants.items():
        for factor in (0.99, 1.01):
            moved = {**experiment.constants, name: value * factor}
            other = Experiment(**{**vars(experiment), "constants": moved})
            assert np.linalg.norm(table.y - other.evaluate(table.X)) / np.linalg.norm(table.y) > best


def test_keplers_exponent_is_within_its_error() -> None:
    table = load("planets")
    x, y = np.log(table.X[:, 0]), table.y
    k, n = 1.0, 1.5
    for _ in range(5):  # Gauss-Newton in the period itself
        model = k * np.exp(n * x)
        jacobian = np.column_stack([model / k, model * x])
        step, residual, *_ = np.linalg.lstsq(jacobian, y - model, rcond=None)
        k, n = k + step[0], n + step[1]
    error = np.sqrt(residual[0] / (len(y) - 2) * np.linalg.inv(jacobian.T @ jacobian)[1, 1])
    assert abs(n - 1.5) < 2 * error < 1e-3


def test_deviation_catches_a_wrong_digit() -> None:
    planets = EXPERIMENTS["planets"]
    table = planets.table()
    wrong = table.y.copy()
    wrong[5] = 29.947498  # for 29.447498
    deviation = np.linalg.norm(wrong - planets.evaluate(table.X)) / np.linalg.norm(wrong)
    assert deviation > planets.tolerance


def test_no_law_cannot_be_evaluated() -> None:
    lawless = Experiment("none", "t", {"x": "1"}, "y", "1", 2000, "s", "c", "n")
    assert lawless.truth is None
    with pytest.raises(ValueError, match="no accepted law"):
        lawless.evaluate(np.ones((2, 1)))


def test_unknown_names_are_answered_with_near_ones() -> None:
    with pytest.raises(KeyError, match='did you mean "planets"'):
        load("plantes")
    with pytest.raises(KeyError, match=r'problem\("I.12.1"\).sample'):
        load("I.12.1")


def test_given_constants_are_constants_of_the_law_and_leave_one_to_fit(experiment: Experiment) -> None:
    assert set(experiment.given) < set(experiment.constants) or not experiment.constants
