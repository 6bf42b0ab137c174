"""The command line: ``kantools fit | refit | predict | choose | report | export | datasets | bench``."""

from kantools.cli.commands import main

__all__ = ["main"]
