"""What a discovery returns, and what it reports on the way."""

from dataclasses import dataclass, field

import numpy as np

from kantools.activation import Activations, Edge
from kantools.network import KAN
from kantools.symbolic.formula import Formula

__all__ = ["Discovery", "Origin", "Progress", "Step"]

#: What each edge was read as: the curve at the activation's points, and its name.
Snapped = dict[Edge, tuple[np.ndarray, str]]


@dataclass(frozen=True)
class Progress:
    """How far a running discovery is: share of the time limit, what is tried, the best so far, and all."""

    fraction: float
    message: str
    best: Formula | None
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where a formula was read from: a network, its curves, and what each of them was taken for."""

    network: KAN
    activations: Activations
    snapped: Snapped


@dataclass(frozen=True)
class Step:
    """One hypothesis that was tested.

    Attributes
    ----------
    hypothesis : str
        The topology as a formula.
    error : float
        Relative root mean square error on rows held out.
    verdict : str
    seconds : float
        Since the discovery began.
    view : str
        The view of the table that it was tested in; empty for what concerns the table as a whole.
    source : str
        The view that this view was made from; empty where that is the table itself.
    formulas : tuple of str
        The formulas of the front that came of it.
    """

    hypothesis: str
    error: float
    verdict: str
    seconds: float
    view: str = ""
    source: str = ""
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discovery:
    """What was found.

    Attributes
    ----------
    front : tuple of Formula
        By rising complexity and falling loss.
    chosen : Formula
    network : KAN
        The network that the chosen formula was read from.
    activations : Activations
        Its curves.
    snapped : mapping of Edge to (ndarray, str)
        What they were taken for: the values at the activation's points, and the name of the shape.
    steps : tuple of Step
    seconds : float
    stopped : str
        Why the search ended.
    noise : {"constant", "relative", "given"}
        How the target's scatter was taken: alike on all rows, in proportion to the target, or as its
        standard errors say.
    scale : float
        Where a robust loss or errors of the inputs were asked for: the scatter of the target that was found,
        for rows of weight 1; 1 where standard errors were given.
    """

    front: tuple[Formula, ...]
    chosen: Formula
    network: KAN | None
    activations: Activations | None
    steps: tuple[Step, ...]
    seconds: float
    stopped: str
    noise: str = "constant"
    snapped: Snapped = field(default_factory=dict)
    scale: float = 1.0
