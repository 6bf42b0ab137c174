"""A layer of functions that go on along their tangents, as products of stacked functions and weights.

All functions of all inputs are rows of one matrix, points its columns: the order in which
`Continued.within` makes them, in which ``weight`` already lies, and in which products forward and backward
need no array to be turned round. The tangents beyond the grid are not added to the functions, which would
be one more pass over all of them: a tangent is a slope times a gap, so the slopes are multiplied by the
weights first, and the two gaps of each input, beside its residual function, by what that gives.
"""

import torch
from torch import Tensor

from kantools.bases.basis import unit
from kantools.bases.continued import Continued, clamped, gaps
from kantools.network.layer_curves import LayerCurves
from kantools.network.residual import residual_function

__all__ = ["stacked"]


def stacked(layer: LayerCurves, basis: Continued, x: Tensor, weight: Tensor) -> Tensor:
    """The outputs of a layer, shape (rows, out), at ``x``, shape (rows, in).

    ``y = B(clamped x) C + [b(u), gaps] [w; B'(ends) C]`` with ``C`` the coefficients and ``w`` the
    residual's weights; ``weight`` holds both, shape (in, functions + 1, out).
    """
    at = x.t().contiguous()
    low, high = basis.border(layer.knots)
    inside = clamped(at, low, high)
    values, slopes = basis.within(inside, layer.knots, layer.form)
    residual = residual_function(layer.residual)[0](unit(at, low[:, None], high[:, None]))
    curves, last = weight[:, :-1], weight[:, -1:]
    few = torch.cat([residual[:, None], gaps(at, inside)], dim=1)
    out = few.flatten(0, 1).t() @ torch.cat([last, slopes.transpose(1, 2) @ curves], dim=1).flatten(0, 1)
    return torch.addmm(out, values.flatten(0, 1).t(), curves.flatten(0, 1))
