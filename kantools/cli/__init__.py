"""The command line: ``kantools fit | predict | export | datasets``."""

from kantools.cli.commands import main

__all__ = ["main"]
