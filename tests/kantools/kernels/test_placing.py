"""Steps of many small variable projections, against numpy's linear algebra."""

import numpy as np
import pytest

from kantools.kernels.placing import ROW, advance, lay_out, screen

RNG = np.random.default_rng(0)
N = 30
T = np.linspace(-1, 1, N)
FRONT = np.stack([np.ones(N), 1 + T**2])
SPAN = np.linalg.qr(np.stack([np.ones(N), T], axis=1))[0].T
BASIS = np.stack([SPAN * [[1], [0]], SPAN])
Y = np.exp(0.7 * T) + 0.2 * np.sin(5 * T)
REST = np.stack([Y - Q.T @ (Q @ Y) for Q in BASIS])


def rows(*addresses: tuple[int, int], centre: float = 0.3, width: float = 1.1) -> np.ndarray:
    made = np.zeros(len(addresses), ROW)
    made["front"], made["basis"] = np.array(addresses).T
    made["loss"], made["damping"] = np.inf, 0.05
    made["next_centre"], made["next_width"] = centre, width
    return made


def step(made: np.ndarray, f=np.sin, slope=np.cos, domain=(-np.inf, np.inf), moves=(True, True)) -> int:
    active, u = np.arange(len(made)), np.empty((len(made), N))
    lay_out(made, active, T[None], *domain, u)
    shared = (T[None], FRONT, BASIS, REST, np.array(moves), *domain)
    with np.errstate(invalid="ignore"):
        values, slopes = f(u), slope(u)
    return advance(values, slopes, made, active, *shared, 0.0, 1e-12, u)


def eliminated(front: int, basis: int, p: np.ndarray) -> np.ndarray:
    """The residual with the linear constants at their best."""
    A = np.column_stack([FRONT[front] * np.sin(p[0] + p[1] * T), BASIS[basis].T])
    return Y - A @ np.linalg.lstsq(A, Y, rcond=None)[0]


@pytest.mark.parametrize("address", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_loss_and_gradient_are_those_of_the_eliminated_problem(address):
    made = rows(address)
    step(made)
    p, h = np.array([0.3, 1.1]), 1e-6
    assert made["loss"][0] == pytest.approx(np.sum(eliminated(*address, p) ** 2), rel=1e-12)
    gradient = [
        np.sum(eliminated(*address, p + h * e) ** 2) - np.sum(eliminated(*address, p - h * e) ** 2)
        for e in np.eye(2)
    ]
    # Kaufman's Jacobian has the exact gradient: d loss = -2 Jᵀr
    np.testing.assert_allclose([made["g0"][0], made["g1"][0]], -np.array(gradient) / (4 * h), rtol=1e-5)


def test_the_step_solves_the_damped_normal_equations():
    made = rows((1, 1))
    step(made)
    row = made[0]
    A = np.array([[row["a00"], row["a01"]], [row["a01"], row["a11"]]])
    want = np.linalg.solve(A + row["damping"] * np.diag(np.diag(A)), [row["g0"], row["g1"]])
    np.testing.assert_allclose(
        [row["next_centre"] - row["centre"], row["next_width"] - row["width"]], want, rtol=1e-9
    )


def test_a_worse_step_is_not_taken_and_the_next_is_shorter():
    made = rows((0, 0))
    step(made)
    before = made.copy()
    made["next_width"] = 40.0
    step(made)
    assert (made["centre"], made["width"], made["loss"]) == (
        before["centre"],
        before["width"],
        before["loss"],
    )
    assert made["damping"] == 6 * before["damping"]
    assert abs(made["next_width"] - made["width"]) < abs(before["next_width"] - before["width"])


def test_a_step_out_of_the_domain_is_not_taken():
    made = rows((0, 0), centre=1.5, width=1.0)
    step(made, np.log, lambda u: 1 / u, domain=(0.0, np.inf))
    made["next_centre"], made["next_width"] = 0.9, 1.0
    step(made, np.log, lambda u: 1 / u, domain=(0.0, np.inf))
    assert made["centre"] == 1.5


@pytest.mark.parametrize("moves", [(True, False), (False, True), (False, False)])
def test_what_must_not_move_stays(moves):
    made = rows((0, 0))
    for _ in range(5):
        step(made, moves=moves)
    assert ((made["centre"][0] != 0.3), (made["width"][0] != 1.1)) == moves


def test_finished_rows_leave_and_the_others_stay_at_work():
    made = rows((0, 0), (0, 0))
    made["next_width"] = [1.1, np.nan]
    assert step(made) == 1
    assert made["done"].tolist() == [False, True]


def test_the_best_starts_of_each_shape_are_chosen():
    widths = RNG.uniform(0.2, 4, 12)
    values = np.sin(0.3 + widths[:, None] * T)
    begin, end = np.array([0, 4]), np.array([8, 12])
    chosen = screen(values, begin, end, rows((0, 0), (1, 1)), FRONT, BASIS, REST, 3)
    for k, (a, b) in enumerate(zip(begin, end, strict=True)):
        loss = [np.sum(eliminated(k, k, np.array([0.3, w])) ** 2) for w in widths[a:b]]
        np.testing.assert_array_equal(chosen[k], a + np.argsort(loss)[:3])


def test_starts_that_add_nothing_are_not_chosen():
    values = np.stack([np.ones(N), np.full(N, np.nan), T**2])
    chosen = screen(values, np.array([0]), np.array([3]), rows((0, 1)), FRONT, BASIS, REST, 3)
    np.testing.assert_array_equal(chosen, [[2, -1, -1]])
