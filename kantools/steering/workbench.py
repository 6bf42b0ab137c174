"""A network on the workbench: look, name, prune, refit, take back, and read the formula at the end."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from kantools.activation import Activations, Edge
from kantools.bases import BASES, make_basis
from kantools.catalogue import did_you_mean
from kantools.clock import now
from kantools.errors import SettingError, UserError
from kantools.network import KAN, predict
from kantools.network.observe import observe
from kantools.network.prune import prune
from kantools.steering.edge import Place, active, told
from kantools.steering.fixing import affine_of, fixed_name, released, snapped
from kantools.steering.judges import judges_of, losses
from kantools.steering.read_formula import read_formula
from kantools.steering.rebase import rebased
from kantools.steering.step import Losses, SteeringStep, as_frame
from kantools.steering.suggestion import Suggestion, Suggestions, suggest
from kantools.steering.timeline import Timeline
from kantools.symbolic.curves.affine import affine_fits
from kantools.symbolic.curves.resolution import resolution
from kantools.symbolic.formula import Formula
from kantools.symbolic.primitive import PRIMITIVES, Primitive, Selection, select_primitives
from kantools.table import Table
from kantools.training import train

__all__ = ["Workbench"]

Done = tuple[KAN, Losses, SteeringStep | None]
"""A network, its losses, and the step that led to it."""


class Workbench:
    """A trained network and a table, with the verbs of a person who steers.

    Every verb makes a new network and leaves the one before as it was, so that each step can be taken back
    bit for bit. Edges are ``(layer, source, target)``; `edges` lists those that are switched on.

    Parameters
    ----------
    network : KAN
        Left as it is.
    table : Table
        What steps are judged on. A formula is fitted to all of its rows.
    held_out : float
        Share of the rows, drawn at random, that `refit` does not train on. A network that was trained on
        them before has seen them; a function that was named by hand has not.
    primitives : as in `SymbolicRegressor`
        What curves may be.
    smoothness : float or "gcv"
        Of curves that `refit` trains, see `kantools.training.train`.
    seed : int

    Examples
    --------
    >>> x = np.linspace(0.5, 3, 60)
    >>> table = Table(("t",), x[:, None], "y", 2 * np.exp(-1.5 * x))
    >>> network = KAN([1, 1])
    >>> _ = train(network, table)
    >>> bench = Workbench(network, table)
    >>> bench.suggest((0, 0, 0))[0].name
    'exp'
    >>> bench.fix((0, 0, 0), "exp").refit().history[-1].after.trained < 1e-20
    True
    >>> print(bench.formula())
    y = 2*exp(-3*t/2)
    """

    def __init__(
        self,
        network: KAN,
        table: Table,
        *,
        held_out: float = 0.2,
        primitives: Selection | None = None,
        smoothness: Any = "gcv",
        seed: int = 0,
    ) -> None:
        if network.inputs != len(table.columns):
            raise UserError(
                f"A network is steered on a table with its inputs; this one has {network.inputs}, the table "
                f"{len(table.columns)} columns. Choose them with table.select([...])."
            )
        if network.outputs != 1:
            raise UserError(
                f"A table has one target; this network has {network.outputs} outputs. Train one for each."
            )
        self.table = table
        self._primitives = select_primitives(primitives)
        self._smoothness, self._seed = smoothness, seed
        self._judges = judges_of(table, held_out, seed)
        begin: Done = (network, losses(network, self._judges), None)
        self._line: Timeline[Done] = Timeline((begin,))

    @property
    def network(self) -> KAN:
        """The network as it stands; not to be changed in place."""
        return self._line.now[0]

    @property
    def losses(self) -> Losses:
        """Of the network as it stands.

        >>> x = np.linspace(0.5, 3, 60)
        >>> network = KAN([1, 1])
        >>> network.fix((0, 0, 0), "square")
        >>> Workbench(network, Table(("t",), x[:, None], "y", x**2)).losses
        Losses(trained=0.0, held_out=0.0)
        """
        return self._line.now[1]

    @property
    def history(self) -> tuple[SteeringStep, ...]:
        """What was done, in order; steps that were undone are not in it."""
        return tuple(step for _, _, step in self._line.past if step is not None)

    @property
    def edges(self) -> dict[Edge, str]:
        """The edges that are switched on, and what each is: the name of its function, or ``"learned"``.

        >>> network = KAN([2, 1])
        >>> network.fix((0, 1, 0), "exp")
        >>> X = np.random.default_rng(0).uniform(0, 1, (20, 2))
        >>> list(Workbench(network, Table(("a", "b"), X, "y", X[:, 0])).edges.values())
        ['learned', 'exp']
        """
        return {edge: fixed_name(self.network, edge) or "learned" for edge in self.network.edges()}

    @property
    def activations(self) -> Activations:
        """All curves as they stand, where the rows reach them.

        >>> x = np.linspace(0.5, 3, 60)
        >>> bench = Workbench(KAN([1, 1]), Table(("t",), x[:, None], "y", x**2))
        >>> bench.activations[Edge(0, 0, 0)].x[[0, -1]].tolist()
        [0.5, 3.0]
        """
        return observe(self.network, self.table.X, self.table.columns)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The network's output at rows of ``X``."""
        return predict(self.network, np.asarray(X, float))

    def suggest(self, edge: Place, most: int = 5) -> Suggestions:
        """What a learned curve could be: primitives between two affine maps, the likeliest first.

        Parameters
        ----------
        edge : Edge or (layer, source, target)
        most : int
            How many to return.

        Returns
        -------
        Suggestions
            A sequence; in a notebook a table with a picture of each.

        Raises
        ------
        UserError
            For an edge that there is not, is switched off, or is fixed.

        Examples
        --------
        >>> x = np.linspace(0.5, 3, 60)
        >>> table, network = Table(("t",), x[:, None], "y", x**2), KAN([1, 1])
        >>> _ = train(network, table)
        >>> bench = Workbench(network, table)
        >>> bench.suggest((0, 0, 0), most=1)[0].name
        'square'
        >>> bench.fix((0, 0, 0), "square").suggest((0, 0, 0))
        Traceback (most recent call last):
            ...
        kantools.errors.UserError: Suggestions are for learned edges; (0, 0, 0) is fixed to "square". \
unfix((0, 0, 0)) first.
        """
        activation = self.activations[self._learned(edge, "Suggestions are for")]
        return suggest(activation, self._primitives, resolution(activation, self._error), most)

    def fix(self, edge: Place, function: str | Suggestion) -> "Workbench":
        """Give an edge a function, ``c f(a x + b) + d``, with the numbers that come closest to its curve.

        Parameters
        ----------
        edge : Edge or (layer, source, target)
        function : str or Suggestion
            The name of a primitive, or a suggestion for this edge.

        Raises
        ------
        UserError
            For an edge that there is not, is switched off, or is fixed already; for a function that is not
            real and finite where the edge is used.
        SettingError
            For an unknown name.
        """
        place = self._learned(edge, "Functions are given to")
        name = function.name if isinstance(function, Suggestion) else function
        activation = self.activations[place]
        fits = affine_fits(activation.x, activation.y, [_primitive(name)])
        if not fits:
            low, high = activation.x[0], activation.x[-1]
            raise UserError(
                f'A function is real and finite where its edge is used; no "{name}" comes near the curve of '
                f"{told(place)} on {low:.4g} … {high:.4g}. suggest({told(place)}) lists those that do."
            )
        return self._do(f'fix({told(place)}, "{name}")', lambda: snapped(self.network, place, fits[0]))

    def unfix(self, edge: Place) -> "Workbench":
        """Let an edge be learned again, from the curve that its function has.

        Raises
        ------
        UserError
            For an edge that :meth:`fix` has not fixed.

        Examples
        --------
        >>> x = np.linspace(0.5, 3, 60)
        >>> table, network = Table(("t",), x[:, None], "y", x**2), KAN([1, 1])
        >>> _ = train(network, table)
        >>> Workbench(network, table).unfix((0, 0, 0))
        Traceback (most recent call last):
            ...
        kantools.errors.UserError: unfix() is for edges that fix() has fixed; (0, 0, 0) is learned. \
Fixed are: none.
        """
        place = active(self.network, edge)
        if affine_of(self.network, place) is None:
            raise UserError(
                f"unfix() is for edges that fix() has fixed; {told(place)} is "
                f"{fixed_name(self.network, place) or 'learned'}. Fixed are: {self._fixed()}."
            )
        X = self._judges.trained.X
        return self._do(f"unfix({told(place)})", lambda: released(self.network, place, X))

    def set_basis(
        self, basis: str, *, layer: int | None = None, degree: int = 3, intervals: int = 8
    ) -> "Workbench":
        """Draw the learned curves with other basis functions, as they are as far as these can; then refit().

        Parameters
        ----------
        basis : str
            A name in ``kantools.bases.BASES``.
        layer : int, optional
            Only this layer; all where it is None.
        degree, intervals : int
            Options of the basis.

        Raises
        ------
        SettingError
            For an unknown basis, with the near match, and for a layer that there is not.

        Examples
        --------
        >>> x = np.linspace(0.5, 3, 60)
        >>> bench = Workbench(KAN([1, 1]), Table(("t",), x[:, None], "y", x**2))
        >>> bench.set_basis("chebyshev", intervals=4).network.bases
        [Chebyshev(degree=3, intervals=4)]
        >>> bench.set_basis("chebishev")
        Traceback (most recent call last):
            ...
        kantools.errors.SettingError: There is no basis "chebishev"; did you mean "chebyshev"?
        """
        if basis not in BASES:
            raise SettingError(f'There is no basis "{basis}"; {did_you_mean(str(basis), BASES)}')
        layers = range(len(self.network.layers))
        if layer is not None and layer not in layers:
            raise SettingError(
                f"This network has layers 0 to {layers[-1]}; got {layer!r}. Choose one of them."
            )
        made = make_basis(basis, degree=degree, intervals=intervals)
        chosen = list(layers) if layer is None else [layer]
        where = "" if layer is None else f", layer={layer}"
        options = f"{where}, degree={degree}, intervals={intervals}"
        X = self._judges.trained.X
        return self._do(f'set_basis("{basis}"{options})', lambda: rebased(self.network, made, chosen, X))

    def prune(self, threshold: float = 1e-3) -> "Workbench":
        """Take away edges of less importance than this, and nodes that are then without use.

        Nodes that stay may have other numbers afterwards: look at `edges`. See `kantools.network.prune`.

        Raises
        ------
        SettingError
            For a threshold outside of 0 to 1.

        Examples
        --------
        >>> X = np.random.default_rng(0).uniform(0, 1, (80, 2))
        >>> table, network = Table(("a", "b"), X, "y", np.exp(X[:, 0])), KAN([2, 1])
        >>> _ = train(network, table)
        >>> list(Workbench(network, table).prune(0.01).edges)
        [Edge(layer=0, source=0, target=0)]
        """
        if not 0 <= threshold <= 1:
            raise SettingError(f"A threshold is a share of the output, 0 to 1; got {threshold!r}. Try 0.01.")
        X = self._judges.trained.X
        return self._do(f"prune({threshold:g})", lambda: prune(self.network, X, threshold))

    def refit(self, *, max_iterations: int = 100, time_limit: float = 60.0) -> "Workbench":
        """Train what is free: learned curves, and the numbers ``a, b, c, d`` of fixed edges.

        Parameters
        ----------
        max_iterations : int
        time_limit : float
            Seconds.

        Raises
        ------
        SettingError
            For a time limit that is not positive.

        Examples
        --------
        >>> x = np.linspace(0.5, 3, 60)
        >>> bench = Workbench(KAN([1, 1]), Table(("t",), x[:, None], "y", x**2)).refit()
        >>> bench.history[0].before.trained > 0.01, bench.losses.held_out < 1e-6
        (True, True)
        """
        if not time_limit > 0:
            raise SettingError(f"time_limit is positive; got {time_limit!r}.")

        def trained() -> KAN:
            network = copy.deepcopy(self.network)
            options: dict[str, Any] = {"max_iterations": max_iterations, "time_limit": time_limit}
            train(network, self._judges.trained, smoothness=self._smoothness, seed=self._seed, **options)
            return network

        return self._do("refit()", trained)

    def undo(self) -> "Workbench":
        """Take back the last step.

        >>> x = np.linspace(0.5, 3, 60)
        >>> bench = Workbench(KAN([1, 1]), Table(("t",), x[:, None], "y", x**2))
        >>> begin = bench.losses
        >>> bench.refit().undo().losses == begin, len(bench.redo().history)
        (True, 1)
        """
        self._line = self._line.back()
        return self

    def redo(self) -> "Workbench":
        """Repeat the step that was undone last."""
        self._line = self._line.forward()
        return self

    def formula(self, *, time_limit: float = 30.0) -> Formula:
        """The formula of the network as it stands.

        Fixed edges stay what they were named; the others are read as what makes the whole formula's
        description shortest. All constants are then fitted together to all rows, and recognised where they
        are simple numbers. The network is not changed.

        Parameters
        ----------
        time_limit : float
            Seconds after which no further reading is tried.

        Raises
        ------
        UserError
            Where a curve cannot be read, or no formula holds on every row.
        """
        if not time_limit > 0:
            raise SettingError(f"time_limit is positive; got {time_limit!r}.")
        deadline = now() + time_limit
        return read_formula(self.network, self.table, self._error, self._primitives, deadline)

    def plot(self) -> Any:
        """The network as a diagram, with the names of the functions that are fixed.

        >>> x = np.linspace(0.5, 3, 60)
        >>> bench = Workbench(KAN([1, 1]), Table(("t",), x[:, None], "y", x**2))
        >>> type(bench.plot()).__name__
        'Figure'
        """
        from kantools.plots import network_diagram

        seen = self.activations
        named = {a.edge: (a.y, self.edges[a.edge]) for a in seen.edges if self.edges[a.edge] != "learned"}
        return network_diagram(seen, snapped=named, outputs=(self.table.target,))

    def __repr__(self) -> str:
        named = ", ".join(f"{told(edge)} {name}" for edge, name in self.edges.items())
        found = self.losses
        return f"Workbench({named}; loss {found.trained:.2g}, held out {found.held_out:.2g})"

    def _repr_html_(self) -> str:
        return as_frame(self.history).to_html(index=False, float_format="{:.2g}".format)

    @property
    def _error(self) -> float:
        """How well the network, and so any curve of it, is known at best."""
        return float(np.sqrt(max(self.losses.trained, self.losses.held_out)))

    def _do(self, action: str, change: Callable[[], KAN]) -> "Workbench":
        """Take a step; if it fails nothing has happened."""
        before, network = self.losses, change()
        after = losses(network, self._judges)
        self._line = self._line.then((network, after, SteeringStep(action, before, after)))
        return self

    def _learned(self, edge: Place, what: str) -> Edge:
        place = active(self.network, edge)
        name = fixed_name(self.network, place)
        if name is not None:
            raise UserError(
                f'{what} learned edges; {told(place)} is fixed to "{name}". unfix({told(place)}) first.'
            )
        return place

    def _fixed(self) -> str:
        own = [e for e in self.network.edges() if affine_of(self.network, e) is not None]
        return ", ".join(map(told, own)) or "none"


def _primitive(name: str) -> Primitive:
    if name not in PRIMITIVES:
        raise SettingError(f'There is no primitive "{name}"; {did_you_mean(str(name), PRIMITIVES)}')
    return PRIMITIVES[name]
