"""A draft: a template fitted to the data, on its way to a formula."""

from dataclasses import dataclass, replace

import numpy as np
from sympy import Add, Expr, Mul, Symbol, im, re

from kantools.clock import NODE, worked
from kantools.symbolic.evaluate import Program, compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import effective_scatter, fit_constants
from kantools.symbolic.fit.least_squares import Fit
from kantools.symbolic.formula import Formula
from kantools.symbolic.language.rarity import KINDS_OF_SYMBOLS, price_of_free_exponents, rarity
from kantools.symbolic.usual.shapes import price_of_name
from kantools.symbolic.whole.correlated import digits
from kantools.symbolic.whole.few_rows import few_rows
from kantools.symbolic.whole.scales import hidden_constants, price_of_units

__all__ = ["Draft", "covariance", "draft_of", "fit_draft", "fold", "precision", "refitted"]

#: What one symbol of a formula costs to write down: which of some six kinds and names it is.
NATS_A_NODE = float(np.log(KINDS_OF_SYMBOLS))
#: Relative residuals of a table that was computed from the law.
COMPUTED = 1e-10
#: How often each node of a template is built or looked at while it is folded, compiled and measured.
WRITTEN = 6


@dataclass(frozen=True)
class Draft:
    """A template with fitted constants.

    Attributes
    ----------
    template : Expr
        In column symbols and the symbols of ``constants``.
    constants : tuple of Symbol
    fit : Fit
    complexity : int
        In the language of the data.
    """

    template: Expr
    constants: tuple[Symbol, ...]
    fit: Fit
    complexity: int

    @property
    def loss(self) -> float:
        return self.fit.loss

    def error(self, data: Data) -> float:
        """Root mean square residual relative to the spread of the target."""
        return float(np.sqrt(self.loss / data.variance))

    def program(self, data: Data) -> Program:
        program = compile_expression(self.template, data.symbols, self.constants)
        worked(NODE * len(program.operations))
        return program

    def length(self, data: Data) -> float:
        """Description length in nats: misfit, symbols, rare functions more, constants to their precision.

        ``n/2 log(rss) + k ln 6 + ½ ln det(1 + |θ| P |θ|) + 1`` for each constant, after Bartlett, Desmond &
        Ferreira (2023); ``P`` is the inverse of the constants' covariance. Constants that only the units
        make 1 are paid for, too (:mod:`kantools.symbolic.whole.scales`).
        """
        return self.length_without_constants(data) + self.price_of_constants(data) + self.price_of_units(data)

    def length_without_constants(self, data: Data) -> float:
        """Misfit and symbols: what is left where all constants cost nothing."""
        return data.misfit(self.loss) + self._spread(data) + self.price_of_symbols(data)

    def price_of_symbols(self, data: Data) -> float:
        """What it takes to spell it, or to say which usual form of which column it is."""
        values = dict(zip(self.constants, self.fit.values.tolist(), strict=True))
        powers = price_of_free_exponents(self.template, values)
        spelt = NATS_A_NODE * self.complexity + rarity(self.template)
        columns = self.template.free_symbols & set(data.symbols)
        if len(columns) != 1 or data.language.costs:
            return spelt + powers
        return min(spelt, 2 * NATS_A_NODE + price_of_name(self.template, *columns)) + powers

    def _spread(self, data: Data) -> float:
        """``Σ ln σ_eff`` where scatter depends on the formula or was estimated with it, else nothing.

        Without it a formula that makes much of the errors of the inputs would excuse everything.
        """
        if data.size is not None and data.x_sigma is None and data.loss.name == "squared":
            return data.misfit_of(self.program(data).value(data.X, self.fit.values)) - data.misfit(self.loss)
        if data.x_sigma is None:
            return 0.0 if data.loss.name == "squared" else -0.5 * float(np.log(data.weight).sum())
        return float(np.log(effective_scatter(self.program(data), self.fit.values, data)).sum())

    def price_of_constants(self, data: Data) -> float:
        """What it takes to write the constants down (:func:`~kantools.symbolic.whole.correlated.digits`)."""
        if not self.constants or not np.isfinite(self.loss):
            return 0.0
        unknown = 0.0 if data.known else few_rows(data.effective_rows, len(self.constants))
        return digits(self.fit.values, precision(self, data)) + unknown

    def price_of_units(self, data: Data) -> float:
        """What constants cost that the formula has without writing them; nothing where the units are told."""
        if data.units is not None or not np.isfinite(self.loss):
            return 0.0
        noise = data.noise_level(self.loss, len(self.constants))
        hidden = hidden_constants(self.program(data), self.fit.values, data, noise)
        return price_of_units(hidden, NATS_A_NODE, computed=self.loss <= COMPUTED**2 * data.power)


