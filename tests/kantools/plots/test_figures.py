"""What every figure keeps to: it draws where it is told, in its theme, inside of the canvas, legibly."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
import sympy
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from kantools.errors import SettingError
from kantools.plots import FIGURES, Subject
from kantools.plots.importance import contrast
from kantools.plots.style import STYLES
from tests.kantools.plots.subjects import SUBJECTS

DRAWN = [(k, n) for k in FIGURES for n in SUBJECTS if k != "curve" or n == "one"]
Drawn = dict[Text, tuple[float, float, float, float]]


def drawn_texts(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Every text that is drawn, with its box in dots."""
    found: Drawn = {}
    draw = Text.draw

    def watched(text: Text, renderer: object) -> None:
        draw(text, renderer)
        if text.get_visible() and text.get_text().strip():
            found[text] = Text.get_window_extent(text, renderer).extents

    monkeypatch.setattr(Text, "draw", watched)
    FigureCanvasAgg(figure).draw()
    return found


@cache
def figure_of(kind: str, name: str, theme: str = "light") -> Figure:
    return FIGURES[kind].draw(SUBJECTS[name], theme=theme)


@pytest.fixture(params=DRAWN, ids="-".join)
def figure(request: pytest.FixtureRequest) -> Figure:
    return figure_of(*request.param)


