"""The families of one-dimensional functions that an edge of a network combines, one family a file.

>>> from kantools.bases import BASES
>>> BASES["bspline"](degree=3, intervals=8).functions
11
"""

from kantools.bases.basis import BASES, Basis, make_basis

__all__ = ["BASES", "Basis", "make_basis"]
