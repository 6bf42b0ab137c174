"""Combinations: the closed forms are those of least squares, and the truth comes first."""

from itertools import combinations

import numpy as np
import pytest
from sympy import symbols

from kantools.discovery.words.combinations import combinations_of
from kantools.discovery.words.dictionary import dictionary
from kantools.symbolic.primitive import select_primitives

u, v = symbols("u v")
rng = np.random.default_rng(0)
X = rng.uniform(0.5, 2.0, (120, 2))
A, B = X.T


@pytest.fixture(scope="module")
def words():
    return dictionary([u, v], X, select_primitives(["sqrt", "square", "exp", "reciprocal"]), 300)


def text(words, combination):
    return {str(words.expression(k)) for k in combination.entries}


@pytest.mark.parametrize(
    ("y", "kind", "entries"),
    [
        (3.7 * np.sqrt(A + 1), "one", {"sqrt(u + 1)"}),
        (2.3 * np.sqrt(A + 1) - 0.7 * np.exp(B), "sum", {"sqrt(u + 1)", "exp(v)"}),
        (1.9 * (A + 1) * np.exp(B), "product", {"u + 1", "exp(v)"}),
        (0.4 * np.exp(A) / (B + 2), "quotient", {"exp(u)", "v + 2"}),
        (1.1 * np.sqrt(A) * np.exp(B) - 0.8 * B, "beside", {"sqrt(u)", "exp(v)", "v"}),
    ],
)
@pytest.mark.parametrize("noise", [0.0, 0.02])
def test_the_truth_comes_first(words, y, kind, entries, noise):
    y = y + noise * y.std() * np.random.default_rng(1).normal(size=len(y))
    first = combinations_of(words, y, np.ones(len(y)), 10)[0]
    assert (first.kind, text(words, first)) in [(kind, entries), ("one", {_joined(kind, entries)})]


def _joined(kind, entries):
    from sympy import sympify

    if kind == "product":
        one, other = (sympify(e) for e in entries)
        return str(one * other)
    return ""


@pytest.mark.parametrize("kind", ["sum", "beside"])
@pytest.mark.parametrize("offset", [False, True])
def test_sums_are_as_good_as_least_squares_says(words, offset, kind):
    y = np.sin(3 * A) + B
    root = rng.uniform(0.5, 2.0, len(y))
    root /= np.sqrt(np.mean(root**2))
    found = [f for f in combinations_of(words, y, root, 400) if f.kind == kind and f.offset == offset]
    assert len(found) > 20
    for f in found[:20]:
        entries = [words.values[k] for k in f.entries]
        terms = entries if kind == "sum" else [entries[0] * entries[1], entries[2]]
        columns = [*terms, *[np.ones(len(y))] * offset]
        M = np.stack(columns, axis=1) * root[:, None]
        left = np.sum((y * root - M @ np.linalg.lstsq(M, y * root, rcond=None)[0]) ** 2)
        misfit = 0.5 * len(y) * np.log(left / np.sum((root * y) ** 2))
        assert f.score - f.nats == pytest.approx(misfit, rel=1e-6)


def test_no_sum_of_two_short_ones_is_overlooked(words):
    """The best sum of two is the best of all pairs, one by one."""
    y = np.sqrt(A) * B + 0.1 * rng.normal(size=len(A))
    few = words.take(np.arange(25))
    found = combinations_of(few, y, np.ones(len(y)), 300)
    pairs = [f for f in found if f.kind == "sum" and len(f.entries) == 2 and not f.offset]

    def left(pair):
        M = few.values[list(pair)].T
        return np.sum((y - M @ np.linalg.lstsq(M, y, rcond=None)[0]) ** 2)

    best = min(left(f.entries) for f in pairs)
    assert best == pytest.approx(min(left(p) for p in combinations(range(25), 2)), rel=1e-6)


def test_a_sum_grows_while_it_pays(words):
    y = A * B + 2 * np.exp(A) - np.sqrt(B)
    first = combinations_of(words, y, np.ones(len(y)), 20)[0]
    assert first.kind == "sum"
    assert len(first.entries) == 3


@pytest.mark.parametrize("single", [False, True])
def test_entries_that_are_nearly_alike_do_not_hide_a_sum(single):
    """In single precision ``1 - r²`` of neighbours is rounding, and a share of it anything."""
    rows = np.random.default_rng(0).uniform(1, 9, (200, 2))
    y = 2.3 * rows[:, 0] + 1.7 * np.sqrt(rows[:, 1]) + 0.4
    y = y + 0.02 * y.std() * np.random.default_rng(1).normal(size=200)
    every = dictionary([u, v], rows, select_primitives(None), 4000)
    found = combinations_of(every, y, np.ones(200), 40, single=single)
    sums = [f for f in found if f.kind == "sum"]
    assert {"u", "sqrt(v)"} in [text(every, f) for f in sums[:5]]
    for f in sums:
        A = np.stack([*(every.values[k] for k in f.entries), np.ones(200)], axis=1)
        left = np.sum((y - A @ np.linalg.lstsq(A, y, rcond=None)[0]) ** 2)
        assert f.score >= f.nats + 100 * np.log(left / np.sum(y**2)) - 1.0


@pytest.mark.parametrize("unit", [1e-25, 1e21])
def test_the_unit_of_the_target_does_not_matter_in_single_precision(words, unit):
    y = 2.3 * A**2 - 0.7 * np.exp(B)
    y = y + 0.02 * y.std() * np.random.default_rng(1).normal(size=len(y))
    one, other = (combinations_of(words, f * y, np.ones(len(y)), 10, single=True)[0] for f in (1.0, unit))
    assert (one.kind, one.entries) == (other.kind, other.entries)
    assert one.score == pytest.approx(other.score, rel=1e-3)
