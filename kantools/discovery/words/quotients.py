"""Quotients of two polynomials, written down."""

import numpy as np
from sympy import Expr, Mul, Symbol

from kantools.discovery.views.link import Link
from kantools.discovery.views.view import View
from kantools.discovery.words.terms import Term
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["written_quotient"]

Array = np.ndarray


def written_quotient(
    view: View, data: Data, power: int, terms: list[Term], kept: Array, solution: Array, link: Link
) -> Draft | None:
    """A quotient of polynomials of a view's columns to a power, fitted to all rows.

    Parameters
    ----------
    terms : list of Term
        Of both polynomials.
    kept : ndarray of bool, shape (2 * len(terms),)
        Which of them stand in the numerator, then in the denominator.
    solution : ndarray, shape (2 * len(terms),)
        Their coefficients; the largest one of the denominator becomes one.
    """
    m = len(terms)
    columns = [c**power for c in view.columns]
    first = m + int(np.argmax(np.abs(solution[m:]) * kept[m:]))
    solution = solution / solution[first]
    start: dict[Symbol, float] = {}
    names = fresh_symbols(data.columns)

    def side(offset: int) -> Expr:
        total: Expr = Mul(0)
        for k, term in enumerate(terms):
            if not kept[offset + k]:
                continue
            body = Mul(*(columns[i] for i in term))
            if offset + k == first:
                total = total + body
                continue
            name = next(names)
            start[name] = float(solution[offset + k])
            total = total + name * body
        return total

    template = view.lift(link.lift(side(0) / side(m)))
    draft = fit_draft(template, start, data)
    return draft if np.isfinite(draft.loss) else None
