"""The command line: ``kantools fit | predict | export | datasets | bench``."""

from kantools.cli.commands import main

__all__ = ["main"]
