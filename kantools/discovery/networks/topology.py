"""Topologies: sparse networks that a law may have the form of.

A topology says which edges a network has, which of them are fixed, and under which link it is trained.
Training and pruning decide which of them the data support; what is left of the edges is then read.
"""

from dataclasses import dataclass, field

from kantools.activation import Edge
from kantools.discovery.views.link import Link
from kantools.network import KAN

__all__ = [
    "Group",
    "Groups",
    "Topology",
    "additive",
    "general",
    "grouped",
    "hidden",
    "hidden_with_skip",
    "product",
    "product_inside",
    "sum_and_product",
    "sum_of_products",
]


@dataclass(frozen=True)
class Topology:
    """A network yet to be trained.

    Attributes
    ----------
    name : str
        As a formula, for people.
    width, arity
        As of :class:`~kantools.network.KAN`.
    edges : tuple of Edge
        The edges that are learned.
    fixed : mapping of Edge to str
        The edges that are given.
    link : Link
    starts : int
        From how many random starts it is worth training.
    """

    name: str
    width: tuple[int | tuple[int, int], ...]
    edges: tuple[Edge, ...]
    link: Link
    fixed: dict[Edge, str] = field(default_factory=dict)
    arity: tuple[int | tuple[int, ...], ...] = ()
    starts: int = 1

    @property
    def linear(self) -> bool:
        """Whether training it is linear least squares."""
        return len(self.width) == 2 and not self.arity

    def build(self, intervals: int, seed: int, basis: str = "bspline") -> KAN:
        """The network with random curves, without the link's last edge."""
        network = KAN(
            [list(w) if isinstance(w, tuple) else w for w in self.width],
            basis=basis,
            intervals=intervals,
            arity=[list(a) if isinstance(a, tuple) else a for a in self.arity] or 2,
            seed=seed,
            residual="identity",
        )
        for layer in network.kan_layers():
            layer.backend = "dense"  # evaluated a few times only: no kernel is worth compiling for its width
        network.keep_only((*self.edges, *self.fixed))
        for edge, name in self.fixed.items():
            network.fix(edge, name)
        return network


def additive(d: int, link: Link) -> Topology:
    """``T(y) = Σ f_i(x_i)``: linear least squares."""
    edges = tuple(Edge(0, i, 0) for i in range(d))
    return Topology(_with(link, "Σ f_i(x_i)"), (d, 1), edges, link)


def product(d: int, link: Link) -> Topology:
    """``T(y) = Π f_i(x_i)``: one product node."""
    edges = tuple(Edge(0, i, i) for i in range(d))
    return Topology(_with(link, "Π f_i(x_i)"), (d, (0, 1)), edges, link, arity=(d,), starts=5)


def product_inside(d: int, link: Link) -> Topology:
    """``T(y) = g(Π f_i(x_i))``."""
    edges = (*(Edge(0, i, i) for i in range(d)), Edge(1, 0, 0))
    return Topology(_with(link, "g(Π f_i(x_i))"), (d, (0, 1), 1), edges, link, arity=(d, 2), starts=10)


def hidden(d: int, link: Link) -> Topology:
    """``T(y) = g(Σ h_i(x_i))``."""
    edges = (*(Edge(0, i, 0) for i in range(d)), Edge(1, 0, 0))
    return Topology(_with(link, "g(Σ h_i(x_i))"), (d, 1, 1), edges, link, starts=6)


def hidden_with_skip(d: int, link: Link) -> Topology:
    """``T(y) = g(Σ h_i(x_i)) + Σ f_i(x_i)``."""
    inner = tuple(Edge(0, i, 0) for i in range(d))
    skips = {Edge(0, i, 1 + i): "identity" for i in range(d)}
    outer = tuple(Edge(1, k, 0) for k in range(1 + d))
    name = _with(link, "g(Σ h_i(x_i)) + Σ f_i(x_i)")
    return Topology(name, (d, 1 + d, 1), inner + outer, link, skips, starts=8)


