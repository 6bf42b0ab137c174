"""The log of a search on standard error: ``-v`` says what is found, ``-vv`` what is tried as well."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import typer

__all__ = ["logged"]

LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
#: Of the loggers that are shown.
NAME = "kantools"


class OnStandardError(logging.Handler):
    """Writes to what standard error is when a line comes, so that lines go above a bar drawn there."""

    def emit(self, record: logging.LogRecord) -> None:
        typer.echo(self.format(record), err=True)


@contextmanager
def logged(verbosity: int) -> Iterator[None]:
    """Show the log of kantools while the block runs; nothing is changed where the verbosity is 0."""
    if verbosity == 0:
        yield
        return
    logger, handler = logging.getLogger(NAME), OnStandardError()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(LEVELS[min(verbosity, len(LEVELS) - 1)])
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
