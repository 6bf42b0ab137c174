"""How kernels are compiled: without Python's lock, and kept on disk for the next process.

Numba keeps what it has compiled in ``__pycache__`` beside the source or, where that cannot be written, in the
user's folder of caches (``NUMBA_CACHE_DIR`` names another). Where none can be written every process compiles
anew: slow to begin with, but no reason to refuse work.
"""

from collections.abc import Callable
from typing import Any

from numba import njit

__all__ = ["compiled", "compiler", "fused"]


def compiler(*liberties: str) -> Callable[[Callable[..., Any]], Any]:
    """A decorator that compiles at the first call with each kind of arguments.

    Parameters
    ----------
    *liberties : str
        What of IEEE 754 the compiler may give up, by LLVM's names: ``"contract"``, ``"reassoc"``, …
    """
    options = {"nogil": True, "error_model": "numpy", "fastmath": set(liberties)}

    def compile_later(function: Callable[..., Any]) -> Any:
        try:
            return njit(function, cache=True, **options)
        except RuntimeError:  # Numba's word for: there is no folder to keep it in
            return njit(function, **options)

    return compile_later


#: As it is written, operation by operation.
compiled = compiler()
#: A product and a sum may become one operation, which rounds once.
fused = compiler("contract")
