"""What is learned from and what is measured on, after SRBench's published protocol."""

import numpy as np
import pytest

from kantools.bench.protocol import draw
from kantools.bench.task import Task
from kantools.datasets import problem
from kantools.errors import SettingError


def rows_of(X: np.ndarray) -> set[tuple[float, ...]]:
    return {tuple(row) for row in X}


def test_a_quarter_of_all_rows_is_tested_on():
    split = draw(problem("I.12.1"), Task("I.12.1", rows=900))
    assert (split.train.rows, split.test.rows) == (900, 300)


def test_few_rows_are_still_tested_on_a_hundred():
    assert draw(problem("I.12.1"), Task("I.12.1", rows=30)).test.rows == 100


def test_no_row_is_in_both():
    split = draw(problem("I.12.1"), Task("I.12.1", rows=300))
    assert not rows_of(split.train.X) & rows_of(split.test.X)


def test_strogatz_is_its_400_rows_split():
    split = draw(problem("strogatz_lv1"), Task("strogatz_lv1", rows=300))
    assert (split.train.rows, split.test.rows) == (300, 100)


@pytest.mark.parametrize("noise", [0.001, 0.01, 0.1])
def test_noise_is_relative_to_the_rms_and_in_the_training_target_only(noise):
    law = problem("I.12.1")
    split = draw(law, Task("I.12.1", rows=20_000, noise=noise))
    clean = law.evaluate(split.train.X)
    added = split.train.y - clean
    # The standard error of a standard deviation from 20,000 rows is half a per cent.
    assert np.std(added) == pytest.approx(noise * np.sqrt(np.mean(clean**2)), rel=0.02)
    assert abs(np.mean(added)) < 4 * np.std(added) / np.sqrt(20_000)
    np.testing.assert_array_equal(split.test.y, law.evaluate(split.test.X))


def test_proportional_noise_is_relative_to_each_value():
    law = problem("I.12.1")
    split = draw(law, Task("I.12.1", rows=20_000, noise=0.05, proportional=True))
    clean = law.evaluate(split.train.X)
    relative = split.train.y / clean - 1
    small = clean < np.median(clean)
    assert np.std(relative[small]) == pytest.approx(0.05, rel=0.03)
    assert np.std(relative[~small]) == pytest.approx(0.05, rel=0.03)
    np.testing.assert_array_equal(split.test.y, law.evaluate(split.test.X))


def test_rows_do_not_depend_on_noise_or_random_columns():
    law = problem("I.12.1")
    plain, other = (
        draw(law, Task("I.12.1", rows=50, noise=g, irrelevant=k, seed=3)) for g, k in ((0, 0), (0.1, 2))
    )
    np.testing.assert_array_equal(plain.train.X, other.train.X[:, :2])


def test_seeds_differ():
    one, two = (draw(problem("I.12.1"), Task("I.12.1", rows=50, seed=s)) for s in (0, 1))
    assert not rows_of(one.train.X) & rows_of(two.train.X)


def test_random_columns_look_like_the_others_and_say_nothing():
    law = problem("I.13.12")
    split = draw(law, Task("I.13.12", rows=3000, irrelevant=5))
    assert split.train.columns[5:] == ("random1", "random2", "random3", "random4", "random5")
    X = split.train.X
    for k in range(5):
        assert X[:, 5 + k].min() >= X[:, k].min() - 0.01
        assert X[:, 5 + k].max() <= X[:, k].max() + 0.01
        assert abs(np.corrcoef(X[:, 5 + k], split.train.y)[0, 1]) < 4 / np.sqrt(3000)


def test_random_columns_have_the_units_of_those_they_look_like():
    law = problem("I.12.1")
    units = draw(law, Task("I.12.1", rows=50, irrelevant=3)).train.units
    assert [units[f"random{k}"] for k in (1, 2, 3)] == [law.units[c] for c in (*law.columns, law.columns[0])]
    assert draw(problem("Nguyen-9"), Task("Nguyen-9", rows=50, irrelevant=1)).train.units == {}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"rows": 4}, "at least 5 training rows; got rows=4"),
        ({"noise": -0.1}, "0 or more; got noise=-0.1"),
        ({"limit": 0}, "positive number of seconds; got 0"),
        ({"irrelevant": -1}, "0 or more; got 0 and -1"),
    ],
)
def test_numbers_out_of_range(wrong, message):
    with pytest.raises(SettingError, match=message):
        Task("I.12.1", **wrong)
