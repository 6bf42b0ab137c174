"""What the ways to work out a layer know of it: its curves, apart from how they are trained and kept."""

from typing import Protocol

from torch import Tensor

from kantools.bases import Basis

__all__ = ["LayerCurves"]


class LayerCurves(Protocol):
    """The curves of a layer up to their weights; a `kantools.network.layer.KANLayer` has all of it."""

    basis: Basis
    residual: str
    backend: str
    knots: Tensor
    out_features: int

    @property
    def form(self) -> Tensor | None:
        """The numbers of the basis that are learned, for a basis that has any."""

    def uniform(self) -> bool:
        """Whether the knots of every input are evenly spaced."""

    def features(self, x: Tensor) -> Tensor:
        """What the weights multiply, shape (rows, inputs, functions + 1)."""
