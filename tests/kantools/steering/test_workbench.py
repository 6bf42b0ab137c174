"""The workbench: networks steered by hand, as in the papers on Kolmogorov-Arnold networks."""

import copy

import numpy as np
import pytest
import sympy
import torch

from kantools.activation import Edge
from kantools.errors import SettingError, UserError
from kantools.network import KAN, predict
from kantools.steering import Workbench
from kantools.table import Table
from kantools.training import train

HELLO = {(0, 0, 0): "sin", (0, 1, 0): "square", (1, 0, 0): "exp"}


def table_of(y: np.ndarray, X: np.ndarray) -> Table:
    return Table(("x", "y"), X, "f", y)


def cube(rows: int = 200) -> np.ndarray:
    return np.random.default_rng(0).uniform(-1, 1, (rows, 2))


def hello() -> Workbench:
    X = cube()
    table = table_of(np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2), X)
    network = KAN([2, 1, 1])
    train(network, table, smoothness="gcv")
    return Workbench(network, table)


@pytest.fixture(scope="module")
def trained() -> Workbench:
    return hello()


@pytest.fixture
def bench(trained: Workbench) -> Workbench:
    return copy.copy(trained)  # its states are never changed


def named(bench: Workbench) -> Workbench:
    for edge, name in HELLO.items():
        bench.fix(edge, name)
    return bench


def same(one: KAN, other: KAN) -> bool:
    a, b = (n.state_dict() for n in (one, other))
    return a.keys() == b.keys() and all(
        torch.equal(a[k], b[k]) if isinstance(a[k], torch.Tensor) else a[k] == b[k] for k in a
    )


def test_suggestions_name_the_right_functions_first(bench: Workbench) -> None:
    for edge, name in HELLO.items():
        best = bench.suggest(edge)[0]
        assert best.name == name
        assert best.error < 1e-2
        np.testing.assert_allclose(best.fitted, best.learned, atol=0.05 * np.ptp(best.learned))


def test_hello_world_by_hand(bench: Workbench) -> None:
    named(bench).refit()
    assert bench.losses.trained < 1e-24
    assert bench.losses.held_out < 1e-24
    x, y = sympy.symbols("x y")
    assert sympy.simplify(bench.formula().expression - sympy.exp(sympy.sin(sympy.pi * x) + y**2)) == 0


def test_what_is_free_is_learned_around_what_is_fixed(bench: Workbench) -> None:
    bench.fix((0, 0, 0), "sin").refit()
    assert bench.edges == {Edge(0, 0, 0): "sin", Edge(0, 1, 0): "learned", Edge(1, 0, 0): "learned"}
    a, b, _, _ = bench.network.kan_layers()[0].affine["0_0"].tolist()
    assert (a, b) == pytest.approx((np.pi, 0), abs=2e-3)
    assert bench.losses.held_out < 1e-5
    x, y = sympy.symbols("x y")  # the other curves are read
    assert sympy.simplify(bench.formula().expression - sympy.exp(sympy.sin(sympy.pi * x) + y**2)) == 0


def test_a_wrong_choice_shows(bench: Workbench) -> None:
    before = bench.losses
    bench.fix((0, 0, 0), "tanh").refit()
    fixed, refitted = bench.history
    assert fixed.before == before
    assert fixed.after == refitted.before
    assert min(fixed.after.held_out, refitted.after.held_out) > 1000 * before.held_out


def test_undo_restores_bit_by_bit(bench: Workbench) -> None:
    first, losses = copy.deepcopy(bench.network), bench.losses
    named(bench).refit().unfix((0, 0, 0)).set_basis("chebyshev", layer=1).prune(0.01)
    last = copy.deepcopy(bench.network)
    steps = bench.history
    assert [s.action.partition("(")[0] for s in steps] == ["fix"] * 3 + [
        "refit",
        "unfix",
        "set_basis",
        "prune",
    ]
    for _ in steps:
        bench.undo()
    assert bench.history == ()
    assert same(bench.network, first)
    assert bench.losses == losses
    for _ in steps:
        bench.redo()
    assert same(bench.network, last)
    assert bench.history == steps


def test_a_new_step_forgets_what_was_undone(bench: Workbench) -> None:
    bench.fix((0, 0, 0), "sin").undo().fix((0, 0, 0), "cos")
    assert [s.action for s in bench.history] == ['fix((0, 0, 0), "cos")']
    with pytest.raises(UserError, match=r"redo\(\) repeats a step that was undone; none was"):
        bench.redo()


def test_unfix_keeps_the_curve(bench: Workbench) -> None:
    bench.fix((0, 0, 0), "sin")
    before = bench.predict(bench.table.X)
    bench.unfix((0, 0, 0))
    assert bench.edges[Edge(0, 0, 0)] == "learned"
    assert np.sqrt(np.mean((bench.predict(bench.table.X) - before) ** 2)) < 3e-3 * before.std()


@pytest.mark.parametrize("basis", ["chebyshev", "rbf", "rational"])
def test_another_basis_draws_the_same_curves(bench: Workbench, basis: str) -> None:
    before = bench.predict(bench.table.X)
    bench.set_basis(basis, intervals=10)
    assert {b.name for b in bench.network.bases} == {basis}
    assert np.sqrt(np.mean((bench.predict(bench.table.X) - before) ** 2)) < 0.02 * before.std()
    assert bench.refit().losses.held_out < 1e-3


