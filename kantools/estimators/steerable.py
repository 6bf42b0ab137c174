"""The verbs of a person at the wheel, on the estimators themselves: each step changes the model at once.

``model.fix((0, 0, 0), "sin").refit()`` does its steps on a workbench that the model keeps, and takes the
result over, so that ``predict`` and all else are of the network or the formula as it stands; ``undo()`` takes
the last step back, bit for bit. To try things while the model stays as it is, take a workbench of your own
with ``steer()``. See ``docs/steering.md``.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from sklearn.utils import Tags

from kantools.errors import SettingError
from kantools.estimators.front import Front

if TYPE_CHECKING:
    from sympy import Expr, Symbol

    from kantools.estimators.fitted import Fitted
    from kantools.estimators.trained import Trained
    from kantools.steering import Shortlist, Workbench
    from kantools.steering.edge import Place
    from kantools.steering.step import SteeringStep
    from kantools.steering.suggestion import Suggestion, Suggestions
    from kantools.symbolic.formula import Formula

__all__ = ["OfNetworks", "SteeredFront", "SteeredNetwork"]

Bench = TypeVar("Bench", "Workbench", "Shortlist")

#: Verbs that a front does not have.
OF_NETWORKS = ("suggest", "fix", "unfix", "set_basis", "prune", "refit")


class Steered(Front, Generic[Bench]):
    """What a network and a front have in common: a workbench, and steps that can be taken back.

    >>> from kantools import KANRegressor, SymbolicRegressor
    >>> issubclass(KANRegressor, Steered), issubclass(SymbolicRegressor, Steered)
    (True, True)
    """

    _bench: Bench | None = None

    def steer(self) -> Bench:
        raise NotImplementedError

    def adopt(self, bench: Bench) -> Self:
        raise NotImplementedError

    def _is_on(self, bench: Bench) -> bool:
        """Whether the model is as this workbench has left it, not changed by a fit or another one."""
        raise NotImplementedError

    def __sklearn_tags__(self) -> Tags:
        """Both take several targets."""
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def undo(self) -> Self:
        """Take back the last step that was made by hand on this model.

        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, x[:, 0] ** 2)
        >>> before = model.predict(x)
        >>> np.array_equal(model.fix((0, 0, 0), "sin").undo().predict(x), before)
        True
        """
        return self._step(lambda bench: bench.undo())

    def redo(self) -> Self:
        """Repeat the step that was undone last.

        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, x[:, 0] ** 2)
        >>> model.fix((0, 0, 0), "square").undo().redo().history[0].action
        'fix((0, 0, 0), "square")'
        """
        return self._step(lambda bench: bench.redo())

    @property
    def history(self) -> "tuple[SteeringStep, ...]":
        """The steps that were made by hand since the fit, each with the losses before and after it.

        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, x[:, 0] ** 2)
        >>> step = model.fix((0, 0, 0), "square").history[0]
        >>> step.action, step.after.held_out < 1e-6
        ('fix((0, 0, 0), "square")', True)
        """
        bench = self._bench
        return bench.history if bench is not None and self._is_on(bench) else ()

    def _workbench(self) -> Bench:
        """The one that the model stands on, else a new one."""
        bench = self._bench
        return bench if bench is not None and self._is_on(bench) else self.steer()

    def _step(self, step: Callable[[Bench], object]) -> Self:
        bench = self._workbench()
        step(bench)
        self.adopt(bench)
        self._bench = bench
        return self


class SteeredNetwork(Steered["Workbench"]):
    """The verbs for a network: curves are named, taken away, learned anew.

    Edges are ``(layer, source, target)``, counted from 0. Steps are judged by the rows of the fit, a fifth of
    which ``refit`` does not train on; a model from a file has none, and ``steer(X, y)`` takes others.

    >>> import numpy as np
    >>> from kantools import KANRegressor
    >>> x = np.linspace(0.5, 3, 60)[:, None]
    >>> model = KANRegressor(width=[], random_state=0).fit(x, x[:, 0] ** 2)
    >>> [step.action for step in model.set_basis("chebyshev").refit().fix((0, 0, 0), "square").history]
    ['set_basis("chebyshev", degree=3, intervals=8)', 'refit()', 'fix((0, 0, 0), "square")']
    """

    fitted_: "Trained"

    def _is_on(self, bench: "Workbench") -> bool:
        return any(found.network is bench.network for found in self._all_found())

    def suggest(self, edge: "Place", most: int = 5) -> "Suggestions":
        """What a learned curve could be, the likeliest first; `kantools.steering.Workbench.suggest`.

        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, np.sqrt(x[:, 0]))
        >>> best = model.suggest((0, 0, 0))[0]
        >>> best.name, best.error < 1e-3
        ('sqrt', True)
        """
        return self._workbench().suggest(edge, most)

    def fix(self, edge: "Place", function: "str | Suggestion") -> Self:
        """Give an edge a function; `kantools.steering.Workbench.fix`.

        Examples
        --------
        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, 2 * np.exp(-1.5 * x[:, 0]))
        >>> model.suggest((0, 0, 0))[0].name
        'exp'
        >>> print(model.fix((0, 0, 0), "exp").refit().formula())
        y = 2*exp(-3*x0/2)
        >>> len(model.undo().undo().history)
        0
        """
        return self._step(lambda bench: bench.fix(edge, function))

    def unfix(self, edge: "Place") -> Self:
        """Let an edge be learned again; `kantools.steering.Workbench.unfix`.

        Raises
        ------
        UserError
            For an edge that :meth:`fix` has not fixed.

        Examples
        --------
        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> model = KANRegressor(width=[], random_state=0).fit(x, x[:, 0] ** 2)
        >>> model.fix((0, 0, 0), "square").unfix((0, 0, 0)).steer().edges
        {Edge(layer=0, source=0, target=0): 'learned'}
        """
        return self._step(lambda bench: bench.unfix(edge))

    def set_basis(self, basis: str, **options: Any) -> Self:
        """Draw the curves with other basis functions; `kantools.steering.Workbench.set_basis`.

        Parameters
        ----------
        basis : str
            A name in ``kantools.bases.BASES``.
        **options
            ``layer``, ``degree``, ``intervals``.
        """
        return self._step(lambda bench: bench.set_basis(basis, **options))

    def prune(self, threshold: float = 1e-3) -> Self:
        """Take away edges of less importance than this; `kantools.steering.Workbench.prune`.

        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> X = np.random.default_rng(0).uniform(0, 1, (80, 2))
        >>> model = KANRegressor(width=[], random_state=0).fit(X, np.exp(X[:, 0]))
        >>> [(e.layer, e.source, e.target) for e in model.prune(0.01).steer().edges]
        [(0, 0, 0)]
        """
        return self._step(lambda bench: bench.prune(threshold))

    def refit(self, **options: Any) -> Self:
        """Train what is free; `kantools.steering.Workbench.refit`.

        Parameters
        ----------
        **options
            ``max_iterations``, ``time_limit`` in seconds.
        """
        return self._step(lambda bench: bench.refit(**options))

    def formula(self, *, time_limit: float = 30.0) -> "Formula":
        """The formula of the network as it stands; `kantools.steering.Workbench.formula`.

        >>> import numpy as np
        >>> from kantools import KANRegressor
        >>> x = np.linspace(0.5, 3, 60)[:, None]
        >>> print(KANRegressor(width=[], random_state=0).fit(x, 3 * x[:, 0] ** 2).formula())
        y = 3*x0**2
        """
        return self._workbench().formula(time_limit=time_limit)


class OfNetworks(AttributeError, SettingError):
    """A verb for networks was asked of a model with formulas.

    >>> from kantools import SymbolicRegressor
    >>> SymbolicRegressor().fix  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kantools.estimators.steerable.OfNetworks: fix() steers the curves of a network; ...
    """

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"{verb}() steers the curves of a network; a SymbolicRegressor steers its formulas, of "
            "which most were not read from one network: choose(index), add(form), undo(). "
            f"Fit a KANRegressor to the table for {verb}()."
        )


class SteeredFront(Steered["Shortlist"]):
    """The verbs for a front: another formula is chosen, one of your own competes.

    >>> from kantools import SymbolicRegressor, load
    >>> ohm = load("ohm")
    >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0).fit_table(ohm)
    >>> [step.action for step in model.choose(0).history], model.undo().history
    (['choose(0)'], ())
    """

    fitted_: "Fitted"

    def _is_on(self, bench: "Shortlist") -> bool:
        return any(f.front is bench.front and f.formula is bench.formula for f in self._all_found())

    def choose(self, index: int) -> Self:
        """Make this row of ``equations_`` *the* formula; `kantools.steering.Shortlist.choose`.

        Raises
        ------
        SettingError
            For an index that is no row of the front.
        """
        return self._step(lambda bench: bench.choose(index))

    def add(self, form: "Expr | Formula | str", start: "Mapping[str | Symbol, float] | None" = None) -> Self:
        """Fit a form of your own and let it compete; `kantools.steering.Shortlist.add`.

        Examples
        --------
        >>> from kantools import SymbolicRegressor, load
        >>> ohm = load("ohm")
        >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0).fit_table(ohm)
        >>> print(model.add("a*length/(b + length) + c").history[-1].action)
        add("a*length/(b + length) + c")
        """
        return self._step(lambda bench: bench.add(form, start))

    def __getattr__(self, name: str) -> Any:
        """Asked for what a front does not have, say where it is."""
        if name in OF_NETWORKS:
            raise OfNetworks(name)
        return object.__getattribute__(self, name)  # raises as if this method was not there
