"""From curves to formulas: what an activation may be, the law as a whole, its constants, how sure they are.

The public names can be imported from here, whatever room they are in::

    from kantools.symbolic import Formula, parse, refit

The rooms, each standing on those behind it: ``exporters``, ``given``, ``whole``, ``examine`` and ``curves``,
the formula itself, ``trust``, ``fit``, ``units``, ``language`` and ``written``, primitives, and
:mod:`kantools.symbolic.evaluate`, on which everything stands.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kantools.symbolic.formula import Constant as Constant
    from kantools.symbolic.formula import Formula as Formula
    from kantools.symbolic.front import pareto_front as pareto_front
    from kantools.symbolic.front import select as select
    from kantools.symbolic.given.refit import ConstantsLeftOpen as ConstantsLeftOpen
    from kantools.symbolic.given.refit import LowestFrequency as LowestFrequency
    from kantools.symbolic.given.refit import NotConverged as NotConverged
    from kantools.symbolic.given.refit import refit as refit
    from kantools.symbolic.primitive import PRIMITIVES as PRIMITIVES
    from kantools.symbolic.primitive import Primitive as Primitive
    from kantools.symbolic.written.parse import FormulaError as FormulaError
    from kantools.symbolic.written.parse import parse as parse

_HOME = {
    "PRIMITIVES": "kantools.symbolic.primitive",
    "Constant": "kantools.symbolic.constant",
    "ConstantsLeftOpen": "kantools.symbolic.given.refit",
    "Formula": "kantools.symbolic.formula",
    "FormulaError": "kantools.symbolic.written.parse",
    "LowestFrequency": "kantools.symbolic.given.refit",
    "NotConverged": "kantools.symbolic.given.refit",
    "Primitive": "kantools.symbolic.primitive",
    "pareto_front": "kantools.symbolic.front",
    "parse": "kantools.symbolic.written.parse",
    "refit": "kantools.symbolic.given.refit",
    "select": "kantools.symbolic.front",
}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    thing = getattr(import_module(_HOME[name]), name)
    globals()[name] = thing
    return thing


def __dir__() -> list[str]:
    return sorted(__all__)
