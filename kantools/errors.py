"""What a user can put right."""

__all__ = ["NotNumbers", "SettingError", "TableError", "UserError"]


class UserError(ValueError):
    """Something that was given cannot be used; the message says the rule, what was got, and the remedy.

    The command line prints the message and ends with exit code 2; any other error is a flaw of kantools.

    >>> from kantools import table_from_arrays
    >>> try:
    ...     table_from_arrays([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])
    ... except UserError as error:
    ...     print(error)
    A law needs at least 5 rows; the table has 3. Add measurements.
    """


class SettingError(UserError):
    """A setting outside its range, or an unknown name.

    >>> from kantools import SymbolicRegressor
    >>> SymbolicRegressor(selection="knees").check_settings()
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: There is no selection "knees"; did you mean "knee"?
    """


class TableError(UserError):
    """A table that cannot be used; the message says what is wrong, where, and what to do about it.

    >>> from kantools import table_from_arrays
    >>> table_from_arrays([1.0, 2.0, 3.0, 4.0, 5.0], [7.0, 7.0, 7.0, 7.0, 7.0])
    Traceback (most recent call last):
        ...
    kantools.errors.TableError: The target has to vary; "y" is 7 in every row of the table. \
Choose another target.
    """


class NotNumbers(TableError, TypeError):
    """Cells that are no real numbers: text, dates, complex numbers, sparse matrices.

    >>> from kantools import table_from_arrays
    >>> try:
    ...     table_from_arrays(["1.0", "2.0", "three", "4.0", "5.0"], [1.0, 2.0, 3.0, 4.0, 5.0])
    ... except NotNumbers as error:
    ...     print(str(error).partition(" (")[0])
    X holds numbers only; got something else
    """
