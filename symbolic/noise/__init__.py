"""How measurements scatter around a law: one noise model a file, each with its likelihood.

A model says the variance of each row from the value that a law has there. All of them are normalised, so
their negative log-likelihoods compare, also between formulas. Here are arrays only: values measured, values
predicted.

>>> sorted(NOISE)
['constant', 'counts', 'mixed', 'proportional', 'rounding']
"""

from collections.abc import Iterator
from types import ModuleType

from kantools.catalogue import Catalogue
from kantools.symbolic.noise.model import NoiseModel

__all__ = ["AUTO", "NOISE", "NoiseModel"]

#: Stands for the model that the data speak for.
AUTO = "auto"


def _models(module: ModuleType) -> Iterator[tuple[str, NoiseModel]]:
    return ((x.name, x) for x in vars(module).values() if isinstance(x, NoiseModel))


NOISE: Catalogue[NoiseModel] = Catalogue("noise model", "kantools.symbolic.noise", _models)
