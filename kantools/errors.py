"""What a user can put right."""

__all__ = ["NotNumbers", "SettingError", "TableError", "UserError"]


class UserError(ValueError):
    """Something that was given cannot be used; the message says the rule, what was got, and the remedy.

    The command line prints the message and ends with exit code 2; any other error is a flaw of kantools.
    """


class SettingError(UserError):
    """A setting outside its range, or an unknown name."""


class TableError(UserError):
    """A table that cannot be used; the message says what is wrong, where, and what to do about it."""


class NotNumbers(TableError, TypeError):
    """Cells that are no real numbers: text, dates, complex numbers, sparse matrices."""
