"""Which program wrote a text: name and version, and no date, so that the same formula gives the same text."""

from importlib.metadata import version

__all__ = ["provenance"]


def provenance() -> str:
    """``Written by kantools 1.2.3.``

    >>> provenance() == f"Written by kantools {version('kantools')}."
    True
    """
    return f"Written by kantools {version('kantools')}."
