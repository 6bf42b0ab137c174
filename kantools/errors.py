"""What a user can put right."""

__all__ = ["SettingError", "UserError"]


class UserError(ValueError):
    """Something that was given cannot be used; the message says the rule, what was got, and the remedy.

    The command line prints the message and ends with exit code 2; any other error is a flaw of kantools.
    """


class SettingError(UserError):
    """A setting outside its range, or an unknown name."""
