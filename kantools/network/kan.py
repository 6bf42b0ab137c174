"""A Kolmogorov-Arnold network: layers of learned functions between sum and product nodes.

``width=[2, [5, 2], 1]`` reads: two inputs, a hidden layer of five sums and two products, one output.
Every edge carries a function of its own; a sum node adds up its edges, a product node multiplies the sums
of several subnodes.

Sources: Z. Liu et al., arXiv:2404.19756 (2024); Z. Liu et al., "KAN 2.0", arXiv:2408.10205 (2024), for
product nodes.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import torch
from torch import Tensor, nn

from kantools.activation import Edge
from kantools.bases import Basis, make_basis
from kantools.network.fixed import affine_key, fixed
from kantools.network.layer import KANLayer
from kantools.network.nodes import Nodes
from kantools.network.skip import carriers, widened

__all__ = ["KAN", "Width", "read_width"]

Width: TypeAlias = Sequence[int | Sequence[int]]


class KAN(nn.Module):
    """A network of learned functions.

    Parameters
    ----------
    width : sequence of int or of ``[sums, products]``
        Nodes of each layer, inputs first.
    basis : str or Basis, or a sequence of them
        The family of the learned functions, of all layers or of each.
    degree, intervals : int
        Options of the basis.
    residual : str
        What every learned function adds to its spline: ``"silu"``, ``"identity"`` or ``"none"``.
    arity : int or sequence
        How many subnodes a product node multiplies: one number, or for each layer after the inputs a
        number or a list with one number for each product node.
    dropout : float or sequence of float
        Share of the edges that are left out in training, of all layers or of each (see
        `kantools.network.dropout`).
    skip : bool
        Whether every layer sees the inputs as well: each hidden layer gets a sum node more for each input,
        which carries that input on unchanged.
    seed : int
        Of the random curves at the start.
    dtype, device
        As everywhere in torch.

    Attributes
    ----------
    layers : ModuleList of KANLayer
        ``layers[l]`` leads from the nodes of layer ``l`` to the subnodes of the next.
    nodes : tuple of Nodes
        ``nodes[l]`` says how the outputs of ``layers[l]`` become nodes.
    placed : bool
        Whether the grids lie where data are. The first time they are placed the random curves are
        stretched over the data; from then on the function is kept when a grid moves.

    >>> KAN([2, [5, 2], 1])(torch.zeros(7, 2, dtype=torch.float64)).shape
    torch.Size([7, 1])
    """

    def __init__(
        self,
        width: Width,
        *,
        basis: str | Basis | Sequence[str | Basis] = "bspline",
        degree: int = 3,
        intervals: int = 8,
        residual: str = "silu",
        arity: int | Sequence[int | Sequence[int]] = 2,
        dropout: float | Sequence[float] = 0.0,
        skip: bool = False,
        seed: int = 0,
        dtype: torch.dtype = torch.float64,
        device: torch.device | str | None = None,
    ) -> None:
        super().__init__()
        self.nodes = read_width(widened(width) if skip else width, arity)
        self.inputs = Nodes.read(width[0]).count
        self.residual = residual
        bases = [make_basis(b, degree=degree, intervals=intervals) for b in self._each("basis", basis)]
        rates = self._each("dropout", dropout)
        generator = torch.Generator().manual_seed(seed)
        sources = [self.inputs, *(n.count for n in self.nodes)]
        self.layers = nn.ModuleList(
            KANLayer(
                i,
                n.subnodes,
                basis=b,
                residual=residual,
                dropout=p,
                generator=generator,
                dtype=dtype,
                device=device,
            )
            for i, n, b, p in zip(sources, self.nodes, bases, rates, strict=False)
        )
        self.placed = False
        if skip:
            self._carry_inputs()
        self._standardise()

    def _carry_inputs(self) -> None:
        """Let nothing but the identity lead into the nodes that carry the inputs."""
        for edge in carriers(self.nodes, self.inputs):
            self.kan_layers()[edge.layer].mask[:, edge.target] = False
            self.fix(edge, "identity")

    @property
    def width(self) -> list[list[int]]:
        """``[sums, products]`` of each layer, inputs first.

        >>> KAN([2, [5, 2], 1]).width
        [[2, 0], [5, 2], [1, 0]]
        """
        return [[self.inputs, 0], *([n.sums, len(n.arities)] for n in self.nodes)]

    @property
    def outputs(self) -> int:
        """How many nodes the last layer has.

        >>> KAN([2, 3]).outputs
        3
        """
        return self.nodes[-1].count

    def _each(self, name: str, given: Any) -> list[Any]:
        """One entry for each layer."""
        if isinstance(given, str | float | int | Basis):
            return [given] * len(self.nodes)
        if len(given) != len(self.nodes):
            raise ValueError(
                f"{name} takes one entry or one for each of {len(self.nodes)} layers, not {len(given)}."
            )
        return list(given)

    @property
    def bases(self) -> list[Basis]:
        """The basis of each layer.

        >>> KAN([2, 3, 1], basis=["bspline", "rbf"]).bases
        [BSpline(degree=3, intervals=8), RBF(degree=3, intervals=8)]
        """
        return [layer.basis for layer in self.kan_layers()]

    def kan_layers(self) -> list[KANLayer]:
        """The layers as a typed list.

        >>> [(layer.in_features, layer.out_features) for layer in KAN([2, [3, 1], 1]).kan_layers()]
        [(2, 5), (4, 1)]
        """
        return [layer for layer in self.layers if isinstance(layer, KANLayer)]

    def reset_parameters(self, generator: torch.Generator) -> None:
        """Draw new random curves; grids, masks and fixed edges stay.

        Every subnode gets the deviation of even points on [-1, 1] for even points on the input grids, so
        that no signal fades or explodes in a deep network.

        >>> network, x = KAN([2, 1], seed=0), torch.ones(1, 2, dtype=torch.float64)
        >>> before = network(x)
        >>> network.reset_parameters(torch.Generator().manual_seed(1))
        >>> torch.equal(network(x), before)
        False
        """
        for layer in self.kan_layers():
            layer.reset_parameters(generator)
        self._standardise()

    @torch.no_grad()
    def _standardise(self) -> None:
        training, x = self.training, self._probe()
        self.eval()
        for layer, nodes in zip(self.kan_layers(), self.nodes, strict=True):
            layer.standardise(x)
            x = nodes.combine(layer(x))
        self.train(training)

    def _probe(self, rows: int = 256) -> Tensor:
        """Points spread evenly over the input grids, always the same."""
        first = self.kan_layers()[0]
        low, high = first.basis.border(first.knots)
        points = torch.quasirandom.SobolEngine(self.inputs).draw(rows + 1, dtype=torch.float64)[1:]
        return low + points.to(low) * (high - low)

    def forward(self, x: Tensor) -> Tensor:
        """Shape (…, inputs) becomes (…, outputs).

        >>> KAN([3, 2])(torch.zeros(4, 5, 3, dtype=torch.float64)).shape
        torch.Size([4, 5, 2])
        """
        for layer, nodes in zip(self.layers, self.nodes, strict=True):
            x = nodes.combine(layer(x))
        return x

    def node_values(self, x: Tensor) -> list[Tensor]:
        """The values of the nodes of every layer, inputs first and output last.

        >>> x = torch.zeros(7, 2, dtype=torch.float64)
        >>> [tuple(values.shape) for values in KAN([2, [5, 2], 1]).node_values(x)]
        [(7, 2), (7, 7), (7, 1)]
        """
        values = [x]
        for layer, nodes in zip(self.layers, self.nodes, strict=True):
            values.append(nodes.combine(layer(values[-1])))
        return values

    def edges(self) -> list[Edge]:
        """The active edges, sorted.

        >>> KAN([2, 1]).edges()
        [Edge(layer=0, source=0, target=0), Edge(layer=0, source=1, target=0)]
        """
        return [
            Edge(number, int(i), int(j))
            for number, layer in enumerate(self.kan_layers())
            for i, j in layer.mask.nonzero().tolist()
        ]

    def fix(
        self,
        edge: Edge | tuple[int, int, int],
        name: str,
        affine: bool | Sequence[float] = False,
    ) -> None:
        """Give an edge a fixed function, ``"identity"``, ``"exp"``, … (see `kantools.network.fixed`).

        With ``affine`` it becomes ``c f(a x + b) + d``: the four numbers, from ``(1, 0, 1, 0)`` on if it is
        True, are trained with the curves.

        Raises
        ------
        KeyError
            For an unknown name, with the near match.
        IndexError
            For an edge that there is not.

        Examples
        --------
        >>> network = KAN([2, 1])
        >>> network.fix((0, 0, 0), "square")
        >>> network.fix((0, 1, 0), "exp", affine=(0.0, 0.0, 3.0, 0.0))
        >>> network(torch.tensor([[2.0, 5.0]], dtype=torch.float64)).item()
        7.0
        """
        fixed(name)
        layer, source, target = self._place(edge)
        self.release(edge)
        layer.fixed[source, target] = name
        layer.mask[source, target] = True
        if affine is not False:
            numbers = (1.0, 0.0, 1.0, 0.0) if affine is True else tuple(affine)
            layer.affine[affine_key(source, target)] = nn.Parameter(layer.weight.new_tensor(numbers))

    def release(self, edge: Edge | tuple[int, int, int]) -> None:
        """Let a fixed edge be learned again.

        >>> network = KAN([1, 1])
        >>> network.fix((0, 0, 0), "exp")
        >>> network.release((0, 0, 0))
        >>> network.layers[0].fixed
        {}
        """
        layer, source, target = self._place(edge)
        layer.fixed.pop((source, target), None)
        if affine_key(source, target) in layer.affine:
            del layer.affine[affine_key(source, target)]

    def mask(self, edges: Iterable[Edge | tuple[int, int, int]], active: bool = False) -> None:
        """Switch edges off, or on again with ``active=True``.

        >>> network = KAN([2, 1])
        >>> network.mask([(0, 1, 0)])
        >>> network.edges()
        [Edge(layer=0, source=0, target=0)]
        """
        for edge in edges:
            layer, source, target = self._place(edge)
            layer.mask[source, target] = active

    def keep_only(self, edges: Iterable[Edge | tuple[int, int, int]]) -> None:
        """Switch every edge off but these.

        >>> network = KAN([3, 2])
        >>> network.keep_only([(0, 2, 1)])
        >>> network.edges()
        [Edge(layer=0, source=2, target=1)]
        """
        for layer in self.kan_layers():
            layer.mask.zero_()
        self.mask(edges, active=True)

    def get_extra_state(self) -> dict[str, Any]:
        return {"placed": self.placed}

    def set_extra_state(self, state: dict[str, Any]) -> None:
        self.placed = bool(state["placed"])

    def _place(self, edge: Edge | tuple[int, int, int]) -> tuple[KANLayer, int, int]:
        number, source, target = _triple(edge)
        layers = self.kan_layers()
        if not 0 <= number < len(layers):
            raise IndexError(f"{edge} names layer {number}; this network has layers 0 to {len(layers) - 1}.")
        layer = layers[number]
        if not (0 <= source < layer.in_features and 0 <= target < layer.out_features):
            shape = f"{layer.in_features} sources and {layer.out_features} targets"
            raise IndexError(f"{edge} does not exist: layer {number} has {shape}.")
        return layer, source, target


def _triple(edge: Edge | tuple[int, int, int]) -> tuple[int, int, int]:
    return (edge.layer, edge.source, edge.target) if isinstance(edge, Edge) else edge


def read_width(width: Width, arity: int | Sequence[int | Sequence[int]]) -> tuple[Nodes, ...]:
    """The nodes of every layer after the inputs."""
    if len(width) < 2:
        raise ValueError(f"A network needs at least inputs and outputs, width=[2, 1], not {list(width)}.")
    if Nodes.read(width[0]).arities:
        raise ValueError(f"The inputs are plain numbers, width=[2, …], not {width[0]}.")
    arities = [arity] * (len(width) - 1) if isinstance(arity, int) else list(arity)
    if len(arities) != len(width) - 1:
        raise ValueError(f"arity takes a number or one entry for each of {len(width) - 1} layers.")
    return tuple(Nodes.read(entry, a) for entry, a in zip(width[1:], arities, strict=True))
