"""What a learned curve could be: primitives drawn through it, the likeliest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from kantools.activation import Activation, Edge
from kantools.steering.sparkline import sparkline
from kantools.symbolic.curves.affine import AffineFit, affine_fits
from kantools.symbolic.primitive import Primitive

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Suggestion", "Suggestions", "suggest"]

POINTS = 40
"""Of a curve that are compared: it errs in waves as long as its intervals, and more points would count as
more evidence."""


@dataclass(frozen=True, eq=False)
class Suggestion:
    """A primitive where it fits a learned curve best.

    Attributes
    ----------
    edge : Edge
    fit : AffineFit
        ``c f(a x + b) + d`` with its misfit and score.
    x, learned : ndarray, shape (points,)
        The curve.
    """

    edge: Edge
    fit: AffineFit
    x: np.ndarray
    learned: np.ndarray

    @property
    def name(self) -> str:
        return self.fit.primitive.name

    @property
    def error(self) -> float:
        """Root mean square misfit relative to the curve's own spread."""
        return self.fit.error

    @property
    def complexity(self) -> int:
        return self.fit.primitive.complexity

    @property
    def score(self) -> float:
        """Misfit and length in nats; smaller is better."""
        return self.fit.score

    @property
    def fitted(self) -> np.ndarray:
        """The primitive's curve at ``x``, for a preview beside ``learned``."""
        return self.fit.evaluate(self.x)

    @property
    def text(self) -> str:
        """With its numbers, of the edge's own input ``x``: ``2.0*sin(3.142*x)``."""
        return str(self.fit.expr)

    def cells(self) -> Iterator[str]:
        """As a row of HTML, the fitted curve (blue) on the learned one (grey) last."""
        texts = (self.name, f"{self.error:.1e}", f"{self.score:.1f}", self.text)
        yield from (f"<td>{escape(text)}</td>" for text in texts)
        yield f"<td>{sparkline(self.x, self.learned, self.fitted)}</td>"


@dataclass(frozen=True, eq=False)
class Suggestions:
    """Suggestions for one edge, the likeliest first; a sequence."""

    entries: tuple[Suggestion, ...]

    def __iter__(self) -> Iterator[Suggestion]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, place: int) -> Suggestion:
        return self.entries[place]

    def frame(self) -> "pd.DataFrame":
        """One row a suggestion."""
        import pandas as pd

        heads = ("name", "error", "complexity", "score", "text")
        return pd.DataFrame({head: [getattr(s, head) for s in self] for head in heads})

    def __repr__(self) -> str:
        wide = max((len(s.name) for s in self), default=0)
        return "\n".join(
            f"{s.name:{wide}}  error {s.error:.1e}  score {s.score:8.1f}  {s.text}" for s in self
        )

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{head}</th>" for head in ("function", "error", "score", "numbers", "curve"))
        rows = "".join(f"<tr>{''.join(s.cells())}</tr>" for s in self)
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def suggest(
    activation: Activation, primitives: Sequence[Primitive], resolution: float, most: int
) -> Suggestions:
    """Draw every primitive through a learned curve.

    Parameters
    ----------
    activation : Activation
    primitives : sequence of Primitive
    resolution : float
        How well the curve is known, relative to its spread: better fits count as equal, and the shorter wins.
    most : int
        How many to return.
    """
    fits = affine_fits(activation.x, activation.y, primitives, resolution=resolution, points=POINTS)
    made = (Suggestion(activation.edge, fit, activation.x, activation.y) for fit in fits[:most])
    return Suggestions(tuple(made))
