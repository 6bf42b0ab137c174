"""Figures: what is asked for is drawn, inside the canvas, and nothing else is touched."""

import dataclasses
import io
import re

import matplotlib
import numpy as np
import pytest
import sympy
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from kantools.activation import Activation, Activations, Edge
from kantools.plots import curve, front, network_diagram, parity, residuals
from kantools.plots.labels import (
    displayed,
    height_of,
    in_signs,
    name_text,
    right_side,
    short,
    typeset,
    width_of,
)
from kantools.plots.layout import lay_out
from kantools.plots.scale import number_plainly
from kantools.plots.style import STYLES
from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.formula import Constant, Formula
from kantools.table import Table
from tests.kantools.plots.subjects import SUBJECTS

HARD_NAMES = (
    "flow rate",
    "a_b%",
    "lambda",
    "$x$",
    "a$b",
    "x^2",
    "Δt",
    "{brace",
    "back\\slash",
    "#1 & co",
    "_",
)


def law(text: str = "a*u", columns: tuple[str, ...] = ("u",), target: str = "y", **changes: float) -> Formula:
    symbols = dict(zip("uvw", map(sympy.Symbol, columns), strict=False))
    constant = Constant(sympy.Symbol("a"), 1.25, 0.01)
    formula = Formula(
        columns, target, sympy.sympify(text, locals=symbols), (constant,), np.array([[1e-4]]), 0.1, 3
    )
    return dataclasses.replace(formula, **changes)


def table(columns: tuple[str, ...] = ("u",), target: str = "y", sigma: bool = False) -> Table:
    rng = np.random.default_rng(0)
    X = rng.uniform(0.1, 2, (30, len(columns)))
    y = 1.25 * X[:, 0] + 0.01 * rng.normal(size=30)
    return Table(columns, X, target, y, np.full(30, 0.01) if sigma else None)


def save(figure: Figure) -> bytes:
    FigureCanvasAgg(figure)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=60)
    return stream.getvalue()


def drawn(figure: Figure, prefix: str) -> list[str]:
    return [g for a in figure.axes[0].get_children() if (g := a.get_gid()) and g.startswith(prefix)]


def texts_inside(figure: Figure) -> None:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    for ax in figure.axes:
        for text in (*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label):
            box = text.get_window_extent()
            if text.get_text():
                assert box.x0 >= -1 and box.y0 >= -1, text.get_text()  # noqa: PT018
                assert box.x1 <= width + 1 and box.y1 <= height + 1, text.get_text()  # noqa: PT018


def test_every_edge_has_its_curve(network: tuple[Activations, Formula, dict]) -> None:
    activations, formula, snapped = network
    figure = network_diagram(activations, formula, snapped=snapped)
    learned = {
        f"curve {a.edge.layer},{a.edge.source},{a.edge.target}" for a in activations.edges if not a.fixed
    }
    assert set(drawn(figure, "curve")) == learned
    assert len(drawn(figure, "card")) == len(activations.edges)
    assert len(drawn(figure, "snapped")) == len(snapped)
    shown = {t.get_text() for t in figure.axes[0].texts}
    assert {name_text(c) for c in (*activations.columns, formula.target)} <= shown


def test_text_stays_on_the_canvas(network: tuple[Activations, Formula, dict]) -> None:
    activations, formula, snapped = network
    texts_inside(network_diagram(activations, formula, snapped=snapped))


def test_cards_do_not_overlap(network: tuple[Activations, Formula, dict]) -> None:
    activations, _, snapped = network
    layout = lay_out(activations, {edge: label for edge, (_, label) in snapped.items()})
    for i, a in enumerate(layout.cards):
        assert a.x - a.width / 2 > 0
        assert a.x + a.width / 2 < layout.width
        for b in layout.cards[:i]:
            apart = abs(a.x - b.x) >= a.width - 1e-9 or abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-9
            assert apart, (a, b)


