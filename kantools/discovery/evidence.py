"""What is known of a table at one moment: how well it is predicted, how noisy it is, the best formula.

It is a value: whoever learns something makes new evidence of the old. Whether a formula leaves noise only
(:mod:`kantools.discovery.noise.residue`) is asked often and costs milliseconds; the answer is kept by
formula.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from sympy import Symbol

from kantools.discovery.networks.trial import SMOOTHNESS
from kantools.discovery.noise.explained import explained
from kantools.discovery.noise.residue import NoiseTest, only_noise_is_left
from kantools.discovery.policy import Policy
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula

__all__ = ["Evidence"]

Array = np.ndarray


@dataclass
class _Residues:
    """Which formulas leave noise only."""

    answers: dict[int, tuple[Formula, bool]] = field(default_factory=dict)

    def only_noise(self, formula: Formula, data: Data, test: NoiseTest) -> bool:
        known = self.answers.get(id(formula))
        if known is None:  # the formula is kept with its answer, so that its identity stays its own
            known = self.answers[id(formula)] = formula, only_noise_is_left(formula, data, test)
        return known[1]


@dataclass(frozen=True)
class Evidence:
    """What is known of a table.

    Attributes
    ----------
    data : Data
        All rows.
    policy : Policy
    held : ndarray of int
        The rows that models are judged by.
    best : Formula or None
        The shortest description so far.
    least_error : float
        Of all models without a prefactor, on the rows held.
    smoothness : float
        The penalty that networks are best trained with: the noisier, the larger.
    surveyed : bool
        Whether a general model has shown how well the whole table can be predicted.
    unhurried : bool
        Whether a law with a free number is looked at as a curve before it ends the search.
    curve_seen : bool
        Whether a view of one column was looked at as the curve that it is.
    readings : int
        How many networks were read.
    """

    data: Data
    policy: Policy
    held: Array
    best: Formula | None = None
    least_error: float = np.inf
    smoothness: float = SMOOTHNESS
    surveyed: bool = False
    unhurried: bool = False
    curve_seen: bool = False
    readings: int = 0
    residues: _Residues = field(default_factory=_Residues, repr=False, compare=False)

    def seen(self, error: float, view: View) -> "Evidence":
        """With one more error on the rows held.

        In a view with a prefactor rows have other weights, and errors do not compare.
        """
        return replace(self, least_error=min(self.least_error, error)) if view.prefactor == 1 else self

    def with_survey(self, surrogate: Surrogate, view: View, *, whole: bool) -> "Evidence":
        """With a surrogate: that of the whole table tells of the noise, unless that is known."""
        told = self
        if whole and not self.noisy:
            told = replace(self, smoothness=surrogate.smoothness, surveyed=True)
        return told.seen(surrogate.error, view)

    @property
    def noisy(self) -> bool:
        """Whether noise is most of what the best network leaves.

        A large error alone may mean that the law is hard to learn; with noise, smoothing makes it smaller. Of
        a single column rows in its order tell by themselves: what a formula leaves has no order.
        """
        if not self.surveyed or self.least_error <= self.policy.rough:
            return False
        return self.smoothness > SMOOTHNESS or (len(self.columns) == 1 and self.at_the_floor)

    @cached_property
    def columns(self) -> frozenset[Symbol]:
        """Those that the best formula is made of."""
        told = set() if self.best is None else self.best.expression.free_symbols
        return frozenset(told & set(self.data.symbols))

    @property
    def error(self) -> float:
        """Relative root mean square residual of the best formula."""
        return float(np.sqrt(self.best.loss / self.data.variance)) if self.best else np.inf

    @property
    def done(self) -> bool:
        """Whether the best formula explains the table."""
        return self.best is not None and explained(self.best, self.data)

    @cached_property
    def held_error(self) -> float:
        """The error of the best formula on the rows held."""
        if self.best is None or not len(self.held):
            return self.error
        data, held = self.data, self.held
        residual = data.y[held] - self.best.predict(data.X[held])
        variance = rows_of(data.X, data.y, data.weight).variance
        return float(np.sqrt(np.average(residual**2, weights=data.weight[held]) / variance))

    @property
    def fits_as_well_as_any(self) -> bool:
        """Whether the best formula is about as good as any network, or better."""
        if not self.surveyed or self.best is None:
            return False
        chance = self.policy.chance / np.sqrt(max(len(self.held), 1))
        return bool(self.held_error <= max(self.policy.as_well, 1 + chance) * self.least_error)

    @property
    def at_the_floor(self) -> bool:
        """Whether what the best formula leaves is noise: networks leave about as much, and it has no order.

        A formula that is far better than all networks shows that these have not followed the law.
        """
        if self.best is None or not self.fits_as_well_as_any:
            return False
        if not self.held_error > self.policy.much_better * self.least_error:
            return False
        return self.residues.only_noise(self.best, self.data, self.policy.noise)

    @property
    def adequate(self) -> bool:
        """Whether the best formula leaves nothing but noise: within its spread where that is known."""
        return self.done or (self.least_error > self.policy.rough and self.at_the_floor)

    @property
    def exact(self) -> bool:
        """Whether the best formula explains the table to rounding, which no other law does by chance."""
        return self.best is not None and self.data.explained(self.best.loss)

    @property
    def settled(self) -> bool:
        """Whether the best formula leaves noise only, with no number that is not exact but for a factor.

        A number inside can make a wrong curve look right, and is given more time.
        """
        if self.best is None or len(self.best.free) > self.policy.few_numbers:
            return False
        hasty = self.best.free and (_inside(self.best) or (self.unhurried and not self.curve_seen))
        return not hasty and self.at_the_floor

    @property
    def certain(self) -> bool:
        """Whether the best formula leaves noise only and has no number that is not exact."""
        return self.best is not None and not self.best.free and self.settled


def _inside(formula: Formula) -> bool:
    """Whether a free constant is more than a factor of the whole formula."""
    return any(formula.template.as_independent(c.symbol, as_Add=False)[1] != c.symbol for c in formula.free)
