"""Figures, one a file: each draws onto what it is given, or onto a figure of its own, and returns it.

Nothing is shown and nothing is written: call ``figure.savefig(path)``.
"""

from kantools.plots.curve import curve
from kantools.plots.front import front
from kantools.plots.network_diagram import network_diagram
from kantools.plots.parity import parity
from kantools.plots.residuals import residuals
from kantools.plots.solved import solved

__all__ = ["curve", "front", "network_diagram", "parity", "residuals", "solved"]