def test_diagram_without_formula_on_a_given_figure() -> None:
    x = np.linspace(0, 1, 5)
    dead = Activations(
        ("a", "b"), (((0,), (1,)), ((0,),)), (Activation(Edge(0, 1, 1), x, 0 * x, importance=0.0),)
    )
    figure = Figure(figsize=(3, 6))
    assert network_diagram(dead, figure=figure) is figure
    assert [t.get_text() for t in figure.axes[0].texts] == ["$a$", "$b$", "output"]
    assert save(figure)


def test_a_node_that_nothing_reaches_has_a_place() -> None:
    x = np.linspace(0, 1, 9)
    edges = tuple(Activation(Edge(*edge), x, x) for edge in ((0, 0, 0), (1, 0, 0), (1, 1, 0)))
    drawn = network_diagram(Activations(("a",), (((0,), (1,)), ((0,),)), edges)).axes[0]
    nodes = [line for line in drawn.lines if line.get_gid() == "node"]
    assert len(nodes) == 4


def test_signs_of_a_network_are_scaled_with_it() -> None:
    activations = SUBJECTS["two"].activations
    natural = network_diagram(activations)
    half = Figure(natural.get_size_inches() / 2)
    sizes = [
        {line.get_markersize() for line in figure.axes[0].lines if line.get_gid() == "node"}
        for figure in (natural, network_diagram(activations, figure=half))
    ]
    assert sorted(sizes[1]) == pytest.approx(sorted(size / 2 for size in sizes[0]))


def test_many_long_names_are_broken_and_inside() -> None:
    columns = tuple(f"a rather long name {i}" for i in range(7))
    x = np.linspace(0, 1, 9)
    edges = tuple(Activation(Edge(0, s, 0), x, x**s) for s in range(7))
    texts_inside(network_diagram(Activations(columns, (((0,),),), edges), law("u*a", columns)))


@pytest.mark.parametrize("name", HARD_NAMES)
def test_hard_names_are_drawn_as_they_are(name: str) -> None:
    x = np.linspace(0, 1, 9)
    activations = Activations((name,), (((0,),),), (Activation(Edge(0, 0, 0), x, x**2),))
    formula, data = law("a*u", (name,), name), table((name,), name, sigma=True)
    figure = network_diagram(activations, formula, snapped={Edge(0, 0, 0): (x, name)})
    assert save(figure)
    for draw in (parity, residuals, curve):
        assert save(draw(formula, data).figure)
    assert save(front([formula], formula).figure)


@pytest.mark.parametrize("theme", STYLES)
def test_axes_are_returned_and_themed(theme: str) -> None:
    formula, data = law(), table(sigma=True)
    for draw in (parity, residuals, curve):
        ax = draw(formula, data, theme=theme)
        assert isinstance(ax, Axes)
        assert matplotlib.colors.to_hex(ax.figure.get_facecolor()) == STYLES[theme].paper
        texts_inside(ax.figure)


def test_given_axes_are_drawn_on() -> None:
    formula = law()
    for draw in (parity, residuals, curve):
        ax = Figure().add_subplot()
        assert draw(formula, table(), ax) is ax
    ax = Figure().add_subplot()
    assert front([formula], formula, ax) is ax


def test_parity_tells_how_good_the_fit_is() -> None:
    ax = parity(law(), table())
    assert "R^2$ = 1 − " in ax.texts[0].get_text()
    assert "rms = 0.00" in ax.texts[0].get_text()


def test_parity_and_residuals_survive_constant_and_missing_values() -> None:
    data = dataclasses.replace(table(), y=np.full(30, 2.0))
    for formula in (law("2 + 0*a*u"), law("a*log(u - 1)")):
        for draw in (parity, residuals):
            assert save(draw(formula, data).figure)


def test_curve_has_a_band_and_logarithmic_axes_over_decades(kepler: tuple[Formula, Table]) -> None:
    formula, data = kepler
    ax = curve(formula, data)
    assert len(ax.collections) >= 2
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert curve(law(), table()).get_xscale() == "linear"


def test_curve_is_for_one_input() -> None:
    with pytest.raises(ValueError, match=r"over one column; this table has \['u', 'v'\]. Draw parity"):
        curve(law("a*u", ("u", "v")), table(("u", "v")))


