"""What the training of a network has left: for networks what a ``Fitted`` is for formulas."""

from dataclasses import dataclass, replace

import numpy as np

from kantools.activation import Activations
from kantools.estimators.inputs import free_name
from kantools.network import KAN, predict
from kantools.table import Table
from kantools.training.history import History
from kantools.training.uncertainty import Uncertainty

__all__ = ["Trained"]


@dataclass(frozen=True)
class Trained:
    """What is left of a training.

    Attributes
    ----------
    network : KAN
    activations : Activations
        Its functions as curves.
    columns : tuple of str
        The names of the inputs.
    targets : tuple of str or None
        The names of what a regression predicts; None in older files.
    classes : ndarray or None
        The labels of a classification, sorted.
    history : History or None
        How the loss fell; None after an interrupted training, and in a file.
    uncertainty : Uncertainty or None
        What the rows leave open, where that was worked out.
    table : Table or None
        The rows of a regression; None in what was pickled or saved, which does not have them.

    Examples
    --------
    >>> from kantools import KANRegressor
    >>> x = np.linspace(0, 6, 40)[:, None]
    >>> found = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0])).fitted_
    >>> found.columns, found.target, found.without_rows().table
    (('x0',), 'y', None)
    """

    network: KAN
    activations: Activations
    columns: tuple[str, ...]
    targets: tuple[str, ...] | None = None
    classes: np.ndarray | None = None
    history: History | None = None
    uncertainty: Uncertainty | None = None
    table: Table | None = None

    @property
    def target(self) -> str:
        """The name of the first target, which is that of the table."""
        return self.targets[0] if self.targets else free_name("y", self.columns)

    @property
    def outputs(self) -> tuple[str, ...] | None:
        """The names of classes or targets, where they are known."""
        return self.targets if self.classes is None else tuple(map(str, self.classes))

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The network's output."""
        return predict(self.network, X)

    def without_rows(self) -> "Trained":
        """What is pickled."""
        return replace(self, table=None)
