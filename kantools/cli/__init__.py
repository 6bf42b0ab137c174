"""The command line: ``kantools fit | predict | report | export | datasets | bench``."""

from kantools.cli.commands import main

__all__ = ["main"]
