"""What a shell completes behind a word: names that the catalogues know.

``kantools --install-completion`` makes bash, zsh, fish and PowerShell ask here. Catalogues are read when a
name is asked for, not before.
"""

from collections.abc import Iterable

__all__ = ["collection", "data_set", "hypothesis", "loss", "noise", "selection", "target"]


def begun(known: Iterable[str], word: str) -> list[str]:
    """The names that begin with a word.

    >>> begun(["planets", "ohm", "puromycin"], "p")
    ['planets', 'puromycin']
    """
    return [name for name in known if name.startswith(word)]


def data_set(incomplete: str) -> list[str]:
    """Measured tables; laws to sample from their first letter on, for there are many."""
    from kantools.datasets import EXPERIMENTS, PROBLEMS

    return begun([*EXPERIMENTS, *(PROBLEMS if incomplete else ())], incomplete)


def hypothesis(incomplete: str) -> list[str]:
    """What a search tries."""
    from kantools.discovery.roster import HYPOTHESES

    return begun(HYPOTHESES, incomplete)


def target(incomplete: str) -> list[str]:
    """What formulas are exported to."""
    from kantools.symbolic.exporters import EXPORTERS

    return begun(EXPORTERS, incomplete)


def collection(incomplete: str) -> list[str]:
    """The collections of laws."""
    from kantools.bench.selection import ROWS

    return begun(ROWS, incomplete)


def loss(incomplete: str) -> list[str]:
    """What residuals may cost."""
    from kantools.symbolic.fit.robust import LOSSES

    return begun(LOSSES, incomplete)


def noise(incomplete: str) -> list[str]:
    """How a target may scatter."""
    from kantools.symbolic.noise import AUTO, NOISE

    return begun([AUTO, *NOISE], incomplete)


def selection(incomplete: str) -> list[str]:
    """How a formula is chosen."""
    from kantools.symbolic.front import SELECTIONS

    return begun(SELECTIONS, incomplete)
