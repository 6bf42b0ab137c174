"""What a discovery returns, and what it reports on the way."""

from dataclasses import dataclass, field

import numpy as np

from kantools.activation import Activations, Edge
from kantools.discovery.verdict import Stop, Verdict
from kantools.network import KAN
from kantools.symbolic.formula import Formula

__all__ = ["Discovery", "Origin", "Progress", "Step"]

#: What each edge was read as: the curve at the activation's points, and its name.
Snapped = dict[Edge, tuple[np.ndarray, str]]


@dataclass(frozen=True)
class Progress:
    """How far a running discovery is: share of time or effort, what is tried, the best so far, and all.

    >>> def show(progress: Progress) -> None:
    ...     print(f"{progress.fraction:.0%} {progress.message}: {progress.best}")
    >>> show(Progress(0.4, "F = f(mu)*g(Nn)", None))
    40% F = f(mu)*g(Nn): None
    """

    fraction: float
    message: str
    best: Formula | None
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where a formula was read from: a network, its curves, and what each of them was taken for.

    >>> from kantools.network import observe
    >>> network, x = KAN([1, 1]), np.linspace(-1, 1, 9)
    >>> network.fix((0, 0, 0), "square")
    >>> origin = Origin(network, observe(network, x[:, None], ("x",)), {Edge(0, 0, 0): (x**2, "square")})
    >>> origin.snapped[origin.activations.edges[0].edge][1]
    'square'
    """

    network: KAN
    activations: Activations
    snapped: Snapped


@dataclass(frozen=True)
class Step:
    """One hypothesis that was tested.

    Attributes
    ----------
    hypothesis : str
        What was tested, as people read it.
    error : float
        Relative root mean square error on rows held out.
    verdict : Verdict
        What came of it.
    seconds : float
        Since the discovery began, on the clock that counted for it.
    view : str
        The view of the table that it was tested in; empty for what concerns the table as a whole.
    source : str
        The view that this view was made from; empty where that is the table itself.
    formulas : tuple of str
        The formulas of the front that came of it.
    message : str
        More than the verdict says.

    Examples
    --------
    >>> step = Step("f(a) + g(b)", 3e-7, Verdict.READ, 0.8, formulas=("y = a**2 + 3*b",))
    >>> step.error < 1e-6, step.says, step.formulas[-1]
    (True, 'read', 'y = a**2 + 3*b')
    """

    hypothesis: str
    error: float
    verdict: Verdict
    seconds: float
    view: str = ""
    source: str = ""
    formulas: tuple[str, ...] = ()
    message: str = ""

    @property
    def says(self) -> str:
        """What came of it, in words."""
        return self.message or str(self.verdict)


@dataclass(frozen=True)
class Discovery:
    """What was found.

    Attributes
    ----------
    front : tuple of Formula
        By rising complexity and falling loss.
    chosen : Formula
    rivals : tuple of Formula
        Other functions that the data cannot tell from the chosen formula, the shortest description first
        (:mod:`kantools.symbolic.examine.rivals`); on the front or not.
    network : KAN
        The network that the chosen formula was read from.
    activations : Activations
        Its curves.
    snapped : mapping of Edge to (ndarray, str)
        What they were taken for: the values at the activation's points, and the name of the shape.
    steps : tuple of Step
    seconds : float
        How long it took, on the clock that counted for it.
    stopped : Stop
        Why the search ended.
    noise : str
        How the target's scatter was taken: the name of a noise model
        (:data:`kantools.symbolic.noise.NOISE`), or "given" where there are standard errors.
    scale : float
        Where a robust loss or errors of the inputs were asked for: the scatter of the target that was found,
        for rows of weight 1; 1 where standard errors were given.
    unit : {"s", "units of effort"}
        Of the clock that counted.

    Examples
    --------
    >>> from kantools import Table, discover
    >>> x = np.linspace(1, 3, 40)
    >>> found = discover(Table(("x",), x[:, None], "y", 2 * x**3), time_limit=10)
    >>> print(found.chosen)
    y = 2*x**3
    >>> print(found.stopped, found.noise, found.steps[0].hypothesis)
    explained constant plain formulas
    """

    front: tuple[Formula, ...]
    chosen: Formula
    network: KAN | None
    activations: Activations | None
    steps: tuple[Step, ...]
    seconds: float
    stopped: Stop
    noise: str = "constant"
    snapped: Snapped = field(default_factory=dict)
    scale: float = 1.0
    unit: str = "s"
    rivals: tuple[Formula, ...] = ()

    @property
    def listed(self) -> tuple[Formula, ...]:
        """The front, then the rivals that are not on it: the rows of a table of formulas."""
        return (*self.front, *(f for f in self.rivals if f not in self.front))
