"""Plain formulas that need no network: a constant, a line, a monomial. The front begins with them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sympy import Expr, Mul, Rational, Symbol

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Hypothesis, Scene, When
from kantools.discovery.threshold import judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.dimensionless import dimensionless
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["PlainFormulas"]


@dataclass(frozen=True)
class PlainFormulas(Hypothesis):
    """Constant; ``c0 + c1 x_i`` for the columns that it suits best; all columns linearly; the power laws that
    units allow; one power law ``c Π x_i^p_i`` where signs allow."""

    name = "plain formulas"
    when = When.FIRST
    most_lines: int = size(5, "lines in one column each: a front shows no more")
    most_consistent: int = size(8, "power laws that the units allow, the simplest ones")
    on_one_side: float = judgement(0.9, "share of the rows whose target has one sign, noise aside; a guess")

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Each draft as it is fitted; when it is late, one formula is enough."""
        for draft in self._drafts(scene.data):
            yield Form(draft, self.name, spare=True)
        yield Tested(self.name, None, Verdict.READ, everywhere=True)

    def _drafts(self, data: Data) -> Iterator[Draft]:
        names = fresh_symbols(data.columns)
        c = [next(names) for _ in range(len(data.columns) + 1)]
        mean = float(np.average(data.y, weights=data.weight))
        yield fit_draft(c[0], {c[0]: mean}, data)
        lines = [fit_draft(c[0] + c[1] * x, {c[0]: mean, c[1]: 0.0}, data) for x in data.symbols]
        yield from sorted(lines, key=lambda line: line.loss)[: self.most_lines]
        if len(data.columns) > 1 and len(data.y) > len(data.columns) + 2:
            line: Expr = c[0]
            for symbol, x in zip(c[1:], data.symbols, strict=True):
                line = line + symbol * x
            yield fit_draft(line, {c[0]: mean} | dict.fromkeys(c[1:], 0.0), data)
        yield from self._consistent(data, c[0])
        yield from self._monomial(data, c)

    def _consistent(self, data: Data, factor: Symbol) -> Iterator[Draft]:
        """Power laws whose factor is a pure number, where units are told."""
        if data.units is None:
            return
        for choice in dimensionless(data.units, data.columns, data.X)[: self.most_consistent]:
            powers = [Rational(q.numerator, q.denominator) for q in choice.prefactor]
            body = Mul(*(x**q for x, q in zip(data.symbols, powers, strict=True)))
            values = np.prod(data.X ** np.array([float(q) for q in powers]), axis=1)
            if np.isfinite(values).all() and np.any(values):
                best = np.average(values * data.y, weights=data.weight)
                start = float(best / np.average(values**2, weights=data.weight))
                yield fit_draft(factor * body, {factor: start}, data)

    def _monomial(self, data: Data, c: list[Symbol]) -> Iterator[Draft]:
        sign = float(np.sign(np.median(data.y)))
        side = sign * data.y > 0
        if not (data.X > 0).all() or side.mean() < self.on_one_side:
            return
        A = np.column_stack([np.ones(len(data.y)), np.log(data.X)])[side]
        if len(A) <= A.shape[1]:
            return
        size = np.abs(data.y[side])  # the weight of a row: errors count as in the target
        solution, *_ = np.linalg.lstsq(A * size[:, None], np.log(size) * size, rcond=None)
        template: Expr = c[0]
        for symbol, x in zip(c[1:], data.symbols, strict=True):
            template = template * x**symbol
        start = {c[0]: sign * float(np.exp(np.clip(solution[0], -600, 600)))}
        yield fit_draft(template, start | dict(zip(c[1:], solution[1:].tolist(), strict=True)), data)
