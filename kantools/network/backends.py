"""Ways to work out a layer, which agree to rounding, and the rule that chooses among them.

``"sorted"``
    The Numba kernel that touches only the splines that differ from zero (`kantools.kernels.spline_layer`).
``"dense"``
    All basis functions at all points, by a Numba kernel where there is one, and one matrix product.
``"torch"``
    The same in torch operations only: on any device, for ``torch.compile`` and ``torch.func``.

Sorted is the fastest for splines on a CPU at almost any size; its cost does not grow with the number of
intervals, and it keeps nothing for the backward pass but the inputs. It pays from some thousand points on.
Bases that go on along their tangents have one way for all devices, `kantools.network.stacked`.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from kantools.bases.bspline import BSpline
from kantools.bases.retrace import retraced, traced
from kantools.catalogue import did_you_mean
from kantools.kernels.columns import IDENTITY, NONE, SILU
from kantools.kernels.spline_curves import curves_backward, curves_forward
from kantools.kernels.spline_layer import backward, forward
from kantools.network.layer_curves import LayerCurves

__all__ = ["BACKENDS", "backend_for", "check_backend", "evenly_spaced", "splines"]

BACKENDS = ("auto", "sorted", "dense", "torch")

KINDS = {"none": NONE, "identity": IDENTITY, "silu": SILU}
"""The residual functions that the kernel knows."""

TRAINED, EVALUATED = 4_000, 100_000
"""From so many points (rows times inputs) on the sorted kernel is taken, with and without gradients."""

FEW = 2
"""Up to so many outputs every curve is worked out by itself (`kantools.kernels.spline_curves`)."""

SPLIT = 2_000_000
"""So many points times outputs are worth a thread of their own."""


def check_backend(name: str) -> str:
    """The name itself, if there is such a backend."""
    if name not in BACKENDS:
        raise KeyError(f'There is no backend "{name}"; {did_you_mean(name, BACKENDS)}')
    return name


def backend_for(layer: LayerCurves, x: Tensor, weight: Tensor) -> str:
    """The backend for these inputs."""
    if traced() or layer.backend == "torch" or x.device.type != "cpu":
        return "torch"
    if layer.backend == "dense" or not _sortable(layer, x, weight):
        return "dense"
    training = torch.is_grad_enabled() and (weight.requires_grad or x.requires_grad)
    enough = x.numel() >= (TRAINED if training else EVALUATED)
    return "sorted" if layer.backend == "sorted" or enough else "dense"


def _sortable(layer: LayerCurves, x: Tensor, weight: Tensor) -> bool:
    same = x.dtype == weight.dtype == layer.knots.dtype and x.dtype in (torch.float32, torch.float64)
    return same and isinstance(layer.basis, BSpline) and layer.residual in KINDS and x.numel() > 0


def evenly_spaced(knots: Tensor) -> bool:
    """Whether knots, shape (inputs, positions), differ from even ones by no more than rounding."""
    steps = knots.diff(dim=1)
    mean = steps.mean(1, keepdim=True)
    rounding = 4 * torch.finfo(knots.dtype).eps * knots.abs().amax(1, keepdim=True)
    return bool(((steps - mean).abs() <= rounding).all())


@dataclass(frozen=True)
class _Shape:
    """What the kernel must know of a layer beside its arrays."""

    degree: int
    uniform: bool
    kind: int
    outputs: int
    features: Callable[[Tensor], Tensor]

    def outputs_of(self, x: Tensor, weight: Tensor) -> Tensor:
        """The same by basis functions and one matrix product."""
        return self.features(x).flatten(1) @ weight.flatten(0, 1)


def splines(layer: LayerCurves, x: Tensor, weight: Tensor) -> Tensor:
    """The outputs of a layer of B-splines by the sorted kernel; ``x`` has the shape (rows, inputs)."""
    shape = _Shape(
        layer.basis.degree, layer.uniform(), KINDS[layer.residual], layer.out_features, layer.features
    )
    return _Splines.apply(x, weight, layer.knots, shape)


class _Splines(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, knots: Tensor, shape: _Shape) -> Tensor:
        rows, tile, order = x.detach().contiguous(), _tile(shape.outputs, x), (1,) * (shape.degree + 1)
        few = shape.outputs <= FEW
        padded = _padded(weight.detach(), tile)
        out = x.new_empty(len(x), padded.shape[2])
        ctx.save_for_backward(x, weight)
        ctx.shape, ctx.tile, ctx.order = shape, tile, order
        ctx.given = (rows.numpy(), knots.numpy(), shape.uniform, shape.kind, padded.numpy())
        to = out.numpy()

        def part(first: int, last: int) -> None:
            if few:
                curves_forward(*ctx.given, first, last, order, to)
            else:
                forward(*ctx.given, first, last, tile, order, to)

        _in_threads(part, len(x), x.numel() * shape.outputs)
        return out if out.shape[1] == shape.outputs else out[:, : shape.outputs].contiguous()

    @staticmethod
    def backward(ctx: Any, *above: Tensor) -> tuple[Tensor | None, ...]:
        x, weight = ctx.saved_tensors
        if torch.is_grad_enabled():
            wanted = (x.requires_grad, weight.requires_grad)
            return *retraced(ctx.shape.outputs_of, (x, weight), wanted, above), None, None
        return (*_gradients(ctx, above[0], x), None, None)


def _gradients(ctx: Any, above: Tensor, x: Tensor) -> tuple[Tensor | None, Tensor]:
    outputs, wanted, padded = ctx.shape.outputs, ctx.needs_input_grad[0], ctx.given[4]
    of_weight, of_x = x.new_empty(padded.shape), x.new_empty(x.shape if wanted else (0, 0))
    arrays = _padded(above, ctx.tile).numpy(), of_weight.numpy(), of_x.numpy()

    def part(first: int, last: int) -> None:
        if outputs <= FEW:
            curves_backward(*ctx.given, arrays[0], first, last, wanted, ctx.order, *arrays[1:])
        else:
            backward(*ctx.given, arrays[0], first, last, wanted, ctx.tile, ctx.order, *arrays[1:])

    _in_threads(part, x.shape[1], x.numel() * outputs)
    if padded.shape[2] != outputs:
        of_weight = of_weight[..., :outputs].contiguous()
    return of_x if wanted else None, of_weight


def _tile(outputs: int, like: Tensor) -> tuple[int, ...]:
    """How many outputs at a time, as `kantools.kernels.lanes` says it: up to 256 bytes fit into registers."""
    most = 7 if like.element_size() == 4 else 6
    return (1,) * min(1 + (outputs - 1).bit_length(), most)


def _padded(values: Tensor, tile: tuple[int, ...]) -> Tensor:
    """Zeros behind the last axis up to a multiple of the tile."""
    step, size = 2 ** (len(tile) - 1), values.shape[-1]
    if size % step == 0:
        return values.contiguous()
    out = values.new_zeros(*values.shape[:-1], size + -size % step)
    out[..., :size] = values
    return out


def _in_threads(part: Callable[[int, int], None], size: int, work: int) -> None:
    """``part(first, last)`` over ``[0, size)``, divided among torch's number of threads if that pays."""
    threads = min(torch.get_num_threads(), size, 1 + work // SPLIT)
    if threads < 2:
        return part(0, size)
    ends = [size * k // threads for k in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, ends[:-1], ends[1:]))
    return None
