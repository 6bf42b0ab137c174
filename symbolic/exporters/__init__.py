r"""Write a formula in the language of another tool, one target a file.

>>> import sympy
>>> from kantools.symbolic.formula import Constant, Formula
>>> x, c0 = sympy.symbols("x c0")
>>> law = Formula(("x",), "y", c0 * x**2, (Constant(c0, 4.905, 0.002),))
>>> print(EXPORTERS["latex"](law))
y = 4.905 \, x^{2}
"""

from collections.abc import Iterator
from types import ModuleType

from kantools.catalogue import Catalogue
from kantools.symbolic.exporters.exporter import Exporter

__all__ = ["EXPORTERS", "Exporter"]


def _exporters(module: ModuleType) -> Iterator[tuple[str, Exporter]]:
    return ((x.name, x) for x in vars(module).values() if isinstance(x, Exporter))


EXPORTERS: Catalogue[Exporter] = Catalogue("exporter", "kantools.symbolic.exporters", _exporters)
