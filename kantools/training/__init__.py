"""How a network learns a table: second-order least squares first, gradients where they must be."""

from kantools.training.history import History, Stop
from kantools.training.monitor import TrainingProgress
from kantools.training.train import train

__all__ = ["History", "Stop", "TrainingProgress", "train"]
