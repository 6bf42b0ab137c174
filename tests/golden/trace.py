"""A search as text: its steps, its front, why it ended; with a clock that stands still.

Without a deadline, and without waiting, a search is a function of its table and its seed.
"""

from math import inf

from kantools.discovery import Discovery, discover
from kantools.discovery.result import Step
from kantools.symbolic.formula import Formula
from tests.clocks import telling
from tests.golden.laws import Law

__all__ = ["trace"]


def trace(law: Law, noise: float) -> str:
    """What a search of a law's table tries and finds."""
    with telling(lambda: 0.0):
        return _written(discover(law.table(noise), time_limit=inf, seed=0, **law.settings))


def _written(found: Discovery) -> str:
    end = _line(found.chosen, found.stopped, found.noise, float(found.scale))
    return "\n".join([*map(_step, found.steps), "", *map(_formula, found.front), "", end, ""])


def _step(s: Step) -> str:
    return _line(s.hypothesis, float(s.error), s.says, s.view, s.source, s.formulas)


def _formula(f: Formula) -> str:
    return _line(f, f.complexity, float(f.loss), float(f.description_length))


def _line(*parts: object) -> str:
    return " | ".join(map(str, parts))
