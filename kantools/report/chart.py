"""Charts of a report: small SVG that takes its colours and type from the page, light or dark.

A cloud of points is one path of dots, some ten bytes a point, so that a page with the residuals of a dozen
formulas stays small.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup

from kantools.report.axis import Axis, axis, log_axis

__all__ = ["Frame", "bars", "chart", "dots", "front_chart", "scatter"]

Array = np.ndarray
MOST_POINTS = 1500
#: So few points are drawn larger, and so many smaller.
FEW, MANY = 60, 500
#: A positive column that spans more than this factor is drawn on a logarithmic axis.
WIDE = 300.0
#: Ticks that are closer, as a share of the axis, would touch.
CLOSE = 0.07


@dataclass(frozen=True)
class Frame:
    """Two axes in a box of the given size in user units, with room for labels."""

    x: Axis
    y: Axis
    width: float = 360.0
    height: float = 250.0
    left: float = 58.0
    bottom: float = 42.0
    top: float = 10.0
    right: float = 12.0

    def across(self, values: Array | float) -> Array:
        return self.left + self.x.place(values) * (self.width - self.left - self.right)

    def up(self, values: Array | float) -> Array:
        return self.height - self.bottom - self.y.place(values) * (self.height - self.bottom - self.top)


def scatter(
    x: Array,
    y: Array,
    labels: tuple[str, str],
    title: str,
    *,
    kept: Iterable[int] = (),
    band: float = 0.0,
    diagonal: bool = False,
    curve: tuple[Array, Array] | None = None,
    error: Array | None = None,
) -> Markup:
    """Points over two columns.

    Parameters
    ----------
    x, y : ndarray, shape (rows,)
    labels : (str, str)
        Below and to the left.
    title : str
        What a screen reader says of it.
    kept : iterable of int
        Rows that are marked, and drawn however many there are.
    band : float
        Half width of a band around zero; the axis is then symmetric.
    diagonal : bool
        Draw the line on which both are equal, and give both axes the same range.
    curve : (ndarray, ndarray), optional
        A line through the points.
    error : ndarray, shape (rows,), optional
        Half length of a bar at each point.
    """
    frame = _frame(x, y, band=band, diagonal=diagonal, curve=curve)
    parts = [_band(frame, band), _diagonal(frame) if diagonal else "", _bars_of_error(frame, x, y, error)]
    marked = np.zeros(len(x), dtype=bool)
    marked[list(kept)] = True
    drawn = _thinned(len(x), marked)
    if curve is not None:
        parts.append(_line(frame, *curve))
    kind = "points few" if len(x) <= FEW else "points many" if len(x) > MANY else "points"
    parts.append(dots(frame, x[drawn & ~marked], y[drawn & ~marked], kind))
    parts.append(dots(frame, x[marked], y[marked], f"{kind} outlying"))
    return chart(frame, Markup("").join(parts), labels, title)


def _frame(x: Array, y: Array, *, band: float, diagonal: bool, curve: tuple[Array, Array] | None) -> Frame:
    if diagonal:
        both = _axis_of(np.concatenate([x, y]))
        return Frame(both, both)
    if band:
        return Frame(_axis_of(x), axis(np.append(y, [-1.1 * band, 1.1 * band]), symmetric=True))
    return Frame(_axis_of(x), _axis_of(y if curve is None else np.concatenate([y, curve[1]])))


def _axis_of(values: Array) -> Axis:
    finite = values[np.isfinite(values)]
    if len(finite) and finite.min() > 0 and finite.max() > WIDE * finite.min():
        return log_axis(finite)
    return axis(values)


def _thinned(count: int, marked: Array) -> Array:
    drawn = marked.copy()
    drawn[:: 1 + count // MOST_POINTS] = True
    return drawn


def dots(frame: Frame, x: Array, y: Array, kind: str) -> Markup:
    """A path of dots; points that fall on the same tenth of a unit are one."""
    there = np.isfinite(x) & np.isfinite(y)
    places = np.stack([frame.across(x[there]), frame.up(y[there])], axis=1).round(1)
    places = np.unique(places[np.isfinite(places).all(axis=1)], axis=0)
    path = "".join(f"M{a:g} {b:g}h0" for a, b in places)
    return Markup('<path class="{}" d="{}"/>').format(kind, path) if path else Markup("")


def _line(frame: Frame, x: Array, y: Array) -> Markup:
    """A line, broken where there is no value or it leaves the frame."""
    across, up = frame.across(x), frame.up(y)
    inside = np.isfinite(up) & (up > 0) & (up < frame.height - frame.bottom + 1)
    pen, path = "M", ""
    for a, b, ok in zip(across, up, inside, strict=True):
        path += f"{pen}{a:.1f} {b:.1f}" if ok else ""
        pen = "L" if ok else "M"
    return Markup('<path class="curve" d="{}"/>').format(path)


def _bars_of_error(frame: Frame, x: Array, y: Array, error: Array | None) -> Markup:
    if error is None or len(x) > MOST_POINTS:
        return Markup("")
    ends = zip(frame.across(x), frame.up(y - error), frame.up(y + error), strict=True)
    path = "".join(
        f"M{a:.1f} {low:.1f}V{high:.1f}" for a, low, high in ends if np.isfinite([low, high]).all()
    )
    return Markup('<path class="error" d="{}"/>').format(path)


def _band(frame: Frame, half: float) -> Markup:
    if not half:
        return Markup("")
    top, bottom = float(frame.up(half)), float(frame.up(-half))
    width = frame.width - frame.left - frame.right
    box = Markup('<rect class="band" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
    return box.format(frame.left, top, width, bottom - top) + _rule(frame, 0.0)


def _rule(frame: Frame, height: float) -> Markup:
    y = float(frame.up(height))
    return Markup('<path class="rule" d="M{:.1f} {:.1f}H{:.1f}"/>').format(
        frame.left, y, frame.width - frame.right
    )


def _diagonal(frame: Frame) -> Markup:
    ends = np.array([frame.x.low, frame.x.high])
    (a, b), (c, d) = frame.across(ends), frame.up(ends)
    return Markup('<path class="rule" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>').format(a, c, b, d)


def chart(frame: Frame, content: Markup, labels: tuple[str, str], title: str, *, role: str = "img") -> Markup:
    """The content between axes."""
    return Markup('<svg class="chart" viewBox="0 0 {:g} {:g}" role="{}" aria-label="{}">{}{}</svg>').format(
        frame.width, frame.height, role, title, _axes(frame, labels), content
    )


def _axes(frame: Frame, labels: tuple[str, str]) -> Markup:
    base, end = frame.height - frame.bottom, frame.width - frame.right
    parts = [Markup('<path class="grid" d="{}"/>').format(_grid(frame))]
    parts += (_text(float(frame.across(n)), base + 17, t, "middle") for n, t in frame.x.ticks)
    parts += (_text(frame.left - 7, float(frame.up(n)) + 4, t, "end") for n, t in frame.y.ticks)
    parts.append(_text((frame.left + end) / 2, frame.height - 5, labels[0], "middle", "label"))
    middle = (frame.top + base) / 2
    turned = Markup(
        '<text class="label" text-anchor="middle" transform="translate(12 {:.1f}) rotate(-90)">{}</text>'
    )
    parts.append(turned.format(middle, _shortened(labels[1], 34)))
    return Markup("").join(parts)


def _grid(frame: Frame) -> str:
    base, end = frame.height - frame.bottom, frame.width - frame.right
    lines = [f"M{frame.left:.1f} {float(frame.up(n)):.1f}H{end:.1f}" for n, _ in frame.y.ticks]
    ticks = [f"M{float(frame.across(n)):.1f} {base:.1f}v4" for n, _ in frame.x.ticks]
    return "".join([*lines, *ticks, f"M{frame.left:.1f} {base:.1f}H{end:.1f}"])


def _text(x: float, y: float, text: str, anchor: str, kind: str = "tick") -> Markup:
    cut = _shortened(text, 44)
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        kind, x, y, anchor, cut
    )


def _shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def bars(counts: Iterable[int], title: str) -> Markup:
    """A histogram without axes, as small as a word."""
    counts = list(counts)
    most, width = max(counts) or 1, 96 / len(counts)
    path = "".join(
        f"M{k * width:.1f} 26h{width - 0.6:.1f}v{-24 * count / most:.1f}h{0.6 - width:.1f}z"
        for k, count in enumerate(counts)
        if count
    )
    return Markup(
        '<svg class="bars" viewBox="0 0 96 27" role="img" aria-label="{}">'
        '<path d="{}M0 26.5h96v.5h-96z"/></svg>'
    ).format(title, path)


def front_chart(
    complexity: Sequence[int],
    loss: Sequence[float],
    held_out: Sequence[float],
    names: Sequence[str],
    chosen: int,
) -> Markup:
    """The loss of each formula over its length; each point is a link to ``#formula-k``.

    A loss of zero, or below the rounding error of the largest, stands at the bottom, at a tick of its own.
    """
    losses, floor = _drawable(np.array(loss, dtype=float))
    others = np.array(held_out, dtype=float)
    others = np.where(np.isfinite(others) & (others > 0), np.maximum(others, losses.min()), np.nan)
    every = np.concatenate([losses, others[np.isfinite(others)]])
    rising = log_axis(every) if floor is None else _with_zero(log_axis(every), floor)
    frame = Frame(axis(np.array(complexity, dtype=float), margin=0.07, whole=True), rising, 410.0, 300.0)
    steps = _steps(frame, np.array(complexity, dtype=float), losses)
    points = Markup("").join(
        _point(frame, k, c, y, o, name, k == chosen)
        for k, (c, y, o, name) in enumerate(zip(complexity, losses, others, names, strict=True))
    )
    labels = ("complexity (symbols, numbers, operations)", "loss")
    return chart(
        frame, steps + points, labels, "The front: the loss of each formula over its length", role="group"
    )


def _drawable(losses: Array) -> tuple[Array, float | None]:
    """Positive numbers for a logarithmic axis, and which of them stands for zero, if one does."""
    finite = losses[np.isfinite(losses)]
    least = max(float(finite.max(initial=0)) * 1e-30, 1e-300)
    positive = finite[finite > least]
    floor = float(positive.min()) / 10 if len(positive) and len(positive) < len(losses) else least
    exact = ~(losses > least)
    return np.where(exact, floor, losses), floor if exact.any() else None


def _with_zero(rising: Axis, floor: float) -> Axis:
    """The axis with a tick for what stands for zero, and without those that would be too close to it."""
    kept = (tick for tick in rising.ticks if abs(rising.place(tick[0]) - rising.place(floor)) > CLOSE)
    return replace(rising, ticks=((floor, "≈ 0"), *kept))


def _steps(frame: Frame, x: Array, y: Array) -> Markup:
    across, up = frame.across(x), frame.up(y)
    path = f"M{across[0]:.1f} {up[0]:.1f}" + "".join(
        f"H{a:.1f}V{b:.1f}" for a, b in zip(across[1:], up[1:], strict=True)
    )
    return Markup('<path class="steps" d="{}"/>').format(path)


def _point(
    frame: Frame, k: int, complexity: int, loss: float, other: float, name: str, chosen: bool
) -> Markup:
    x, y = float(frame.across(complexity)), float(frame.up(loss))
    held = ""
    if np.isfinite(other):
        held = Markup('<path class="held" d="M{:.1f} {:.1f}V{:.1f}m-4 0h8"/>').format(
            x, y, float(frame.up(other))
        )
    ring = Markup('<circle class="ring" cx="{:.1f}" cy="{:.1f}" r="12"/>').format(x, y) if chosen else ""
    return Markup(
        '<a class="point" href="#formula-{}" data-formula="{}" aria-label="{}"><title>{}</title>'
        '{}{}<circle class="target" cx="{:.1f}" cy="{:.1f}" r="14"/>'
        '<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="6"/></a>'
    ).format(k, k, name, name, held, ring, x, y, x, y)
