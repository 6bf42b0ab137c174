"""Models made by hand, of each of which every figure is drawn."""

import dataclasses

import numpy as np
import sympy

from kantools.activation import Activation, Activations, Edge
from kantools.discovery import Step, Verdict
from kantools.plots.kind import Subject
from kantools.symbolic.formula import Constant, Formula
from kantools.table import Table
from kantools.training.history import History, Stop

HOSTILE = (
    "price $ / $",
    "a_b%^{",
    "back\\slash \\frac",
    "🌡",
    "温度 π",
    "a very long name of a column, really long",
)


def law(template: sympy.Expr, columns: tuple[str, ...], target: str, **changes: float) -> Formula:
    a = Constant(sympy.Symbol("a"), 1.25, 0.01)
    formula = Formula(columns, target, template, (a,), np.array([[1e-4]]), 0.1, 3)
    return dataclasses.replace(formula, **changes)


def front_of(columns: tuple[str, ...], target: str, count: int) -> tuple[Formula, ...]:
    """Longer and longer formulas with smaller and smaller losses, the last of them exact."""
    x, a = [sympy.Symbol(c) for c in columns], sympy.Symbol("a")
    parts = [a * x[0], x[-1] ** 2, sympy.exp(-x[0] / (1 + x[-1] ** 2)), sympy.sin(3 * x[0])]
    parts += [sympy.sqrt(1 + x[k % len(x)] ** k) for k in range(5, count + 1)]
    sums = [a + parts[0], *(parts[0] + part for part in parts[1 : count - 1]), sum(parts[:4])][:count]
    laws = [law(e, columns, target, complexity=4 * k, loss=10.0**-k) for k, e in enumerate(sums, 1)]
    return (*laws[:-1], dataclasses.replace(laws[-1], loss=0.0))


def network_of(columns: tuple[str, ...], hidden: int) -> tuple[Activations, dict]:
    """Every input into every hidden node, the first two of which make a product; every second edge read."""
    x = np.sort(np.random.default_rng(1).normal(size=60))
    shapes = (np.sin, np.tanh, np.square, np.exp, np.abs)
    edges = [
        Activation(Edge(0, s, t), x, shapes[(s + t) % 5](x), importance=1 / (1 + s + t))
        for s in range(len(columns))
        for t in range(hidden + 1)
    ]
    edges += [Activation(Edge(1, s, 0), x, x, fixed="identity" if s else None) for s in range(hidden)]
    nodes = (((0, 1), *((k,) for k in range(2, hidden + 1))), ((0,),))
    read = {a.edge: (a.y + 0.01 * x, "polynomial(6)") for a in edges[::2] if a.fixed is None}
    return Activations(columns, nodes, tuple(edges)), read


def steps_of(front: tuple[Formula, ...], columns: tuple[str, ...]) -> tuple[Step, ...]:
    """The table, a view that is left, one that is not, and a formula from each of its hypotheses."""
    whole, ratio = f"y of {', '.join(columns)}", f"y of {columns[0]}/{columns[-1]}"
    other = "y/(x**(3/2)) of z"
    texts = [str(f) for f in front]
    tests = [Step(f"{whole}: y = Σ f_i(x_i) {k}", 0.5 + k, Verdict.TRIED, 0.1 * k, whole) for k in range(9)]
    return (
        Step("plain formulas", 1.0, Verdict.READ, 0.01, formulas=tuple(texts[:1])),
        *tests,
        Step(f"{whole}: polynomial with few terms", 0.02, Verdict.READ, 1.0, whole),
        Step(whole, 0.02, Verdict.ENTERED, 1.1, whole),
        Step(f"{other}: y = Π f_i(x_i)", np.inf, Verdict.FAILED, 1.2, other, whole),
        Step(other, 3e8, Verdict.LEFT, 1.3, other, whole),
        Step(f"{ratio}: one curve", 0.0, Verdict.READ, 1.4, ratio, whole, tuple(texts[1:])),
        Step(ratio, 1e-7, Verdict.ENTERED, 1.5, ratio, whole),
        Step("units: y of x", 0.1, Verdict.CONTRADICTED, 1.6),
    )


def subject(columns: tuple[str, ...], target: str, *, hidden: int, longest: int, rows: int = 40) -> Subject:
    rng = np.random.default_rng(0)
    X, front = rng.uniform(0.1, 2, (rows, len(columns))), front_of(columns, target, longest)
    chosen = front[1]
    units = {columns[0]: "kg*m/s**2", target: "J"}
    y = chosen.predict(X) + 0.05 * rng.normal(size=rows)
    table = Table(columns, X, target, y, np.full(rows, 0.05) if rows < 100 else None, units=units)
    activations, snapped = network_of(columns, hidden)
    coarse = History((1.0, 0.1, 0.05, 0.04), 0.1, Stop.CONVERGED, held_out=(0.2, 0.1, 0.09))
    fine = History((0.04, 2e-3, 1e-3), 0.1, Stop.ITERATIONS, held_out=(6e-3,))  # judged after a race
    steps = steps_of(front, columns)
    x = sympy.Symbol(columns[0])
    rivals = tuple(chosen_with(chosen, bend) for bend in (x**2 / 9, -sympy.sin(x) / 5))
    return Subject(chosen, chosen, table, activations, snapped, front, rivals, steps, (coarse, fine))


def chosen_with(chosen: Formula, bend: sympy.Expr) -> Formula:
    """The chosen formula, bent."""
    return dataclasses.replace(chosen, template=chosen.template + bend)


SUBJECTS = {
    "one": subject(("x",), "y", hidden=1, longest=2, rows=8),
    "two": subject(("theta_1", "flow rate"), "energy", hidden=2, longest=5),
    "nine": subject(tuple(f"x_{k}" for k in range(1, 10)), "y", hidden=3, longest=13, rows=400),
    "hostile": subject(HOSTILE, "$t_{a}r\\get$ 🌡", hidden=2, longest=8),
}
