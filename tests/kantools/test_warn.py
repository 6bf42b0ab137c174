"""Warnings name the user's line, and being silent is a matter of one thread."""

import threading
import warnings

import numpy as np
import pytest

from kantools.table import ColumnIgnored, MissingRowsDropped, table_from_arrays
from kantools.warn import silent, warn

X = np.array([[1.0, 7.0], [2.0, 7.0], [3.0, 7.0], [4.0, 7.0], [5.0, 7.0], [np.nan, 7.0]])


def test_the_line_is_that_of_the_user():
    with pytest.warns(ColumnIgnored) as caught, pytest.warns(MissingRowsDropped):
        table_from_arrays(X, X[:, 0], drop_missing=True)
    assert {w.filename for w in caught} == {__file__}


def test_silent_in_this_thread_only():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with silent(UserWarning):
            warn("here", UserWarning)
            other = threading.Thread(target=warn, args=("there", UserWarning))
            other.start()
            other.join()
        warn("after", UserWarning)
    assert [str(w.message) for w in caught] == ["there", "after"]


def test_silence_is_for_a_kind():
    with silent(ColumnIgnored), pytest.warns(MissingRowsDropped):
        warn("dropped", MissingRowsDropped)
