"""Steering: a person at the wheel.

A network is trained; then its curves are looked at, given names, taken away or learned anew, each step judged
by what it does to the loss, and taken back where it was wrong. :class:`Workbench` is that for a network,
:class:`Shortlist` for the formulas of a front. Both hold a table, so that estimators need not keep one.

The way of working is that of Z. Liu et al., "KAN: Kolmogorov-Arnold Networks", arXiv:2404.19756 (2024).
"""

from kantools.steering.shortlist import Shortlist
from kantools.steering.workbench import Workbench

__all__ = ["Shortlist", "Workbench"]
