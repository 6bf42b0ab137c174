"""Charts: where things lie, and how much they weigh."""

import re
import xml.etree.ElementTree as xml

import numpy as np
import pytest

from kantools.report.axis import axis, log_axis, numeral
from kantools.report.chart import bars, front_chart, scatter


def points(svg, kind="points"):
    """Places of the dots of one kind, in the chart's units."""
    tree = xml.fromstring(str(svg))
    paths = [p.attrib["d"] for p in tree.iter("path") if p.attrib.get("class", "").split()[-1:] == [kind]]
    return np.array([[float(n) for n in m] for d in paths for m in re.findall(r"M(\S+) (\S+?)h0", d)])


@pytest.mark.parametrize("values", [(0, 1), (-3, 8000), (1e-9, 2e-9), (5, 5), (-0.2, 0.0)])
def test_ticks_lie_inside_and_are_round(values):
    made = axis(np.array(values, dtype=float))
    numbers = [n for n, _ in made.ticks]
    assert 2 <= len(numbers) <= 7
    assert all(made.low <= n <= made.high for n in numbers)
    assert np.ptp(np.diff(numbers)) <= 1e-9 * np.ptp(numbers)
    assert made.low <= min(values) <= max(values) <= made.high


@pytest.mark.parametrize("ends", [(1e-30, 1e3), (0.5, 2.0), (3.0, 3.0), (1e-5, 1.0)])
def test_logarithmic_ticks(ends):
    made = log_axis(np.array(ends))
    assert 2 <= len(made.ticks) <= 8
    assert all(made.low <= n <= made.high for n, _ in made.ticks)


def test_points_are_where_they_should_be():
    x, y = np.array([0.0, 10.0, 5.0]), np.array([0.0, 1.0, 0.5])
    (a, b, c) = points(scatter(x, y, ("x", "y"), "t"), "few")
    np.testing.assert_allclose((a + c) / 2, b, atol=0.11)  # sorted by x: the middle one in the middle
    assert a[1] > c[1]  # up is less


def test_values_that_are_not_finite_are_left_out():
    x = np.array([0.0, np.nan, 2.0])
    assert len(points(scatter(x, x, ("x", "y"), "t"), "few")) == 2


def test_marked_rows_are_drawn_however_many_there_are():
    x = np.linspace(0, 1, 20_000)
    svg = scatter(x, np.sin(x), ("x", "y"), "t", kept=[12_345])
    assert len(points(svg, "outlying")) == 1
    assert len(svg) < 40_000


def test_curve_breaks_at_a_pole():
    x = np.linspace(-1, 1, 101)
    svg = scatter(x, np.clip(1 / (x + 0.005), -5, 5), ("x", "y"), "t", curve=(x, np.where(x == 0, np.nan, x)))
    (curve,) = re.findall(r'class="curve" d="([^"]*)"', str(svg))
    assert curve.count("M") == 2


def test_front_links_to_panels_and_holds_exact_fits():
    svg = str(front_chart([1, 3, 7], [4.0, 1e-3, 0.0], [5.0, np.nan, 0.0], ["a", "<b>", "c"], 2))
    assert re.findall(r'href="(#formula-\d)"', svg) == ["#formula-0", "#formula-1", "#formula-2"]
    assert svg.count('class="ring"') == 1
    assert 'aria-label="&lt;b&gt;"' in svg
    assert "nan" not in svg
    heights = [float(h) for h in re.findall(r'class="dot" cx="[\d.]+" cy="([\d.]+)"', svg)]
    assert heights == sorted(heights)
    zero = float(re.search(r'y="([\d.]+)" text-anchor="end">≈ 0<', svg)[1])
    assert zero == pytest.approx(heights[-1], abs=5)  # the text's base line


def test_only_an_exact_fit_has_a_tick_at_zero():
    assert "≈ 0" not in str(front_chart([1, 3], [4.0, 1e-3], [5.0, 2e-3], ["a", "b"], 1))


def test_a_front_of_one():
    assert "nan" not in str(front_chart([1], [0.0], [np.nan], ["only"], 0))


def test_bars():
    assert str(bars([0, 3, 1], "x")).count("h31.4") == 2


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-1234.56, "−1235"),
        (1e6, "1×10⁶"),
        (5.145e4, "51450"),
        (-1.5e-9, "−1.5×10⁻⁹"),
        (np.inf, ""),
    ],
)
def test_numerals(number, text):
    assert numeral(number, 4) == text
