"""Colours: read as text on their background, and told apart by eyes of every kind."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from kantools.plots.importance import contrast
from kantools.plots.style import STYLES, settings

#: Machado, Oliveira and Fernandes, IEEE Trans. Vis. Comput. Graph. 15 (2009) 1291: matrices of the severest
#: deficiency, for linear RGB, as the paper's companion page tabulates them.
EYES = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
#: A difference that is seen at a glance, side by side or not; 2.3 is just noticeable.
APART = 15.0


def lab(color: str, eye: str) -> np.ndarray:
    """CIELAB (D65) of a colour as an eye sees it."""
    c = np.array(to_rgb(color))
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(EYES[eye]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    t = xyz / [0.9505, 1.0, 1.089]
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, eye: str) -> float:
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", STYLES)
def test_colours_of_curves_are_told_apart(theme: str, eye: str) -> None:
    look = STYLES[theme]
    for one, other in combinations((look.model, look.accent, look.good), 2):
        assert difference(one, other, eye) > APART, (one, other)


def test_the_simulated_eye_is_colour_blind() -> None:
    """A red and a green of one lightness, which a deuteranope takes for each other."""
    red, green = "#c05000", "#808000"
    assert difference(red, green, "normal") > 40
    assert difference(red, green, "deuteranopia") < APART
    assert difference("#000000", "#ffffff", "normal") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("theme", STYLES)
def test_text_is_readable_on_paper_and_cards(theme: str) -> None:
    look = STYLES[theme]
    for text in (look.ink, look.muted, look.data, look.model, look.accent, look.good):
        for background in (look.paper, look.card):
            assert contrast(to_rgb(text), to_rgb(background)) >= 4.5, (text, background)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(to_rgb("#777777"), (1, 1, 1)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", STYLES)
def test_a_theme_colours_everything_that_is_written(theme: str) -> None:
    look, told = STYLES[theme], settings(STYLES[theme])
    assert {told[k] for k in ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")} == {look.ink}
