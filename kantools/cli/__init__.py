"""The command line: ``kantools fit``, ``refit``, ``predict``, ``hypotheses`` and others."""

from kantools.cli.commands import main

__all__ = ["main"]
