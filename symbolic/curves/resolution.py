"""How well a curve is known that a network has learned."""

import numpy as np

from kantools.activation import Activation

__all__ = ["CAUTION", "resolution"]

FINEST = 1e-9
CAUTION = 3.0  # a curve is worse than the network on average, at its ends above all; a guess


def resolution(activation: Activation, error: float, caution: float = CAUTION) -> float:
    """How well a curve is known relative to its own spread: the less it matters, the less well."""
    return float(np.clip(caution * error / np.sqrt(max(activation.importance, 1e-4)), FINEST, 0.3))
