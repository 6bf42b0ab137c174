"""One search: which problem, drawn how, searched by what."""

from dataclasses import dataclass

from kantools.errors import SettingError

__all__ = ["Task"]


@dataclass(frozen=True)
class Task:
    """A search of one method on one problem.

    Attributes
    ----------
    name : str
        Of the problem.
    noise : float
        SRBench's γ: the training target gets normal noise of standard deviation ``γ * sqrt(mean(y**2))``.
    rows : int
        Training rows.
    seed : int
        Of the rows, the noise and the search.
    method : str
        A name of :data:`kantools.bench.methods.METHODS`.
    limit : float
        Seconds that the search may take.
    units : bool
        Whether the method is told the units.
    irrelevant : int
        Random columns that the law does not contain, added to the table.
    proportional : bool
        Whether the noise's standard deviation is ``γ * abs(y)`` instead, in every row its own.

    Raises
    ------
    SettingError
        For a number outside its range.

    Examples
    --------
    >>> task = Task("I.12.1", noise=0.01)
    >>> task.rows, task.seed, task.method, task.limit
    (1000, 0, 'kantools', 60.0)
    >>> Task("I.12.1", rows=2)
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: A search has at least 5 training rows; got rows=2.
    """

    name: str
    noise: float = 0.0
    rows: int = 1000
    seed: int = 0
    method: str = "kantools"
    limit: float = 60.0
    units: bool = False
    irrelevant: int = 0
    proportional: bool = False

    def __post_init__(self) -> None:
        from kantools.table import MINIMUM_ROWS

        if self.rows < MINIMUM_ROWS:
            raise SettingError(f"A search has at least {MINIMUM_ROWS} training rows; got rows={self.rows}.")
        if not self.noise >= 0:
            raise SettingError(f"Noise is a fraction of the target's rms, 0 or more; got noise={self.noise}.")
        if not self.limit > 0:
            raise SettingError(f"A search has a positive number of seconds; got {self.limit}.")
        if self.irrelevant < 0 or self.seed < 0:
            raise SettingError(
                f"Seed and number of random columns are 0 or more; got {self.seed} and {self.irrelevant}."
            )
