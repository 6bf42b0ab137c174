"""The pictures of the documentation, drawn by the project itself: ``python docs/make_images.py``.

With the names of figures only those: ``python docs/make_images.py tree dependence``.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from kantools import SymbolicRegressor, load
from kantools.activation import Activation, Activations, Edge
from kantools.datasets import problem
from kantools.datasets.problem import Problem
from kantools.network import KAN, refine
from kantools.network.observe import observe
from kantools.plots import FIGURES, Subject, network_diagram
from kantools.plots.style import STYLES
from kantools.symbolic import refit
from kantools.symbolic.examine.rivals import rivals
from kantools.symbolic.fit.data import data_of
from kantools.table import Table
from kantools.training import train

FOLDER = Path(__file__).resolve().parent / "images"
COLORS = 64  # of a picture's palette: text and lines need few
WIDEST = 860  # dots
HELLO = Problem(
    "hello", "hello", "f", "exp(sin(pi*x) + y**2)", ("x", "y"), (-1.0, -1.0), (1.0, 1.0), "this file"
)


def coulomb() -> Table:
    """Coulomb's law in 120 rows with errors of 5 % of the force's root mean square, which are known."""
    table = problem("I.12.2").sample(120, noise=0.05, seed=0)
    return replace(table, sigma=np.full(table.rows, 0.05 * np.sqrt(np.mean(table.y**2))))


@cache
def found(name: str) -> SymbolicRegressor:
    """A model of a law, or of measurements."""
    tables: dict[str, Callable[[], Table]] = {
        "hello": lambda: HELLO.sample(1000, seed=0),
        "refraction": lambda: problem("I.26.2").sample(300, seed=0),
        "coulomb": coulomb,
        "ohm": lambda: load("ohm"),
    }
    return SymbolicRegressor(time_limit=60, random_state=0).fit_table(tables[name]())


@cache
def trained() -> Subject:
    """A network whose grid was refined twice, with a fifth of the rows held out."""
    rng = np.random.default_rng(0)
    X = rng.uniform(-1, 1, (300, 2))
    y = np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2) + 0.005 * rng.normal(size=300)
    network, course = KAN([2, 3, 1], intervals=3, seed=0), []
    for intervals in (3, 6, 12):
        if course:
            refine(network, X, intervals, y)
        course.append(train(network, X, y, validation=0.2, max_iterations=30, seed=0))
    return Subject(activations=observe(network, X, ("x", "y")), history=course)


def tied() -> Subject:
    """Forbes' pressures as a power, and what fits as well: a line, and an exponential of a reciprocal."""
    table = load("forbes")
    forms = ("a*boiling_point**b", "a + b*boiling_point", "a*exp(-b/(boiling_point + 459.67))")
    power, *others = (refit(form, table) for form in forms)
    return Subject(formula=power, rivals=rivals(power, others, data_of(table)), table=table)


def dense() -> Activations:
    """All edges of a network ``[10, 10, 5, 1]``, with curves and importances drawn by lot."""
    rng, x = np.random.default_rng(0), np.linspace(-2, 2, 60)
    shapes = (np.sin, np.exp, np.square, np.tanh, np.abs, np.cos)
    sizes = (10, 10, 5, 1)
    edges = tuple(
        Activation(Edge(n, s, t), x, shapes[rng.integers(6)](x), importance=float(rng.uniform() ** 3))
        for n in range(3)
        for s in range(sizes[n])
        for t in range(sizes[n + 1])
    )
    nodes = tuple(tuple((k,) for k in range(size)) for size in sizes[1:])
    return Activations(tuple(f"x_{k}" for k in range(1, 11)), nodes, edges)


def pictures(theme: str) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """The name of every picture, and what draws it."""
    models = {"dependence": "coulomb", "importance": "coulomb", "tree": "refraction", "network": "hello"}
    models |= {"activations": "hello", "residuals": "coulomb", "parity": "coulomb"}
    for kind in sorted(FIGURES):
        if kind == "rivals":
            yield kind, lambda: FIGURES["rivals"].draw(tied(), theme=theme)
        elif kind == "history":
            yield kind, lambda: FIGURES["history"].draw(trained(), theme=theme)
            yield "search", lambda: found("refraction").plot("history", theme=theme)
        else:
            yield kind, lambda kind=kind: found(models.get(kind, "ohm")).plot(kind, theme=theme)
    yield "dense", lambda: network_diagram(dense(), theme=theme)


def save(figure: Figure, name: str) -> None:
    """A small picture: few colours are enough for text and lines."""
    figure.set_dpi(min(110, WIDEST / figure.get_figwidth()))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
    print(FOLDER.name, name, f"{(FOLDER / f'{name}.png').stat().st_size / 1000:.0f} kB")


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for theme in STYLES:
        for name, draw in pictures(theme):
            if not wanted or name in wanted:
                save(draw(), f"{name}{'' if theme == 'light' else '-dark'}")


if __name__ == "__main__":
    main(sys.argv[1:])
