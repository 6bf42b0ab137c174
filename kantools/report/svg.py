"""A matplotlib figure as SVG inside a page, in the page's colours."""

import io
import re
from dataclasses import fields
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["as_svg"]

PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
STYLED = re.compile(r' style="[^"]*"')
PIXELS = 96 / 72  # a point
#: What matplotlib writes that would reach beyond its drawing, or is of no use in a page.
COMMENT = re.compile(r"<!--.*?-->|<style[^>]*>.*?</style>", re.DOTALL)


def as_svg(figure: "Figure", title: str, name: str) -> Markup:
    """The figure in its light theme, every colour of the theme replaced by the page's variable of its name.

    Parameters
    ----------
    figure : Figure
    title : str
        What a screen reader says of it.
    name : str
        In front of the identifiers in the drawing, which are unique in a page.
    """
    text = _colours_named(_svg(figure))
    text = _identified(text, name)
    opening = Markup('<svg class="drawing" style="max-width: {:.0f}px" role="img" aria-label="{}" ').format(
        _width(text), title
    )
    return Markup(str(opening) + text.removeprefix("<svg "))


def _identified(text: str, name: str) -> str:
    """The identifiers that something refers to, with the drawing's name in front; the others are left out."""
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    text = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", text)
    return re.sub(r'( id="|href="#|url\(#)', rf"\g<1>{name}-", text)


def _width(text: str) -> float:
    """Of a drawing in its natural size: SVG's points as the pixels of a page."""
    viewed = re.search(r'viewBox="0 0 ([\d.]+) ', text)
    return 0.0 if viewed is None else float(viewed[1]) * PIXELS


def _svg(figure: "Figure") -> str:
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "kantools"}):
        figure.savefig(buffer, format="svg", bbox_inches="tight", transparent=True, metadata={"Date": None})
    text = COMMENT.sub("", METADATA.sub("", PROLOGUE.sub("", buffer.getvalue())))
    head, _, body = text.partition(">")
    head = re.sub(r'\s(width|height|version|xmlns(:\w+)?)="[^"]*"', "", head)
    return f"{head}>{body}".replace("xlink:href", "href").strip()


def _colours_named(text: str) -> str:
    from kantools.plots.style import style

    look = style("light")
    names = {getattr(look, f.name): f"var(--{f.name})" for f in fields(look)}
    colour = re.compile("|".join(names))
    return STYLED.sub(lambda found: colour.sub(lambda c: names[c[0]], found[0]), text)
