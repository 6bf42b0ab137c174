"""The pictures of the documentation, drawn by the project itself: ``python docs/make_images.py``."""

from pathlib import Path

from matplotlib.figure import Figure

from kantools import SymbolicRegressor, load
from kantools.datasets.problem import Problem
from kantools.plots import front, parity
from kantools.table import Table

FOLDER = Path(__file__).resolve().parent / "images"
HELLO = Problem(
    "hello", "hello", "f", "exp(sin(pi*x) + y**2)", ("x", "y"), (-1.0, -1.0), (1.0, 1.0), "this file"
)


def find(table: Table) -> SymbolicRegressor:
    return SymbolicRegressor(time_limit=60, random_state=0).fit_table(table)


def save(figure: Figure, name: str) -> None:
    figure.savefig(FOLDER / f"{name}.png", dpi=110, bbox_inches="tight")
    print(FOLDER.name, name)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    save(find(HELLO.sample(1000, seed=0)).plot(), "network")
    table = load("ohm")
    model = find(table)
    save(parity(model.formula_, table).figure, "parity")
    save(front(model.discovery_.front, model.formula_).figure, "front")


if __name__ == "__main__":
    main()
