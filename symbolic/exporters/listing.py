"""A formula as the parts of a function in some language: name, arguments, constants, body, remarks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kantools.symbolic.constant import Constant, with_error
from kantools.symbolic.evaluate import column_symbols
from kantools.symbolic.exporters.identifiers import identifiers
from kantools.symbolic.exporters.provenance import provenance
from kantools.symbolic.exporters.syntax import Syntax, spell
from kantools.symbolic.formula import Formula
from kantools.symbolic.written.one_line import one_line

__all__ = ["Listing", "Local", "about", "listing", "locals_of"]


@dataclass(frozen=True)
class Local:
    """A fitted constant inside the function: its identifier, its digits, its value with error and unit.

    >>> Local("g", "9.8123", "9.812 ± 0.021 m/s**2").name
    'g'
    """

    name: str
    value: str
    remark: str


@dataclass(frozen=True)
class Listing:
    """The parts of a function.

    Attributes
    ----------
    name : str
        The target as an identifier.
    arguments : tuple of str
        The columns as identifiers, all of them, in the table's order.
    constants : tuple of Local
        The estimates. Exact numbers stand in the body.
    body : str
        The value, an expression of the arguments and constants.
    about : tuple of str
        Lines of prose: the equation, what each argument is, its unit and the range it was seen in, and which
        program wrote it.

    Examples
    --------
    >>> import sympy
    >>> parts = listing(Formula(("flow rate",), "y", 2 * sympy.Symbol("flow rate")), Syntax())
    >>> parts.name, parts.arguments, parts.body
    ('y', ('flow_rate',), '2*flow_rate')
    >>> print(parts.comment("#").splitlines()[0])
    # y = 2*flow rate
    """

    name: str
    arguments: tuple[str, ...]
    constants: tuple[Local, ...]
    body: str
    about: tuple[str, ...]

    def comment(self, leader: str) -> str:
        """The prose as lines of comment."""
        return "\n".join(f"{leader} {line}".rstrip() for line in self.about)


def listing(
    formula: Formula, syntax: Syntax, reserved: Collection[str] = (), *, case_sensitive: bool = True
) -> Listing:
    """A formula as the parts of a function.

    Parameters
    ----------
    formula : Formula
    syntax : Syntax
        The language.
    reserved : collection of str
        Words that no argument, constant or function may be called.
    case_sensitive : bool
        Whether the language tells ``m`` from ``M``.

    Examples
    --------
    >>> import numpy as np
    >>> import sympy
    >>> g, t = sympy.symbols("g t")
    >>> law = Formula(("t",), "lambda", g * t**2 / 2, (Constant(g, 9.81, 0.02),), np.array([[4e-4]]))
    >>> parts = listing(law, Syntax(), reserved=["lambda"])
    >>> parts.name, parts.body, parts.constants[0]
    ('lambda_', 'g*t**2/2', Local(name='g', value='9.81', remark='9.810 ± 0.020'))
    """
    taken = {*reserved, *_words(syntax)}
    wanted = [formula.target, *formula.columns, *(c.symbol.name for c in formula.free)]
    name, *words = identifiers(wanted, taken, case_sensitive=case_sensitive)
    columns = len(formula.columns)
    template = formula.free_template
    symbols = (*column_symbols(formula.columns), *(c.symbol for c in formula.free))
    body = spell(template, syntax, dict(zip(symbols, words, strict=True)))
    constants = locals_of(formula, words[columns:], syntax)
    return Listing(name, tuple(words[:columns]), constants, body, about(formula, words[:columns]))


def _words(syntax: Syntax) -> set[str]:
    """The names of the language's functions, with and without their module."""
    names = [spelled.split("(")[0] for spelled in (*syntax.functions.values(), syntax.power, syntax.fraction)]
    return {part for name in [*names, syntax.pi] for part in name.replace("::", ".").split(".")}


def locals_of(formula: Formula, words: Sequence[str], syntax: Syntax) -> tuple[Local, ...]:
    """The estimates under their identifiers.

    >>> import sympy
    >>> g, t = sympy.symbols("g t")
    >>> law = Formula(("t",), "s", g * t**2 / 2, (Constant(g, 9.81, 0.02, unit="m/s**2"),))
    >>> locals_of(law, ["gravity"], Syntax())
    (Local(name='gravity', value='9.81', remark='9.810 ± 0.020 m/s**2'),)
    """
    return tuple(_local(w, c, syntax) for w, c in zip(words, formula.free, strict=True))


def _local(name: str, constant: Constant, syntax: Syntax) -> Local:
    sign, size = "-" if constant.value < 0 else "", abs(constant.value)
    unit = "" if constant.unit in (None, "1") else f" {constant.unit}"
    remark = one_line(with_error(constant.value, constant.error) + unit)
    return Local(name, sign + syntax.number(size), remark)


def about(formula: Formula, words: Sequence[str]) -> tuple[str, ...]:
    """The equation and its arguments under these names, as lines of prose.

    >>> import sympy
    >>> law = Formula(("t",), "s", 5 * sympy.Symbol("t") ** 2, units={"t": "s", "s": "m"})
    >>> about(law, ["t"])[:2]
    ('s = 5*t**2', 'The value is in m.')
    """
    pairs = zip(words, formula.columns, strict=True)
    unit = formula.units.get(formula.target, "1")
    return (
        one_line(str(formula)),
        *([] if unit == "1" else [one_line(f"The value is in {unit}.")]),
        "",
        "Arguments, in the order of the table's columns:",
        *(_argument(formula, word, column) for word, column in pairs),
        "",
        "NaN where the formula is not a real number.",
        provenance(),
    )


def _argument(formula: Formula, word: str, column: str) -> str:
    """``x: flow rate [m**3/s], seen from 0.5 to 3``, as far as it is known."""
    name = f"  {word}" + (f": {one_line(column)}" if word != column else "")
    unit, ranges = formula.units.get(column, "1"), formula.domain.ranges if formula.domain else ()
    seen = [f", seen from {r.low:.4g} to {r.high:.4g}" for r in ranges if r.column == column]
    return name + ("" if unit == "1" else f" [{one_line(unit)}]") + "".join(seen)
