"""Every law: finite, within its ranges, the same for the same seed, and as noisy as asked for."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sympy

from kantools.datasets import PROBLEMS, Problem, problem
from kantools.datasets.__main__ import listing

STROGATZ = [name for name in PROBLEMS if name.startswith("strogatz_")]
UNIFORM = [name for name in PROBLEMS if name not in STROGATZ]


@pytest.fixture(params=PROBLEMS)
def law(request: pytest.FixtureRequest) -> Problem:
    return PROBLEMS[request.param]


def test_there_are_the_published_numbers_of_laws() -> None:
    def count(start: tuple[str, ...]) -> int:
        return sum(name.startswith(start) for name in PROBLEMS)

    assert [count(("I.", "II.", "III.")), count(("test_",))] == [100, 20]
    assert [count(("strogatz_",)), count(("Nguyen-",))] == [14, 13]


def test_conformance(law: Problem) -> None:
    missing = set(law.columns) - {s.name for s in law.truth.free_symbols}
    assert missing == ({"y"} if law.name == "strogatz_vdp2" else set())
    assert all(s == sympy.Symbol(s.name) for s in law.truth.free_symbols)
    assert law.target not in law.columns
    assert len(law.lows) == len(law.highs) == len(law.columns)
    assert all(low < high for low, high in zip(law.lows, law.highs, strict=True))
    assert set(law.units) in (set(), {*law.columns, law.target})
    assert any(year in law.source for year in ("2011", "2020", "2021"))
    assert law.title


def test_sample(law: Problem) -> None:
    table = law.sample(400, seed=0)
    assert table.rows == 400
    assert table.columns == law.columns
    assert table.target == law.target
    assert np.isfinite(table.X).all()
    assert np.isfinite(table.y).all()
    assert np.ptp(table.y) > 0
    assert np.array_equal(table.y, law.evaluate(table.X))


@pytest.mark.parametrize("name", UNIFORM)
def test_inputs_fill_their_ranges(name: str) -> None:
    law = problem(name)
    X = law.sample(2000, seed=1).X
    assert all(
        (low <= x.min()) and (x.max() <= high) for low, x, high in zip(law.lows, X.T, law.highs, strict=True)
    )
    assert (np.ptp(X, axis=0) > 0.5 * np.subtract(law.highs, law.lows)).all()


@pytest.mark.parametrize("name", ["I.9.18", "III.9.52", "I.26.2", "Nguyen-8", "strogatz_vdp1"])
def test_the_seed_decides(name: str) -> None:
    one, same, other = (problem(name).sample(50, noise=0.1, seed=s) for s in (3, 3, 4))
    assert np.array_equal(one.X, same.X)
    assert np.array_equal(one.y, same.y)
    assert not np.array_equal(one.X, other.X)


@pytest.mark.parametrize("gamma", [0.001, 0.01, 0.1])
def test_noise_has_the_rms_of_srbench(gamma: float) -> None:
    law = problem("I.12.2")
    noisy = law.sample(20_000, noise=gamma, seed=0)
    clean = law.evaluate(noisy.X)
    assert np.std(noisy.y - clean) == pytest.approx(gamma * np.sqrt(np.mean(clean**2)), rel=0.03)
    assert np.array_equal(noisy.X, law.sample(20_000, seed=0).X)


def test_ranges_of_srbench() -> None:
    law = problem("I.9.18")
    assert law.columns == ("m1", "m2", "G", "x1", "x2", "y1", "y2", "z1", "z2")
    assert law.lows == (1, 1, 1, 3, 1, 3, 1, 3, 1)
    assert law.highs == (2, 2, 2, 4, 2, 4, 2, 4, 2)


def test_laws_agree_with_ones_typed_by_hand() -> None:
    by_hand = {
        "I.6.2b": lambda s, t, t1: np.exp(-(((t - t1) / s) ** 2) / 2) / np.sqrt(2 * np.pi) / s,
        "I.13.12": lambda m1, m2, r1, r2, G: G * m1 * m2 * (1 / r2 - 1 / r1),
        "I.16.6": lambda c, v, u: (u + v) / (1 + u * v / c**2),
        "I.41.16": lambda w, T, h, k, c: (
            h * w**3 / (2 * np.pi**3 * c**2 * np.expm1(h * w / (2 * np.pi * k * T)))
        ),
        "II.6.15a": lambda e, p, r, x, y, z: 3 * p * z * np.hypot(x, y) / (4 * np.pi * e * r**5),
        "III.9.52": lambda p, E, t, h, w, w0: (
            2 * np.pi * p * E * t / h * np.sinc((w - w0) * t / (2 * np.pi)) ** 2
        ),
        "III.17.37": lambda beta, alpha, theta: beta + beta * alpha * np.cos(theta),
        "II.38.14": lambda Y, sigma: 0.5 * Y / (sigma + 1),
        "test_9": lambda G, c, m1, m2, r: -6.4 * G**4 * m1**2 * m2**2 * (m1 + m2) / (c * r) ** 5,
        "Nguyen-7": lambda x: np.log1p(x) + np.log1p(x**2),
        "strogatz_shearflow2": lambda x, y: (1 - 0.9 * np.sin(y) ** 2) * np.sin(x),
    }
    for name, formula in by_hand.items():
        table = problem(name).sample(200, seed=0)
        np.testing.assert_allclose(table.y, formula(*table.X.T), rtol=1e-9, atol=1e-12, err_msg=name)


def test_names_that_sympy_takes_for_itself_are_columns() -> None:
    assert problem("II.13.17").truth.free_symbols >= {sympy.Symbol("I")}
    assert problem("I.39.11").truth.free_symbols >= {sympy.Symbol("gamma"), sympy.Symbol("V")}
    assert problem("I.30.5").truth.free_symbols >= {sympy.Symbol("lambd")}


def test_rows_where_a_law_is_not_real_are_drawn_again() -> None:
    table = problem("I.26.2").sample(3000, seed=0)
    assert (np.abs(table.X[:, 0] * np.sin(table.X[:, 1])) <= 1).all()
    root = Problem("root", "t", "y", "sqrt(x)", ("x",), (-1.0,), (1.0,), "s")
    assert (root.sample(500, seed=0).X > 0).all()
    never = Problem("never", "t", "y", "log(x)", ("x",), (-2.0,), (-1.0,), "s")
    with pytest.raises(ValueError, match="Narrow the ranges"):
        never.sample(10, seed=0)


@pytest.mark.parametrize("name", STROGATZ)
def test_trajectories_have_the_published_extent(name: str) -> None:
    law = problem(name)
    X = law.sample(400, seed=0).X
    span = np.subtract(law.highs, law.lows)
    assert len(np.unique(X.round(9), axis=0)) > 350
    assert (np.median(X, axis=0) > law.lows - span).all()
    assert (np.median(X, axis=0) < law.highs + span).all()


def test_trajectories_follow_the_equations() -> None:
    law = problem("strogatz_lv1")
    path = law.draw.run(0, 1000, np.random.default_rng(0))
    assert tuple(path[0]) == (1, 3)
    slope = (path[2:, 0] - path[:-2, 0]) / 0.02
    np.testing.assert_allclose(slope, law.evaluate(path)[1:-1], atol=1e-2)


def test_more_rows_than_a_trajectory_has() -> None:
    assert problem("strogatz_glider1").sample(1001, seed=0).rows == 1001


def test_a_sample_has_to_make_sense() -> None:
    law = problem("I.12.1")
    with pytest.raises(ValueError, match="rows=0"):
        law.sample(0, seed=0)
    with pytest.raises(ValueError, match="noise=-1"):
        law.sample(10, noise=-1, seed=0)
    with pytest.raises(KeyError, match="did you mean"):
        problem("I.12.111")


def test_import_is_light() -> None:
    code = "import sys, kantools.datasets; print({'sympy', 'scipy', 'pandas', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_page_agrees_with_the_command() -> None:
    page = (Path(__file__).parents[2] / "docs" / "datasets.md").read_text(encoding="utf-8")
    shown = page.split("<!-- listing -->\n")[1].split("\n<!-- end of listing -->")[0]
    assert shown == listing(), "Print it again: python -m kantools.datasets"
    rows = list(csv.reader(io.StringIO(shown), delimiter="|"))
    assert len({len(r) for r in rows[: rows.index([])]}) == 1


def test_evaluate_says_which_columns_it_wants() -> None:
    with pytest.raises(ValueError, match=r"one column for each of mu, Nn; got an array of shape \(3, 1\)"):
        problem("I.12.1").evaluate(np.ones((3, 1)))