def test_front_marks_the_chosen_and_writes_formulas_out() -> None:
    formulas = [law(complexity=i + 1, loss=10.0**-i) for i in range(20)]
    formulas[-1] = law(complexity=30, loss=0.0)
    figure = front(formulas, formulas[7]).figure
    ax = figure.axes[0]
    assert 12 <= len(ax.texts) <= 13
    (chosen,) = [line for line in ax.lines if line.get_label() == "chosen"]
    assert chosen.get_ydata() == [1e-7]
    texts_inside(figure)


def test_an_unknown_theme_is_named() -> None:
    with pytest.raises(ValueError, match='did you mean "dark"'):
        parity(law(), table(), theme="darc")  # type: ignore[arg-type]


def test_long_formulas_are_broken_or_cut() -> None:
    long = law("+".join(f"a*sin({i}*u)" for i in range(1, 30)))
    text, size = typeset(long, 4.0)
    assert "\n" in text
    assert size == 7
    assert short(long, 3.0, 9).endswith("…")
    assert typeset(law(), 4.0) == (f"${law().latex()}$", 11)


@pytest.mark.parametrize(
    "text", ["a*u/sqrt(1-u**2)", "abs(u)*sign(u)+tanh(u)", "a**u*log(u)", "asin(u)+acosh(u)"]
)
def test_latex_of_formulas_can_be_typeset(text: str) -> None:
    formula = law(text, ("flow rate",))
    assert typeset(formula, 9.0)[0].replace("dfrac", "frac") == f"${EXPORTERS['latex'](formula)}$"


def test_a_word_is_broken_only_where_it_has_no_room() -> None:
    """Three words of ten letters stand side by side, and three of 18 do not."""
    for word, whole in (("isopentane", True), ("isobutyronitrilene", False)):
        columns = tuple(f"{word[:-1]}{k}" for k in range(3))
        x = np.linspace(0, 1, 9)
        edges = tuple(Activation(Edge(0, k, 0), x, x) for k in range(3))
        figure = network_diagram(Activations(columns, (((0,),),), edges))
        texts = [t.get_text() for t in figure.axes[0].texts]
        assert (set(columns) <= set(texts)) is whole
        texts_inside(figure)


def test_powers_that_are_no_whole_numbers_keep_all_their_digits() -> None:
    assert in_signs("r**1.989 + s**12.5 + t**-2") == "r^1.989 + s^12.5 + t⁻²"


def test_a_quotient_is_as_large_as_what_stands_beside_it() -> None:
    """In matplotlib the text of ``frac`` is smaller than that of the sum it stands in."""
    quotient = law("a/(u + v)", ("length", "width"))
    text, size = typeset(quotient, 4.0)
    assert height_of(text, size) > 1.15 * height_of(f"${quotient.latex()}$", size)
    assert right_side(quotient, 4.0, 9).startswith(r"$\dfrac")


@pytest.mark.parametrize("text", ["exp(-u**(1/(v + a)))", "sqrt(u/v)**(1/u)", "a*exp(u/v/a)/sin(u/(v+1))"])
def test_what_is_raised_is_not_as_large(text: str) -> None:
    """A fraction is full only outside of exponents, and what comes of it can still be typeset."""
    latex = displayed(law(text, ("u", "v")).latex())
    assert all(r"\dfrac" not in power for power in re.findall(r"\^\{((?:[^{}]|\{[^{}]*\})*)\}", latex))
    assert width_of(f"${latex}$", 9) < float("inf")


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [((2, 130), ["2", "5", "10", "20", "50", "100"]), ((1, 9000), ["1", "10", "100", "1000"])],
)
def test_a_logarithmic_axis_has_numbers_to_read_off(ends: tuple[int, int], ticks: list[str]) -> None:
    ax = Figure().add_subplot()
    ax.set(xscale="log", xlim=ends, yscale="log", ylim=(1e-9, 1))
    number_plainly(ax)
    shown = [t.get_text() for t in ax.get_xticklabels() if ends[0] <= t.get_position()[0] <= ends[1]]
    assert shown == ticks
    assert not any(t.get_text() for t in ax.get_xticklabels(minor=True))
    assert "10" in ax.get_yticklabels()[0].get_text()  # over nine decades they are powers of ten