def test_prune_takes_away_what_does_nothing() -> None:
    X = cube()
    table = table_of(np.sin(2 * X[:, 0]), X)
    network = KAN([2, 2, 1])
    train(network, table)
    bench = Workbench(network, table).prune(0.01)
    assert {edge.source for edge in bench.edges if edge.layer == 0} == {0}
    assert bench.losses.held_out < 1e-3


def test_product_nodes() -> None:
    X = cube()
    table = table_of(np.sin(2 * X[:, 0]) * (X[:, 1] ** 2 + 0.5), X)
    network = KAN([2, [0, 1], 1])
    network.mask([(0, 1, 0), (0, 0, 1)])
    train(network, table, smoothness="gcv")
    bench = Workbench(network, table)
    choices = {edge: bench.suggest(edge)[0] for edge in bench.edges}
    assert [s.name for s in choices.values()] == ["sin", "square", "identity"]
    for edge, suggestion in choices.items():
        bench.fix(edge, suggestion)
    assert bench.refit().losses.trained < 1e-20
    x, y = sympy.symbols("x y")
    assert sympy.simplify(bench.formula().expression - sympy.sin(2 * x) * (y**2 + sympy.Rational(1, 2))) == 0


def test_noise_does_not_hide_the_form() -> None:
    X = cube(400)
    clean = np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2)
    noisy = clean + 0.02 * clean.std() * np.random.default_rng(1).normal(size=len(X))
    network = KAN([2, 1, 1])
    train(network, table_of(noisy, X), smoothness="gcv")
    formula = named(Workbench(network, table_of(noisy, X))).refit().formula()
    assert np.sqrt(np.mean((formula.predict(X) - clean) ** 2)) < 0.01 * clean.std()


def test_what_it_looks_like(bench: Workbench) -> None:
    bench.fix((0, 0, 0), "sin")
    assert repr(bench).startswith("Workbench((0, 0, 0) sin, (0, 1, 0) learned, (1, 0, 0) learned; loss ")
    assert 'fix((0, 0, 0), "sin")' in bench._repr_html_()
    suggestions = bench.suggest((0, 1, 0), most=3)
    assert len(suggestions) == len(suggestions.frame()) == len(repr(suggestions).splitlines()) == 3
    assert suggestions._repr_html_().count("<svg") == 3
    assert bench.plot().get_size_inches()[0] > 0


def test_the_network_that_is_given_stays(trained: Workbench) -> None:
    before = predict(trained.network, trained.table.X)
    named(Workbench(trained.network, trained.table)).refit()
    np.testing.assert_array_equal(predict(trained.network, trained.table.X), before)


class TestRefusals:
    def test_edges(self, bench: Workbench) -> None:
        with pytest.raises(
            UserError, match=r"got \(0, 5, 0\), which it does not have\. Choose one of \(0, 0, 0\), "
        ):
            bench.fix((0, 5, 0), "sin")
        with pytest.raises(UserError, match=r"got \(7, 0, 0\), which it does not have"):
            bench.suggest((7, 0, 0))
        with pytest.raises(UserError, match="An edge is three whole numbers"):
            bench.fix((0, 0), "sin")
        with pytest.raises(UserError, match=r"\(0, 0, 0\) is learned\. Fixed are: none"):
            bench.unfix((0, 0, 0))

    def test_fixed_already(self, bench: Workbench) -> None:
        bench.fix((0, 0, 0), "sin")
        with pytest.raises(UserError, match=r'is fixed to "sin"\. unfix\(\(0, 0, 0\)\) first'):
            bench.fix((0, 0, 0), "cos")
        with pytest.raises(UserError, match="Suggestions are for learned edges"):
            bench.suggest((0, 0, 0))
        assert len(bench.history) == 1

    def test_masked(self, bench: Workbench) -> None:
        network = copy.deepcopy(bench.network)
        network.mask([(0, 1, 0)])
        with pytest.raises(UserError, match=r"\(0, 1, 0\) is not: it was pruned or masked"):
            Workbench(network, bench.table).fix((0, 1, 0), "square")

    def test_names(self, bench: Workbench) -> None:
        with pytest.raises(SettingError, match='There is no primitive "sine"; did you mean "sin"'):
            bench.fix((0, 0, 0), "sine")
        with pytest.raises(SettingError, match='There is no basis "bsplin"; did you mean "bspline"'):
            bench.set_basis("bsplin")
        with pytest.raises(SettingError, match="layers 0 to 1; got 2"):
            bench.set_basis("rbf", layer=2)

    def test_numbers(self, bench: Workbench) -> None:
        with pytest.raises(SettingError, match="A threshold is a share of the output, 0 to 1; got 2"):
            bench.prune(2)
        with pytest.raises(SettingError, match="time_limit is positive; got 0"):
            bench.refit(time_limit=0)
        with pytest.raises(SettingError, match="time_limit is positive; got -1"):
            bench.formula(time_limit=-1)
        with pytest.raises(SettingError, match="held_out is a share of the rows between 0 and 1; got 1"):
            Workbench(bench.network, bench.table, held_out=1)
        with pytest.raises(UserError, match="this one has 2, the table 1 columns"):
            Workbench(bench.network, bench.table.select(["x"]))

    def test_nothing_to_undo(self, bench: Workbench) -> None:
        with pytest.raises(UserError, match=r"undo\(\) takes back a step; none has been taken"):
            bench.undo()

    def test_several_outputs(self) -> None:
        X = cube(30)
        with pytest.raises(UserError, match="A table has one target; this network has 2 outputs"):
            Workbench(KAN([2, 2]), table_of(X[:, 0], X))