def test_text_is_on_the_canvas_and_beside_other_text(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = drawn_texts(figure, monkeypatch)
    width, height = figure.canvas.get_width_height()
    assert texts
    for text, (left, bottom, right, top) in texts.items():
        inside = left >= -1 and bottom >= -1 and right <= width + 1 and top <= height + 1
        assert inside, f"{text.get_text()!r} is cut off"
    for one, other in combinations(texts, 2):
        assert not overlap(texts[one], texts[other]), f"{one.get_text()!r} on {other.get_text()!r}"


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes share more than a rim of two dots."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 2 and tall > 2


def test_overlaps_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = Figure()
    for x in (0.5, 0.51, 0.99):
        figure.text(x, 0.5, "text")
    boxes = list(drawn_texts(figure, monkeypatch).values())
    assert overlap(boxes[0], boxes[1])
    assert not overlap(boxes[0], boxes[2])
    assert boxes[2][2] > figure.canvas.get_width_height()[0]


@pytest.mark.parametrize("kind", FIGURES)
def test_dark_is_dark(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    figure, look = figure_of(kind, "one", "dark"), STYLES["dark"]
    assert to_hex(figure.get_facecolor()) == look.paper
    cells = {to_rgb(p.get_facecolor()) for p in figure.axes[0].patches} if kind == "importance" else set()
    for text in drawn_texts(figure, monkeypatch):
        behind = {to_rgb(look.paper), to_rgb(look.card), *cells}
        assert max(contrast(to_rgb(text.get_color()), b) for b in behind) >= 4.5, text.get_text()


def test_numbers_stand_out_from_their_cells() -> None:
    for theme in STYLES:
        ax = figure_of("importance", "nine", theme).axes[0]
        for cell, text in zip(ax.patches, ax.texts, strict=True):
            assert contrast(to_rgb(text.get_color()), to_rgb(cell.get_facecolor())) >= 4.5


@pytest.mark.parametrize("kind", FIGURES)
def test_it_draws_where_it_is_told(kind: str) -> None:
    where = "ax" if "ax" in FIGURES[kind].options else "figure"
    figure = Figure(figsize=(6, 6), layout="constrained" if kind != "network" else None)
    place: Axes | Figure = figure.add_subplot() if where == "ax" else figure
    assert FIGURES[kind].draw(SUBJECTS["one"], **{where: place}) is figure
    assert (place.has_data() if where == "ax" else len(figure.axes)) > 0


@pytest.mark.parametrize("kind", FIGURES)
@pytest.mark.parametrize("width", ["single", "double"])
def test_it_is_as_wide_as_a_column(kind: str, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    subject, wanted = SUBJECTS["one" if kind == "curve" else "two"], {"single": 3.54, "double": 7.48}[width]
    if FIGURES[kind].rigid and width == "single":
        with pytest.raises(
            SettingError, match=f'"{kind}" can be read from 7.48 inches on; got a width of 3.54'
        ):
            FIGURES[kind].draw(subject, width=width)
        return
    figure = FIGURES[kind].draw(subject, width=width)
    texts = drawn_texts(figure, monkeypatch)
    assert figure.get_figwidth() == wanted
    right = figure.canvas.get_width_height()[0]
    assert all(box[0] >= -1 and box[2] <= right + 1 for box in texts.values())
    assert not any(overlap(texts[a], texts[b]) for a, b in combinations(texts, 2))


def test_a_width_is_refused_where_it_means_nothing() -> None:
    with pytest.raises(SettingError, match='A width is "single", "double" or inches; got \'tripel\''):
        FIGURES["parity"].draw(SUBJECTS["one"], width="tripel")
    with pytest.raises(SettingError, match=r"A width is that of a new figure; got ax or figure too\."):
        FIGURES["parity"].draw(SUBJECTS["one"], width="single", ax=Figure().add_subplot())


@pytest.mark.parametrize("kind", FIGURES)
def test_what_a_model_lacks_is_said(kind: str) -> None:
    with pytest.raises(SettingError, match=f'The figure "{kind}" needs .*\\. [A-Z]'):
        FIGURES[kind].draw(Subject())


@pytest.mark.parametrize("kind", FIGURES)
def test_an_unknown_option_and_theme_are_named(kind: str) -> None:
    with pytest.raises(SettingError, match=f'"{kind}" has no option "them"; did you mean "theme"'):
        FIGURES[kind].draw(SUBJECTS["one"], them="dark")
    with pytest.raises(ValueError, match='no theme "darc"; did you mean "dark"'):
        FIGURES[kind].draw(SUBJECTS["one"], theme="darc")


@pytest.mark.parametrize("kind", FIGURES)
def test_rows_without_a_value_do_not_matter(kind: str) -> None:
    """A formula may have no real value at some rows."""
    one = SUBJECTS["one"]
    broken = replace(one.formula, template=sympy.log(sympy.Symbol("x") - 1))
    figure = FIGURES[kind].draw(replace(one, model=broken, formula=broken, front=(broken,)))
    FigureCanvasAgg(figure).draw()


def lines(figure: Figure, label: str) -> Iterator[np.ndarray]:
    return (line.get_xydata() for ax in figure.axes for line in ax.lines if line.get_label() == label)


def test_refinements_and_held_out_rows_are_marked() -> None:
    figure = figure_of("history", "one")
    names = ("trained on", "held out", "best on these", "grid refined")
    trained, held, best, refined = (next(lines(figure, name)) for name in names)
    assert trained[:, 0].tolist() == [0, 1, 2, 3, 3, 4, 5]
    assert held[:, 0].tolist() == [1, 2, 3, 5]
    assert best.tolist() == [[5, 6e-3]]
    assert refined[0, 0] == 3


def test_partial_residuals_lie_on_the_curve_where_the_model_is_right() -> None:
    one = SUBJECTS["two"]
    exact = replace(one.table, y=one.formula.predict(one.table.X), sigma=None)
    for ax in FIGURES["dependence"].draw(replace(one, table=exact)).axes:
        (curve,) = [line.get_xydata() for line in ax.lines if line.get_label() == "model, on average"]
        points = ax.containers[0].lines[0].get_xydata()
        on_it = np.interp(points[:, 0], curve[:, 0], curve[:, 1])
        assert np.allclose(points[:, 1], on_it, atol=0.01 * np.ptp(curve[:, 1]))


@pytest.mark.parametrize("kind", ["curve", "history"])
def test_the_legend_hides_nothing(kind: str) -> None:
    """Wherever the data are, they are not below the legend."""
    figure = figure_of(kind, "one")
    FigureCanvasAgg(figure).draw()
    (ax,) = figure.axes
    assert not ax.get_legend().get_window_extent().overlaps(ax.get_window_extent())


def test_the_output_of_a_network_has_the_name_of_the_target() -> None:
    two = replace(SUBJECTS["two"], formula=None)
    named = FIGURES["network"].draw(replace(two, outputs=("energy",)))
    assert "energy" in {t.get_text() for t in named.axes[0].texts}
    for targets in (None, ("one", "too many")):
        texts = {t.get_text() for t in FIGURES["network"].draw(replace(two, outputs=targets)).axes[0].texts}
        assert "output" in texts


def test_fractions_in_the_tree_are_large_enough_to_read() -> None:
    texts = [t.get_text() for t in figure_of("tree", "two").axes[0].texts if t.get_gid() == "formula"]
    assert any("/" in text for text in texts)
    assert not any("frac" in text for text in texts)


def test_the_tree_tells_the_way_to_the_chosen_formula() -> None:
    texts = [t.get_text() for t in figure_of("tree", "two").axes[0].texts]
    way = ["table", "energy of theta_1, flow rate", "energy of theta_1/flow rate", "one curve"]
    at = [next(i for i, t in enumerate(texts) if t.startswith(w)) for w in way]
    assert at == sorted(at)
    assert texts.index("← chosen") > at[-1]
    assert "and 6 more hypotheses" in texts
    assert {"left", "contradicted", "training failed", "entered"} <= set(texts)