def grouped(d: int, groups: "Groups", operation: str, link: Link) -> Topology:
    """``T(y) = G_1(x_S1) + G_2(x_S2) + …`` or their product, the groups being a partition of the inputs.

    A group of one input is ``f(x_i)``; a larger one is ``g(Σ h_i(x_i))`` or ``Π f_i(x_i)``, as its kind says.
    """
    groups = tuple(
        sorted(groups, key=lambda g: g.kind == "product")
    )  # a layer's sums stand before its products
    inner: list[Edge] = []
    fixed: dict[Edge, str] = {}
    arities: list[int] = []
    subnode = 0
    for group in groups:
        for i in group.members:
            inner.append(Edge(0, i, subnode))
            subnode += group.kind == "product"
        subnode += group.kind != "product"
        if group.kind == "product":
            arities.append(len(group.members))
        if len(group.members) == 1:
            fixed[inner.pop()] = "identity"
    last = operation == "product"
    outer = [Edge(1, k, k if last else 0) for k in range(len(groups))]
    for edge, group in zip(outer, groups, strict=True):
        if group.kind == "product" and not last:
            fixed[edge] = "identity"
    edges = (*inner, *(e for e in outer if e not in fixed))
    width = (d, (len(groups) - len(arities), len(arities)), (0, 1) if last else 1)
    starts = 8 if any(len(g.members) > 1 for g in groups) else 4
    name = _with(link, (" · " if last else " + ").join(map(str, groups)))
    return Topology(name, width, edges, link, fixed, (tuple(arities), len(groups)), starts)


@dataclass(frozen=True)
class Group:
    """Inputs that meet before they meet the others: ``kind`` is "single", "sum" or "product"."""

    members: tuple[int, ...]
    kind: str = "single"

    def __str__(self) -> str:
        inside = ",".join(f"x{i + 1}" for i in self.members)
        return {"single": f"f({inside})", "sum": f"g(Σ h({inside}))", "product": f"Π f({inside})"}[self.kind]


Groups = tuple[Group, ...]


def sum_of_products(d: int, terms: int, link: Link) -> Topology:
    """``T(y) = Σ_k Π f_ki(x_i)``."""
    edges = tuple(Edge(0, i, k * d + i) for k in range(terms) for i in range(d))
    last = {Edge(1, k, 0): "identity" for k in range(terms)}
    name = _with(link, f"sum of {terms} products")
    return Topology(name, (d, (0, terms), 1), edges, link, last, arity=(d, 2), starts=10)


def sum_and_product(d: int, link: Link) -> Topology:
    """``T(y) = Σ f_i(x_i) + Π g_i(x_i)``: two columns interact, and each counts by itself."""
    sums = tuple(Edge(0, i, 0) for i in range(d))
    factors = tuple(Edge(0, i, 1 + i) for i in range(d))
    last = {Edge(1, 0, 0): "identity", Edge(1, 1, 0): "identity"}
    return Topology(
        _with(link, "Σ f_i(x_i) + Π g_i(x_i)"),
        (d, (1, 1), 1),
        sums + factors,
        link,
        last,
        arity=((d,), 2),
        starts=8,
    )


def general(d: int, nodes: int, link: Link) -> Topology:
    """``T(y) = Σ_k g_k(Σ h_ki(x_i))``: the network of Kolmogorov and Arnold, to be pruned."""
    edges = (
        *(Edge(0, i, k) for i in range(d) for k in range(nodes)),
        *(Edge(1, k, 0) for k in range(nodes)),
    )
    return Topology(_with(link, f"[{d}, {nodes}, 1]"), (d, nodes, 1), edges, link, starts=4)


def _with(link: Link, body: str) -> str:
    sign = "-" if link.sign < 0 else ""
    names = {
        "identity": "y",
        "reciprocal": f"1/({sign}y)" if sign else "1/y",
        "reciprocal_square": "1/y²",
        "square": "y²",
        "sqrt": f"√({sign}y)",
    }
    return f"{names.get(link.name, f'{link.name}({sign}y)')} = {body}"
