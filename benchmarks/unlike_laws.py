"""Laws that are sums of unlike terms with constants inside, and tables of them, drawn at random.

Three or four terms with five to seven free constants, of the kinds that people add up: an oscillator's
acceleration, a reaction's rate, a population's growth, the stress in a heated bar. Half of the tables have
columns that depend on each other: the rows lie on one solution of the law as a differential equation, or the
bar grows warm as it is strained. All numbers are rounded to seven digits. A law is drawn again until such
rows can tell it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Expr, Float, Symbol

from kantools.table import Table

__all__ = ["KINDS", "Case", "Kind", "case", "rounded"]

Array = np.ndarray
Range = tuple[float, float]
DIGITS = 7
ROWS = 400
TERMS, CONSTANTS = (3, 4), (5, 7)
#: The spread of a term is at least so much of the target's; a choice.
SHOWS = 0.1
#: What rounding leaves of the constants, told by the Jacobian, errs by no more than this outside; a choice
#: below the 1e-6 that is asked.
TOLD = 2e-7
#: In noise a constant is known to a third of itself, as in :mod:`kantools.bench.random_laws.identifiable`.
KNOWN = 1 / 3
LARGEST = 50.0  # of a column on a solution
POINTS = 2000  # outside
DEPENDENT = 0.03  # of the temperature's range goes its own way


@dataclass(frozen=True)
class Term:
    """A term, and the ranges of its constants ``a``, ``b`` and ``c``, drawn evenly in their logarithm."""

    text: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Kind:
    """What is measured.

    Attributes
    ----------
    target : str
    columns : dict of str to (float, float)
        Each with its range.
    state : tuple of str
        The columns that the law moves along the first one, each as fast as the next, the last one as fast as
        the law says; none where the second column grows with the first.
    plain : tuple of Term
        Monomials.
    special : tuple of Term
        With constants inside.
    """

    target: str
    columns: dict[str, Range]
    state: tuple[str, ...]
    plain: tuple[Term, ...]
    special: tuple[Term, ...]


@dataclass(frozen=True)
class Case:
    """A law and the rows of it.

    Attributes
    ----------
    kind : str
    dependent : bool
        Whether the columns depend on each other.
    law : Expr
    table : Table
    far : ndarray, shape (points, columns)
        Evenly spread over the columns' ranges, each extended by half.
    """

    kind: str
    dependent: bool
    law: Expr
    table: Table
    far: Array

    def value(self, X: Array) -> Array:
        """The law at rows of columns."""
        return _value(self.law, self.table.columns, X)


KINDS = {
    "oscillator": Kind(
        "a",
        {"t": (0, 25), "x": (-2, 2), "v": (-2, 2)},
        ("x", "v"),
        (
            *(Term(f"-a*{m}", ((0.5, 4),)) for m in ("x", "x**3")),
            *(Term(f"-a*{m}", ((0.1, 1),)) for m in ("v", "v**3", "x**2*v")),
            Term("a*x*v", ((0.1, 1),)),
        ),
        (
            Term("a*sin(b*t)", ((0.5, 3), (0.4, 3))),
            Term("a*cos(b*x)", ((0.5, 3), (1, 4))),
            Term("-a*x*exp(-b*t)", ((1, 5), (0.05, 0.4))),
            Term("-a*v*exp(-b*t)", ((0.5, 2), (0.05, 0.4))),
            Term("-a*x*exp(-x**2/b)", ((1, 5), (0.5, 3))),
            Term("-a*v/(v**2 + b)", ((0.5, 2), (0.3, 2))),
            Term("-a*tanh(v/b)", ((0.3, 2), (0.1, 0.6))),
        ),
    ),
    "reaction": Kind(
        "r",
        {"t": (0, 20), "A": (0.1, 4)},
        ("A",),
        (Term("-a*A", ((0.05, 1),)), Term("-a*A**2", ((0.05, 0.5),)), Term("a", ((0.2, 2),))),
        (
            Term("a*A*exp(-b*t)", ((0.3, 2), (0.1, 0.5))),
            Term("a*A/(b + A)", ((0.3, 2), (0.3, 2))),
            Term("a*A**2/(b + A**2)", ((0.3, 2), (0.3, 4))),
            Term("-a*A**b", ((0.1, 1), (0.4, 1.7))),
            Term("a*log(1 + A/b)", ((0.3, 2), (0.2, 2))),
            Term("a*sin(b*t)", ((0.2, 1), (0.3, 2))),
            Term("a*exp(-b/A)", ((0.3, 3), (0.5, 3))),
        ),
    ),
    "growth": Kind(
        "g",
        {"t": (0, 20), "P": (0.2, 10)},
        ("P",),
        (Term("a*P", ((0.2, 1),)), Term("-a*P**2", ((0.02, 0.2),)), Term("-a*P**3", ((0.002, 0.02),))),
        (
            Term("a*P**b", ((0.2, 1), (0.3, 0.8))),
            Term("-a*P**2/(b + P**2)", ((0.5, 3), (0.5, 9))),
            Term("-a*P/(b + P)", ((0.5, 3), (0.5, 4))),
            Term("a*P*exp(-b*t)", ((0.2, 1), (0.1, 0.5))),
            Term("a*P*sin(b*t)", ((0.1, 0.5), (0.3, 2))),
            Term("a*P*exp(-b*P)", ((0.5, 2), (0.2, 1))),
            Term("a/(1 + exp(-b*(t - c)))", ((0.5, 3), (0.4, 2), (5, 15))),
        ),
    ),
    "stress": Kind(
        "sigma",
        {"s": (0.01, 1), "T": (250, 450)},
        (),
        (Term("-a*T", ((0.02, 0.2),)), Term("a*s", ((10, 80),)), Term("-a*s*T", ((0.02, 0.2),))),
        (
            Term("a*s**b", ((10, 60), (0.2, 0.7))),
            Term("a/(1 + s/b)", ((10, 60), (0.05, 0.6))),
            Term("a*log(1 + s/b)", ((5, 30), (0.02, 0.3))),
            Term("a*exp(b/T)", ((0.3, 3), (500, 1500))),
            Term("a*tanh(s/b)", ((10, 60), (0.1, 0.5))),
            Term("a*exp(-((s - b)/c)**2)", ((5, 40), (0.3, 0.7), (0.1, 0.4))),
        ),
    ),
}


@dataclass(frozen=True)
class Law:
    """A sum of terms with a value for each constant."""

    template: Expr
    values: dict[Symbol, Float]

    @property
    def expression(self) -> Expr:
        return self.template.xreplace(self.values)


def case(seed: int, noise: float = 0.0, rows: int = ROWS) -> Case:
    """The table of a seed, with noise as a share of the target's deviation.

    >>> drawn = case(3)
    >>> drawn.kind, drawn.dependent, drawn.table.rows
    ('stress', True, 400)
    """
    rng = np.random.default_rng((seed, rows))
    name, dependent = [*KINDS][seed % len(KINDS)], seed // len(KINDS) % 2 == 0
    drawn = None
    while drawn is None:
        drawn = _drawn(name, dependent, rows, noise, rng)
    return _noisy(drawn, noise, rng)


def rounded(values: Array, digits: int = DIGITS) -> Array:
    """Numbers with so many digits.

    >>> rounded(np.array([123.456789012])).tolist()
    [123.4568]
    """
    return np.array([float(f"{v:.{digits}g}") for v in values.ravel()]).reshape(values.shape)


def _drawn(name: str, dependent: bool, rows: int, noise: float, rng: np.random.Generator) -> Case | None:
    """A law with its rows; None where they could not tell it."""
    kind = KINDS[name]
    law = _law(kind, rng)
    X = None if law is None else _columns(kind, law.expression, dependent, rows, rng)
    if law is None or X is None:
        return None
    y = _value(law.expression, tuple(kind.columns), X)
    far = _far(X, rng)
    if not (np.isfinite(y).all() and _told(law, tuple(kind.columns), X, y, far)):
        return None
    if noise and not _known(law, tuple(kind.columns), X, noise * float(np.std(y))):
        return None
    return Case(name, dependent, law.expression, Table(tuple(kind.columns), X, kind.target, rounded(y)), far)


def _law(kind: Kind, rng: np.random.Generator) -> Law | None:
    """A sum of different terms, at least one of them special; None with too few or too many constants."""
    special = int(rng.integers(1, 4))
    plain = int(rng.integers(*TERMS, endpoint=True)) - special
    if not 0 <= plain <= len(kind.plain):
        return None
    terms = [
        *(kind.plain[k] for k in rng.choice(len(kind.plain), plain, replace=False)),
        *(kind.special[k] for k in rng.choice(len(kind.special), special, replace=False)),
    ]
    count = sum(len(term.ranges) for term in terms)
    if not CONSTANTS[0] <= count <= CONSTANTS[1]:
        return None
    symbols = iter(sympy.symbols(f"c0:{count}"))
    total, values = sympy.Integer(0), {}
    for term in terms:
        named = {letter: next(symbols) for letter, _ in zip("abc", term.ranges, strict=False)}
        total += sympy.sympify(term.text, locals={c: Symbol(c) for c in (*kind.columns, *"abc")}).subs(named)
        for symbol, (low, high) in zip(named.values(), term.ranges, strict=True):
            values[symbol] = Float(float(f"{low * (high / low) ** rng.random():.3g}"))
    return Law(total, values)


def _columns(kind: Kind, law: Expr, dependent: bool, rows: int, rng: np.random.Generator) -> Array | None:
    low, high = np.array([*kind.columns.values()]).T
    if not dependent:
        return rounded(rng.uniform(low, high, (rows, len(low))))
    if kind.state:
        return _solution(kind, law, rows, rng)
    first = rng.uniform(low[0], high[0], rows)
    with_it = (first - low[0]) / (high[0] - low[0]) * (1 - DEPENDENT) + DEPENDENT * rng.random(rows)
    return rounded(np.column_stack([first, low[1] + with_it * (high[1] - low[1])]))


def _solution(kind: Kind, law: Expr, rows: int, rng: np.random.Generator) -> Array | None:
    """Rows on one solution of the law as a differential equation; None where it runs away or cannot be."""
    columns = tuple(kind.columns)
    begin, end = kind.columns[columns[0]]
    force = sympy.lambdify(columns, law, "numpy")

    def slope(t: float, state: Array) -> list[float]:
        return [*state[1:], float(force(t, *state)) if np.abs(state).max() < LARGEST else np.nan]

    start = [rng.uniform(*kind.columns[c]) for c in kind.state]
    times = np.linspace(begin, end, rows)
    with np.errstate(all="ignore"):
        found = solve_ivp(slope, (begin, end), start, t_eval=times, rtol=1e-9, atol=1e-10, max_step=0.2)
    if not found.success or found.y.shape[1] < rows or not np.isfinite(found.y).all():
        return None
    X = rounded(np.column_stack([times, found.y.T]))
    return X if np.abs(X).max() < LARGEST and _positive(kind, X) else None


def _positive(kind: Kind, X: Array) -> bool:
    """Whether what is positive has stayed so."""
    return bool(
        all(low < 0 or x.min() >= low for x, (low, _) in zip(X.T, kind.columns.values(), strict=True))
    )


def _far(X: Array, rng: np.random.Generator) -> Array:
    """Points of the columns' ranges, each extended by half: a quarter of it to either side, if it can be."""
    low, high = X.min(axis=0), X.max(axis=0)
    half = 0.25 * (high - low)
    below = np.where(low >= 0, np.maximum(low - half, 0.2 * low), low - half)
    return rng.uniform(below, high + half, (POINTS, X.shape[1]))


