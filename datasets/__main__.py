"""``python -m kantools.datasets``: what there is, as the tables of the documentation."""

from collections import Counter
from collections.abc import Iterable, Mapping

from kantools.datasets import EXPERIMENTS, PROBLEMS
from kantools.datasets.experiment import Experiment

__all__ = ["listing"]


def row(cells: Iterable[object]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def with_units(units: Mapping[str, str]) -> str:
    """Columns with their units.

    >>> with_units({"speed": "m/s", "n": "1"})
    'speed (m/s), n'
    """
    return ", ".join(name if unit == "1" else f"{name} ({unit})" for name, unit in units.items())


def experiment_row(experiment: Experiment) -> str:
    """What the documentation says of an experiment."""
    law = f"`{experiment.law}`" if experiment.law else "none"
    return row(
        (
            f"`{experiment.name}`",
            experiment.title,
            experiment.table().rows,
            with_units(experiment.inputs),
            with_units({experiment.target: experiment.unit}),
            experiment.year,
            law + (" (fitted)" if experiment.fitted else ""),
            experiment.source,
        )
    )


def experiments() -> str:
    """The table of measured experiments."""
    head = ("name", "what", "rows", "inputs", "target", "year", "law", "source")
    return "\n".join((row(head), row("---" for _ in head), *map(experiment_row, EXPERIMENTS.values())))


def collections() -> str:
    """The table of problems, by where they come from."""
    head = ("laws", "for instance", "source")
    count = Counter(problem.source for problem in PROBLEMS.values())
    first = {problem.source: problem.name for problem in reversed(list(PROBLEMS.values()))}
    rows = (row((number, f"`{first[source]}`", source)) for source, number in count.items())
    return "\n".join((row(head), row("---" for _ in head), *rows))


def listing() -> str:
    """Everything this package has."""
    return f"{experiments()}\n\n{collections()}"


if __name__ == "__main__":
    print(listing())