def precision(draft: Draft, data: Data) -> np.ndarray:
    """``JᵀWJ / s²``, the inverse of the constants' covariance."""
    return draft.fit.information / data.noise_level(draft.loss, len(draft.constants))


def covariance(draft: Draft, data: Data) -> np.ndarray:
    """``s² (JᵀWJ)⁻¹``, with s² = 1 where sigma is known; infinite where undetermined."""
    if not draft.constants:
        return np.zeros((0, 0))
    scaled, scale = draft.fit.scaled_information
    try:
        inverse = np.linalg.inv(scaled)
    except np.linalg.LinAlgError:
        return np.full(scaled.shape, np.inf)
    s2 = data.noise_level(draft.loss, len(draft.constants))
    inverse = np.where(np.diag(inverse) < 0, np.inf, inverse)
    return s2 * inverse / scale[:, None] / scale


def fit_draft(template: Expr, start: dict[Symbol, float], data: Data, *, max_iterations: int = 40) -> Draft:
    """Fold what is merely constant, then fit all constants to the data."""
    template, start = fold(template, start, data)
    constants = tuple(start)
    program = compile_expression(template, data.symbols, constants)
    worked(WRITTEN * NODE * len(program.operations))
    values = list(start.values())
    fit = fit_constants(program, values, data, max_iterations=max_iterations)
    return Draft(template, constants, fit, data.language.complexity(template))


def refitted(draft: Draft, data: Data, *, max_iterations: int = 100) -> Draft:
    """The same draft fitted to other rows, or longer."""
    fit = fit_constants(draft.program(data), draft.fit.values, data, max_iterations=max_iterations)
    return replace(draft, fit=fit)


def draft_of(formula: Formula, data: Data) -> Draft:
    """A formula with its constants free again, fitted to these rows; exact numbers stay."""
    start = {c.symbol: c.value for c in formula.free}
    return fit_draft(formula.free_template, start, data, max_iterations=100)


def fold(template: Expr, values: dict[Symbol, float], data: Data) -> tuple[Expr, dict[Symbol, float]]:
    """One constant in the place of every part that is made of constants only.

    ``exp(c0)*x*c1`` becomes ``c0*x``. A constant that stands elsewhere, too, keeps its part unfolded, unless
    another one beside it can take it in: ``a*b*x/(b*x + 1)`` becomes ``a*x/(b*x + 1)``.

    >>> import numpy as np, sympy
    >>> x, a, b = sympy.symbols("x a b")
    >>> data = Data(("x",), np.ones((1, 1)), np.ones(1), np.ones(1))
    >>> fold(a * sympy.exp(b) * x + 2, {a: 2.0, b: 0.0}, data)
    (a*x + 2, {a: 2.0})
    """
    known = dict(values)
    if template.has(re, im):  # sympy takes plain symbols for complex: |exp(x)| becomes exp(re(x))
        template = template.replace(re, lambda e: e).replace(im, lambda e: 0)

    def count(symbol: Symbol) -> int:
        return template.count(symbol)

    def walk(e: Expr) -> Expr:
        if e.is_Atom:
            return e
        args = [walk(a) for a in e.args]
        if e.func in (Add, Mul):
            pure = [a for a in args if a.free_symbols and a.free_symbols <= known.keys()]
            numbers = [a for a in args if not a.free_symbols]
            if (len(pure) + len(numbers) > 1 and pure) or any(not a.is_Symbol for a in pure):
                rest = [a for a in args if a not in pure and a not in numbers]
                return e.func(merge(e.func(*pure, *numbers)), *rest)
            return e.func(*args)
        return merge(e.func(*args))

    def merge(e: Expr) -> Expr:
        inside = e.free_symbols
        if e.is_Symbol or not inside or not inside <= known.keys():
            return e
        alone = {s for s in inside if count(s) == 1}
        if alone != inside and not (e.func in (Add, Mul) and alone & set(e.args)):
            return e
        number = complex(e.subs({s: known[s] for s in inside}))
        if abs(number.imag) > 1e-12 * abs(number) or not np.isfinite(number.real):
            return e
        first = min(alone if alone == inside else alone & set(e.args), key=list(values).index)
        for s in alone:
            known.pop(s)
        known[first] = number.real
        return first

    template = walk(template)
    used = template.free_symbols
    return template, {s: known[s] for s in values if s in known and s in used}