def _told(law: Law, columns: tuple[str, ...], X: Array, y: Array, far: Array) -> bool:
    """Whether every term shows, and constants as well known as digits allow tell the law outside."""
    spread = float(np.std(y))
    terms = [t.xreplace(law.values) for t in law.template.as_ordered_terms()]
    if not all(np.std(_value(term, columns, X)) >= SHOWS * spread for term in terms if not term.is_number):
        return False
    slopes = [sympy.diff(law.template, s).xreplace(law.values) for s in law.values]
    J, outside = (np.column_stack([_value(d, columns, Z) for d in slopes]) for Z in (X, far))
    if not (np.isfinite(J).all() and np.isfinite(outside).all()):
        return False
    size = np.linalg.norm(J, axis=0)
    rounding = np.abs(y) * 10.0 ** (1 - DIGITS) / np.sqrt(12)
    spread_of = np.linalg.pinv(J / size, rcond=1e-13) * rounding
    errors = (outside / size) @ spread_of
    scale = float(np.sqrt(np.mean(_value(law.expression, columns, far) ** 2)))
    return bool(np.sqrt(np.mean(np.sum(errors**2, axis=1))) <= TOLD * scale)


def _known(law: Law, columns: tuple[str, ...], X: Array, sigma: float) -> bool:
    """Whether each constant is known to a third of itself in noise."""
    relative = [v * sympy.diff(law.template, s).xreplace(law.values) for s, v in law.values.items()]
    J = np.column_stack([_value(d, columns, X) for d in relative])
    return bool(np.all(np.diag(np.linalg.pinv(J.T @ J, rcond=1e-14)) * sigma**2 <= KNOWN**2))


def _value(law: Expr, columns: Sequence[str], X: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.array(np.broadcast_to(_function(law, columns)(*X.T), len(X)), dtype=float)


def _function(law: Expr, columns: Sequence[str]) -> Callable[..., Array]:
    return sympy.lambdify(tuple(columns), law, "numpy")


def _noisy(case: Case, noise: float, rng: np.random.Generator) -> Case:
    if not noise:
        return case
    y = case.table.y + noise * float(np.std(case.table.y)) * rng.normal(size=case.table.rows)
    return replace(case, table=replace(case.table, y=rounded(y)))
