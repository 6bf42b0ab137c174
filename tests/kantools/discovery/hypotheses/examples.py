"""A table for each hypothesis with the finding that it must make there, and one where it must make none."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import sympy
from sympy import Expr, acos, cos, exp, sin, sqrt, symbols

from kantools.discovery.findings import Finding, Form, Reading, Trained, Turn
from kantools.discovery.hypothesis import Scene
from kantools.discovery.networks.topology import additive
from kantools.discovery.networks.trial import run_trial
from kantools.discovery.views.link import LINKS
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from kantools.symbolic.formula import Constant, Formula
from tests.kantools.discovery.formulas import C, formula
from tests.kantools.discovery.scenes import data_like, exact_surrogate, scene_of, surveyed, view_of

__all__ = ["EXAMPLES", "Example"]

Found = Callable[[Finding, Scene], bool]
a, b, c, d, e, k = symbols("a b c d e k")
SUMS = additive(2, LINKS[0])


@dataclass(frozen=True)
class Example:
    """A scene in which a hypothesis is right, what it must find there, and a scene in which it is wrong.

    Attributes
    ----------
    right, wrong : callable
        Make the scenes.
    found : callable
        Whether a finding is the one that is due.
    misled : callable
        Whether a finding in the wrong scene is one that must not be.
    thresholds : dict
        Of the hypothesis, where not the default ones.
    """

    right: Callable[[], Scene]
    found: Found
    wrong: Callable[[], Scene]
    misled: Found
    thresholds: dict[str, object]


def convincing(finding: Finding, scene: Scene) -> bool:
    """Whether a finding claims to have the law, or part of it."""
    match finding:
        case Form(draft):
            return draft.error(scene.data) < 1e-6
        case Reading(_, chosen):
            return any(x.draft.error(scene.data) < 1e-6 for x in chosen)
        case Trained():
            return trained(finding, scene)
    return isinstance(finding, Turn)


def example(
    right: Callable[[], Scene],
    found: Found,
    wrong: Callable[[], Scene],
    misled: Found = convincing,
    **thresholds: object,
) -> Example:
    return Example(right, found, wrong, misled, thresholds)


def form(law: Expr) -> Found:
    """A form that is the law, on the rows of the scene."""

    def found(finding: Finding, scene: Scene) -> bool:
        if not isinstance(finding, Form):
            return False
        fitted = finding.draft.program(scene.data).value(scene.data.X, finding.draft.fit.values)
        true = sympy.lambdify(scene.data.symbols, law, "numpy")(*scene.data.X.T)
        return bool(np.allclose(fitted, true, rtol=1e-6, atol=1e-9))

    return found


def turn(*columns: Expr, prefactor: Expr | None = None) -> Found:
    """A turn to a view of these columns, each but for what says the same."""

    def found(finding: Finding, _: Scene) -> bool:
        if not isinstance(finding, Turn):
            return False
        return any(
            (prefactor is None or v.prefactor == prefactor)
            and v.inputs == len(columns)
            and all(any(_says_the_same(x, y) for y in v.columns) for x in columns)
            for v in finding.choices
        )

    return found


def _says_the_same(one: Expr, other: Expr) -> bool:
    """Whether one is a power or a multiple of the other, or its gradient has the same direction."""
    names = sorted(one.free_symbols | other.free_symbols, key=str)
    point = {s: 1.3 + 0.41 * n for n, s in enumerate(names)}
    g, h = (np.array([float(sympy.diff(x, s).subs(point)) for s in names]) for x in (one, other))
    return bool(abs(g @ h) > (1 - 1e-12) * np.linalg.norm(g) * np.linalg.norm(h))


def read(finding: Finding, scene: Scene) -> bool:
    """A reading whose best formula leaves next to nothing."""
    if not isinstance(finding, Reading):
        return False
    return any(x.draft.error(scene.data) < 1e-3 for x in finding.chosen)


def trained(finding: Finding, _: Scene) -> bool:
    return isinstance(finding, Trained) and finding.trial is not None and finding.trial.error < 1e-3


def of(law: Expr, *columns: sympy.Symbol, **view: float) -> Callable[[], Scene]:
    return lambda: scene_of(view_of(law, columns or None, **view))


def seen(law: Expr, **about: float) -> Callable[[], Scene]:
    """With a surrogate of the law that has its exact gradient."""
    view = view_of(law, rows=400, **about)
    return lambda: scene_of(view, surrogate=exact_surrogate(law, view))


def noise(columns: int) -> Callable[[], Scene]:
    """A target that goes with no column."""
    X = np.random.default_rng(0).uniform(1, 3, (200, columns))
    y = 2 + np.random.default_rng(1).normal(size=200)
    names = symbols(" ".join("abcdefgh"[:columns]), seq=True)
    view = View(tuple(names), rows_of(X, y, np.ones(200)))
    return lambda: scene_of(view, surrogate=surveyed(view, noisy=True))


def adequate(law: Expr, columns: int) -> Callable[[], Scene]:
    """A formula of the first of some columns is there, and leaves noise only."""

    def scene() -> Scene:
        names = symbols("a b c d", seq=True)[:columns]
        view = view_of(law, names, noise=0.1)
        data = data_like(view)
        return scene_of(view, data, noisy=True, least_error=0.11, best=formula(C * a, data))

    return scene


def nothing_left(law: Expr) -> Scene:
    """The view in which ``a*b`` is divided out."""
    table = view_of(law, (a, b))
    rows = replace(table.rows, X=np.ones((300, 0)), y=table.rows.y / np.prod(table.rows.X, axis=1))
    return scene_of(View((), rows, a * b), data_like(table), visit={"before": 1e-9})


def with_network(law: Expr) -> Callable[[], Scene]:
    """A sum of curves was trained."""

    def scene() -> Scene:
        plain = scene_of(view_of(law, rows=200))
        trial = run_trial(SUMS, plain.view.seen, plain.split, 0, np.inf)
        assert trial is not None
        return replace(plain, visit=plain.visit.with_trial(trial))

    return scene


LENGTHS = {"a": "m", "b": "m", "c": "s", "y": "m/s"}
IDLE = view_of(a * b**2, (a, b, c, d, e), rows=400)
KNOWN = Formula(("a",), "z", exp(-k * a) * sin(a**2), (Constant(k, 1.0, 0.1),))

EXAMPLES = {
    "plain formulas": example(of(3 * a**1.5 / b), form(3 * a**1.5 / b), of(sin(3 * a) + b)),
    "known formulas": example(
        lambda: scene_of(view_of(exp(-1.4 * a) * sin(a**2)), settings={"known": (KNOWN,)}),
        form(exp(-1.4 * a) * sin(a**2)),
        lambda: scene_of(view_of(a**3), settings={"known": (KNOWN,)}),
    ),
    "usual forms": example(
        of(3 * a**2.3 / (1.7**2.3 + a**2.3), a, b),
        form(3 * a**2.3 / (1.7**2.3 + a**2.3)),
        of(3 * a * sqrt(b), a, b),
    ),
    "dimensionless groups": example(
        lambda: scene_of(view_of(a / c * exp(-b / a)), units=LENGTHS),
        turn(b / a),
        lambda: scene_of(view_of(a / c * exp(-b / a)), units=LENGTHS | {"y": "kg"}),
    ),
    "idle columns": example(
        lambda: scene_of(IDLE), turn(a, b), of(a * b * c * d * e, rows=400)
    ),
    "columns of the best formula": example(adequate(2 * a, 3), turn(a), adequate(2 * a * b, 3)),
    "centred columns": example(of(exp(a), rows=40, low=300, high=310), turn(a - 304), of(exp(a), rows=40)),
    "no column left": example(lambda: nothing_left(3 * a * b), form(3 * a * b), lambda: nothing_left(a + b)),
    "networks": example(of(sin(a) + b**2, rows=200), trained, of(sin(3 * a * b), rows=200), topology=SUMS),
    "networks read": example(with_network(sin(a) + b**2), read, with_network(sin(3 * a * b))),
    "one curve": example(of(3 * exp(-a), rows=40), read, noise(1), most_kept=6),
    "polynomial with few terms": example(
        of(a**2 - 3 * a * b + 1), form(a**2 - 3 * a * b + 1), of(sin(3 * a) / b)
    ),
    "quotient of polynomials": example(
        of((a + 2) / (a * b + 1)), form((a + 2) / (a * b + 1)), of(sin(3 * a) / b)
    ),
    "exact quotient of polynomials": example(
        of((a**3 * b - 2) / (a**2 + b**3), rows=1000),
        form((a**3 * b - 2) / (a**2 + b**3)),
        of(exp(a) / b, rows=1000),
    ),
    "exact quotient with a bent column": example(
        of(acos((cos(a) - b / 4) / (1 - b / 4 * cos(a))), rows=1000),
        form(acos((cos(a) - b / 4) / (1 - b / 4 * cos(a)))),
        of(exp(a * b) / b, rows=1000),
    ),
    "short formulas": example(of(2 * sqrt(a + b) / b), form(2 * sqrt(a + b) / b), noise(2), most_words=4000),
    "smooth power": example(
        of(sin(6 * a * b / c) ** 2, rows=1500), turn(a * b / c), noise(3)
    ),
    "null space of the gradient": example(  # what has round numbers is proposed, and the view decides
        seen(c * (a / b + 1) ** 3),
        turn(a / b, prefactor=c),
        seen(sin(a) + exp(b) * a + c),
        misled=turn(a / b, prefactor=c),
    ),
    "one symmetry": example(seen(exp(-a * b) + c), turn(c, a * b), seen(sin(3 * a) + exp(b) * a)),
    "inner function": example(
        seen(exp(-a * sin(b)) + c), turn(c, a * sin(b)), seen(sin(a) * b + exp(b) * c**2 + a * c)
    ),
    "bent column": example(
        seen(b / (1.3 + sin(a)), low=0.1, high=12), turn(sin(a), b), seen(a * b + a**2, noise=0.01)
    ),
    "unlike terms": example(
        of(3 * a - b**2 + 2 * b * exp(-1.3 * a)),
        form(3 * a - b**2 + 2 * b * exp(-1.3 * a)),
        noise(2),
        degrees=(2,),
        starts=(20, 4),
        beam=2,
        wider=1,
    ),
    "mixed columns": example(
        lambda: scene_of(view_of(sin(a * b) ** 2 / sin(b / 2) ** 2, rows=600), visit={"best": 0.1}),
        turn(a * b, b),
        lambda: scene_of(view_of(sin(3 * a) + a * b**2 + exp(a / b)), visit={"best": 1e-3}),
    ),
    "joined columns": example(
        seen(sin(3 * a * b) + c), turn(c, a * b), seen(a + b**2 + c), misled=turn(c, a * b)
    ),
}  # fmt: skip
