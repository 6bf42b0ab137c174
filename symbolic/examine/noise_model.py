"""How the noise goes with the target: what the residuals of a formula speak for.

Quantities that range over decades are mostly measured to a percentage. Weighting them all alike would let
the largest few decide. All noise models are held against the residuals of a formula by their likelihood;
constant scatter is given up only for a clear reason.
"""

import numpy as np

from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.noise.judgement import judged, likeliest

__all__ = ["length_with_noise", "noise_of"]


def noise_of(formula: Formula, data: Data) -> str:
    """The name of the noise model that what a formula leaves speaks for.

    ``"given"`` where standard errors are; where nothing is left, as the rows are weighed already.

    Examples
    --------
    >>> from sympy import Symbol
    >>> x = np.geomspace(1, 100, 40)
    >>> y = 2 * x * (1 + 0.1 * np.random.default_rng(0).normal(size=40))
    >>> law, rows = Formula(("x",), "y", 2 * Symbol("x")), Data(("x",), x[:, None], y, np.ones(40))
    >>> noise_of(law, rows)
    'proportional'
    """
    f = formula.predict(data.X)
    if data.scatter == "given" or not np.isfinite(f).all():
        return data.scatter
    if data.explained(formula.loss):
        return data.scatter if data.rounded is None else "rounding"
    return likeliest(data.y, f, data.rounded).name


def length_with_noise(formula: Formula, data: Data) -> float:
    """The description length with the noise model that shortens it most, in nats.

    Parameters
    ----------
    formula : Formula
    data : Data
        The rows as they were weighed where the formula was found.
    """
    f = formula.predict(data.X)
    told = formula.description_length - data.misfit_of(f)
    if not np.isfinite(told):  # the noise of these rows cannot be that of this law
        return np.inf
    return told + min(j.nats for j in judged(data.y, f, data.rounded))
