"""Problems solved over time."""

import numpy as np
from matplotlib.figure import Figure

from kantools.plots import solved


def test_a_line_rises_by_one_problem_at_each_solution():
    line = solved({"a": [3.0, np.nan, 1.0, np.nan, 2.0]}).lines[0]
    np.testing.assert_array_equal(line.get_xdata(), [0.5, 1, 2, 3, 3])
    np.testing.assert_allclose(line.get_ydata(), [0, 20, 40, 60, 60])


def test_lines_begin_and_end_together_and_have_names():
    ax = solved({"quick": [1.0], "slow": [9.0], "lost": [np.nan]})
    assert [(line.get_xdata()[0], line.get_xdata()[-1]) for line in ax.lines] == [(0.5, 9)] * 3
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["quick", "slow", "lost"]
    assert list(ax.lines[2].get_ydata()) == [0, 0]


def test_many_lines_can_be_told_apart():
    ax = solved({str(k): [1.0] for k in range(16)})
    assert len({(line.get_color(), line.get_linestyle()) for line in ax.lines}) == 16


def test_draws_where_it_is_told_to_and_in_the_dark():
    ax = Figure().subplots()
    assert solved({"a": [1.0]}, ax, theme="dark") is ax
