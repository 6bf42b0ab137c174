"""Two ways through one function: steps by hand for speed, torch's own operations for everything else.

A step by hand knows its first derivative only, and nothing of compilers and functional transforms. Where
those are at work the function is to be taken through torch's operations instead, and so it is where a
gradient is itself to be differentiated.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

__all__ = ["retraced", "traced"]


def traced() -> bool:
    """Whether a compiler or a functional transform of torch is looking on."""
    return torch.compiler.is_compiling() or torch._C._functorch.peek_interpreter_stack() is not None


def retraced(
    function: Callable[..., Tensor], inputs: Sequence[Tensor], wanted: Sequence[bool], above: Sequence[Tensor]
) -> tuple[Tensor | None, ...]:
    """The gradients of those inputs that are wanted, made so that they can be differentiated again.

    >>> x, y = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0)
    >>> retraced(torch.mul, (x, y), (True, False), [torch.tensor(1.0)])
    (tensor(3.), None)
    """
    asked = [tensor for tensor, want in zip(inputs, wanted, strict=False) if want]
    found = iter(torch.autograd.grad(function(*inputs), asked, above, create_graph=True))
    return tuple(next(found) if want else None for want in wanted[: len(inputs)])
