"""Where the command line prints: as wide as the terminal is, and wide where there is none to ask."""

from rich.console import Console

__all__ = ["WIDTH", "standard_output"]

#: Columns of text where there is no terminal to ask.
WIDTH = 160


def standard_output() -> Console:
    """Standard output, without colours for numbers and words."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console
