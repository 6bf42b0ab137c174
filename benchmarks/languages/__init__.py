"""How what the exporters write is run, one language a file; tests and ``benchmarks.exporters`` share it.

A batch of formulas is compiled and run at once: most of the time goes into starting compilers.
"""

from collections.abc import Iterator
from types import ModuleType

from benchmarks.languages.language import Language, Product, product
from kantools.catalogue import Catalogue

__all__ = ["LANGUAGES", "Language", "Product", "product"]


def _languages(module: ModuleType) -> Iterator[tuple[str, Language]]:
    return ((x.target, x) for x in vars(module).values() if isinstance(x, Language))


LANGUAGES: Catalogue[Language] = Catalogue("language", "benchmarks.languages", _languages)
