"""The language of a model: which functions its formulas are made of, what each costs, what stands in what.

Sums, products, quotients and whole powers are arithmetic and always there. Functions, roots and variable
exponents come from the primitives. A language belongs to one model; nothing about it is global.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from sympy import Expr, Function, Pow, exp, log, preorder_traversal

from kantools.catalogue import did_you_mean
from kantools.symbolic.language.complexity import Costs, complexity
from kantools.symbolic.language.occurrence import occurrence
from kantools.symbolic.primitive import ARGUMENT, PRIMITIVES, Primitive, Selection, select_primitives

__all__ = ["Forbidden", "Language", "language_of"]

Forbidden = Mapping[str, Sequence[str]]
ROOT = "root"
POWER = "power"


@dataclass(frozen=True)
class Language:
    """What formulas may be made of.

    Attributes
    ----------
    primitives : tuple of Primitive
    restricted : bool
        Whether a formula may contain no other functions than theirs.
    forbidden : tuple of (Primitive, Primitive)
        The first must not stand around the second, however deep inside.

    Examples
    --------
    >>> from sympy import exp, sin, sqrt, symbols
    >>> x = symbols("x")
    >>> plain = language_of(["sin", "square"], {"sin": ["sin"]})
    >>> sorted(plain.violations(sin(x + sin(x) ** 2) + exp(x) * sqrt(x)))
    ['exp', 'root', 'sin(sin)']
    >>> plain.violations(x * sin(x**2) / (1 + x))
    frozenset()
    """

    primitives: tuple[Primitive, ...]
    restricted: bool = False
    forbidden: tuple[tuple[Primitive, Primitive], ...] = ()

    @cached_property
    def costs(self) -> Costs:
        """Of the primitives that are not as the catalogue has them."""
        return costs_of(self.primitives)

    def complexity(self, expr: Expr) -> int:
        """The symbols of an expression, the costs of this model's own primitives counted in."""
        return complexity(expr, self.costs)

    def has(self, name: str) -> bool:
        return any(p.name == name for p in self.primitives)

    def violations(self, expr: Expr) -> frozenset[str]:
        """What an expression contains that this language does not allow."""
        if not self.restricted and not self.forbidden:
            return frozenset()
        return self.nested(expr) | (self._foreign(expr) if self.restricted else frozenset())

    def nested(self, expr: Expr) -> frozenset[str]:
        """The forbidden nestings in an expression, as ``outer(inner)``."""
        nodes = list(preorder_traversal(expr)) if self.forbidden else []
        return frozenset(text for node in nodes for text in self._nested(node))

    def _foreign(self, expr: Expr) -> frozenset[str]:
        kinds = {_kind(node) for node in preorder_traversal(expr)} - {None}
        return frozenset(_text(kind) for kind in kinds - self._kinds)

    @cached_property
    def _kinds(self) -> set[object]:
        """The kinds of nodes that the primitives are made of; a logarithm and an exponential make powers."""
        kinds = {_kind(node) for p in self.primitives for node in preorder_traversal(p.expr)}
        return kinds | ({POWER, ROOT} if {exp, log} <= kinds else set())

    def _nested(self, node: Expr) -> Iterator[str]:
        for outer, inner in self.forbidden:
            found = occurrence(outer.expr, node)
            if found is not None and _contains(found.argument, inner):
                yield f"{outer.name}({inner.name})"


def _kind(node: Expr) -> object:
    """The function that a node is, a root, or a power with an exponent that is no number; None else."""
    if isinstance(node, Function):
        return node.func
    if not isinstance(node, Pow) or node.is_number or node.exp.is_integer:
        return None
    return ROOT if node.exp.is_Rational else POWER


def _text(kind: object) -> str:
    return kind if isinstance(kind, str) else str(getattr(kind, "__name__", kind))


def _contains(expr: Expr, primitive: Primitive) -> bool:
    return any(occurrence(primitive.expr, node) is not None for node in preorder_traversal(expr))


@lru_cache(maxsize=16)
def costs_of(primitives: tuple[Primitive, ...]) -> Costs:
    """What primitives cost that are not as the catalogue has them.

    >>> costs_of(select_primitives({"sin": 3, "exp": None}))
    ((sin(x), 3),)
    """
    own = (p for p in primitives if PRIMITIVES.get(p.name) != p and p.expr != ARGUMENT)
    return tuple((p.expr, p.complexity) for p in own)


def language_of(primitives: Selection | None = None, forbid: Forbidden | None = None) -> Language:
    """The language of these primitives, without these nestings.

    Parameters
    ----------
    primitives : sequence of str or Primitive, mapping of them to int, or None
        As in :func:`~kantools.symbolic.primitive.select_primitives`; None allows every function.
    forbid : mapping of str to sequence of str, optional
        ``{"sin": ["sin", "exp"]}``: no sine contains a sine or an exponential.

    Raises
    ------
    ValueError
        For names that are not known, a cost that is none, and a nesting of the identity.
    """
    if primitives is None and not forbid:
        return _everything()
    chosen = select_primitives(primitives)
    known = {**dict(PRIMITIVES), **{p.name: p for p in chosen}}
    pairs = ((outer, inner) for outer, inners in (forbid or {}).items() for inner in _names(outer, inners))
    forbidden = tuple((_known(outer, known), _known(inner, known)) for outer, inner in pairs)
    return Language(chosen, primitives is not None, forbidden)


@cache
def _everything() -> Language:
    return Language(select_primitives(None))


def _names(outer: str, inners: Sequence[str]) -> Sequence[str]:
    if isinstance(inners, str) or not isinstance(inners, Sequence):
        raise ValueError(
            f'A forbidden nesting maps a primitive to a list of primitives; got {inners!r} for "{outer}". '
            f'Write {{"{outer}": ["{inners}"]}}.'
        )
    return inners


def _known(name: str, known: Mapping[str, Primitive]) -> Primitive:
    if name not in known:
        raise ValueError(f'There is no primitive "{name}" to forbid; {did_you_mean(str(name), known)}')
    if known[name].expr == ARGUMENT:
        raise ValueError(f'A nesting is of functions; "{name}" is none, and stands everywhere. Leave it out.')
    return known[name]
