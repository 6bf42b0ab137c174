"""Whether a formula is the law, and what decided it.

The rule is SRBench's: with R² above one half on the clean test rows, ``true - found`` or ``found / true`` is
constant once numbers are rounded to three decimals. It is applied in three steps, the cheap ones first:

1. *accuracy*: R² at most one half is not solved.
2. *numeric*: :func:`~kantools.bench.equivalence.compare` refutes what is certainly different, and confirms
   what is certainly equal.
3. *simplify*: SRBench's own program, :func:`~kantools.bench.srbench.is_law`, on everything not refuted; what
   it accepts is solved. Its verdict alone is kept as ``strict``: the published rates are rates of it.

A formula that 2 confirms and 3 does not accept counts as solved, decided by numbers. The worker reports after
each step, so that the verdict so far stands when sympy does not come to an end.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kantools.bench.equivalence import compare
from kantools.bench.srbench import is_law
from kantools.datasets import Problem

__all__ = ["ACCURATE", "verdicts"]

ACCURATE = 0.5

Verdict = dict[str, Any]


def verdicts(
    expression: Any, problem: Problem, columns: Sequence[str], X: np.ndarray, r2: float
) -> Iterator[Verdict]:
    """The verdict after each step: ``solved``, ``decided`` and, if known, ``strict``.

    Parameters
    ----------
    expression : sympy.Expr
        The formula found, in plain symbols named like the columns.
    problem : Problem
    columns : sequence of str
        Of the table; the law may use fewer.
    X : ndarray, shape (rows, columns)
        The test rows.
    r2 : float
        R² there.

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> law = problem("I.14.4")
    >>> X = law.sample(100, seed=0).X
    >>> list(verdicts(law.truth * 1.00001, law, law.columns, X, 1.0))[-1]
    {'solved': True, 'decided': 'simplify', 'strict': True}
    """
    if not r2 > ACCURATE:
        yield {"solved": False, "decided": "accuracy", "strict": False}
        return
    numbers = compare(expression, problem.truth, columns, X)
    if numbers.different:
        yield {"solved": False, "decided": "numeric", "strict": False}
        return
    yield {"solved": numbers.equal, "decided": "numeric"}
    strict = is_law(str(expression), problem.formula, columns)
    # What simplification leaves open, and numbers did not confirm, is not solved.
    decided = "numeric" if numbers.equal and not strict else "simplify"
    yield {"solved": strict or numbers.equal, "decided": decided, "strict": strict}
