"""Every measured table that comes with kantools: the formula found beside the accepted law.

``python -m benchmarks.real_data`` runs :class:`~kantools.SymbolicRegressor` with its defaults on each table
and writes ``docs/real-data.md``. Nothing here knows one table from another.

Two formulas have the *same form* if the constants of one can be set so that it is the other. It is decided
by fitting: the constants of the law are fitted to the curve that the found formula draws over the data's
range; where the two then differ by less than a millionth, and none of the law's constants has become
undetermined (a mere number is not an exponential), they are the same function. If that fails, the constants
of the found formula are fitted to the accepted law: the law is then a special case of it. That counts if the
formula has at most one constant more than the law, so that a long one that can bend to anything does not.
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from traceback import print_exc

import numpy as np
from sympy import Symbol

from benchmarks.page import ROOT, code, how, stop_after, table
from benchmarks.same_form import SAME, becomes, drawn_by, fit, sizes
from kantools import SymbolicRegressor
from kantools.datasets import EXPERIMENTS, Experiment
from kantools.datasets.expression import parse
from kantools.symbolic.evaluate import Program, column_symbols, compile_expression
from kantools.symbolic.formula import Constant, Formula

Array = np.ndarray
PATIENCE = 30  # seconds that a search may need to come to an end
BETWEEN = 200  # points between the rows at which curves are compared


@dataclass(frozen=True)
class Result:
    """What came of one table.

    Attributes
    ----------
    experiment : Experiment
    formula : Formula or None
        None where the search failed.
    seconds : float
    failure : str
        What went wrong.
    law_error, found_error : float
        Standard deviation of the residuals, ``sqrt(rss / (rows - constants))``; the law at its best, its
        constants fitted to the table.
    difference : float
        Between the found curve and the law fitted to it, relative; infinite where a constant of the law is
        left undetermined.
    converse : float
        Between the accepted law and the found formula fitted to it, relative.
    constants : tuple of Constant
        Of the law, as the found formula has them; empty where the forms differ.
    accepted : tuple of float
        Of the found formula, as the accepted law has them; empty where it cannot become the law.
    elsewhere : tuple of str
        Where else the accepted form is shown; see :func:`shown`.
    """

    experiment: Experiment
    formula: Formula | None
    seconds: float
    failure: str = ""
    law_error: float = np.nan
    found_error: float = np.nan
    difference: float = np.nan
    converse: float = np.nan
    constants: tuple[Constant, ...] = ()
    accepted: tuple[float, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return self.difference < SAME or self.converse < SAME

    @property
    def ratio(self) -> float:
        """The found formula's residuals over the law's."""
        return self.found_error / self.law_error

    @property
    def as_good(self) -> bool:
        """Whether the residuals are no larger than the law's, but for chance."""
        return self.ratio <= 1 + 1 / np.sqrt(2 * self.experiment.table().rows)


@dataclass(frozen=True)
class Law:
    """The accepted law with the constants that the table is asked for left free."""

    names: tuple[str, ...]
    start: Array
    program: Program


def law_of(experiment: Experiment) -> Law:
    law = parse(str(experiment.law), (*experiment.inputs, *experiment.constants))
    given = {parse(k, (k,)): experiment.constants[k] for k in experiment.given}
    names = tuple(k for k in experiment.constants if k not in experiment.given)
    start = np.array([experiment.constants[k] for k in names])
    symbols = [Symbol(k) for k in names]
    return Law(
        names, start, compile_expression(law.subs(given), column_symbols([*experiment.inputs]), symbols)
    )


def run(experiment: Experiment, time_limit: float, seed: int) -> Result:
    """Search one table and compare."""
    begin = monotonic()
    try:
        with stop_after(3 * time_limit + PATIENCE):
            model = SymbolicRegressor(time_limit=time_limit, random_state=seed).fit_table(experiment.table())
    except Exception as error:
        print_exc()
        return Result(experiment, None, monotonic() - begin, f"{type(error).__name__}: {error}")
    seconds = monotonic() - begin
    try:
        result = compare(experiment, model.formula_, seconds)
        places = shown(model).items()
        elsewhere = tuple(name for name, those in places if any(same_form(experiment, f) for f in those))
        return replace(result, elsewhere=elsewhere)
    except Exception as error:
        return Result(experiment, model.formula_, seconds, f"comparison: {type(error).__name__}: {error}")


def shown(model: SymbolicRegressor) -> dict[str, tuple[Formula, ...]]:
    """The formulas that a user is shown beside the chosen one, by where they stand."""
    return {"on the front": model.discovery_.front, "among the rivals": model.discovery_.rivals}


def same_form(experiment: Experiment, formula: Formula) -> bool:
    """Whether a formula has the form of the accepted law."""
    law, X = law_of(experiment), between(experiment.table().X)
    if drawn_by(law.program, law.start, X, formula.predict(X))[0] < SAME:
        return True
    return becomes(formula, X, experiment.evaluate(X), len(law.names) + 1)[0] < SAME


def compare(experiment: Experiment, formula: Formula, seconds: float) -> Result:
    data = experiment.table()
    weight = np.ones(data.rows) if data.sigma is None else data.sigma**-2.0
    law = law_of(experiment)
    X = between(data.X)
    curve = formula.predict(X)
    at_best = fit(law.program, law.start, data.X, data.y, weight)
    difference, to_curve = drawn_by(law.program, law.start, X, curve)
    converse, accepted = becomes(formula, X, experiment.evaluate(X), len(law.names) + 1)
    return Result(
        experiment,
        formula,
        seconds,
        law_error=error_of(law.program.value(data.X, at_best), data.y, weight, len(at_best)),
        found_error=error_of(formula.predict(data.X), data.y, weight, len(formula.free)),
        difference=difference,
        converse=converse,
        accepted=tuple(accepted) if converse < SAME else (),
        constants=carried_over(law, to_curve, formula, X) if difference < SAME else (),
    )


def between(X: Array) -> Array:
    """The rows, and points between neighbouring ones: where the table says something about the law."""
    rng = np.random.default_rng(0)
    order = X[np.lexsort(X.T[::-1])]
    k = rng.integers(0, max(len(X) - 1, 1), BETWEEN)
    share = rng.random((BETWEEN, 1))
    return np.concatenate([X, order[k] * (1 - share) + order[k + 1] * share])


def error_of(predicted: Array, y: Array, weight: Array, constants: int) -> float:
    """Standard deviation of the residuals; in units of sigma where sigma is known."""
    return float(np.sqrt(np.sum(weight * (y - predicted) ** 2) / max(len(y) - constants, 1)))


def carried_over(law: Law, values: Array, formula: Formula, X: Array) -> tuple[Constant, ...]:
    """The law's constants, with the errors that the found formula's constants have.

    Where ``law(θ) = found(c)``, a change of ``c`` changes ``θ`` by ``dθ = J_law⁺ J_found dc``.
    """
    if not len(values):
        return ()
    error = np.zeros(len(values))
    if formula.free:
        J, K = law.program.jacobian(X, values)[1], jacobian_of(formula, X)
        size = sizes(J)
        A = np.linalg.lstsq(J / size, K, rcond=None)[0] / size[:, None]
        error = np.sqrt(np.diag(A @ formula.covariance @ A.T))
    return tuple(Constant(Symbol(n), *pair) for n, *pair in zip(law.names, values, error, strict=True))


def jacobian_of(formula: Formula, X: Array) -> Array:
    """Derivatives of the found formula by its free constants; its exact numbers stay."""
    exact = {c.symbol: c.exact for c in formula.constants if c.exact is not None}
    symbols = [c.symbol for c in formula.free]
    program = compile_expression(formula.template.subs(exact), column_symbols(formula.columns), symbols)
    return program.jacobian(X, np.array([c.value for c in formula.free]))[1]


def verdict(result: Result) -> str:
    if result.formula is None:
        return "failed"
    if result.difference < SAME:
        return "yes"
    if result.converse < SAME:
        return "yes, as a special case"
    if np.isnan(result.difference):
        return "not compared"
    beside = ", ".join(["no", *result.elsewhere])
    return beside if np.isinf(result.difference) else f"{beside} ({result.difference:.1g})"


def fit_in_words(result: Result) -> str:
    if np.isnan(result.ratio):
        return "-"
    return f"{result.ratio:.2f}" + (", as good" if result.as_good else "")


def summary(results: Iterable[Result]) -> str:
    """One row a table."""
    head = ("table", "rows", "accepted law", "found", "same form", "residuals, found / law", "seconds")
    return table(
        head,
        (
            (
                f"[{r.experiment.name}](#{r.experiment.name})",
                r.experiment.table().rows,
                code(f"{r.experiment.target} = {r.experiment.law}"),
                code(r.formula) if r.formula else r.failure,
                verdict(r),
                fit_in_words(r),
                f"{r.seconds:.1f}",
            )
            for r in results
        ),
    )


def section(result: Result) -> str:
    """What there is to say of one table."""
    experiment = result.experiment
    parts = [f"## {experiment.name}", f"{experiment.title}. {experiment.note}"]
    parts.append(f"Accepted: `{experiment.target} = {experiment.law}`")
    if result.formula is not None:
        parts.append(f"Found: `{result.formula.target} = {result.formula.template}`")
        parts.append(own_constants(result.formula, result.accepted))
    if result.failure:
        parts.append(result.failure)
    if result.constants:
        parts.append(table(("constant of the law", "found", "accepted"), beside(result)))
    elif result.formula is not None:
        values = ", ".join(f"`{k}` = {v:.10g}" for k, v in experiment.constants.items())
        parts.append(f"Constants of the accepted law: {values}.")
    if not np.isnan(result.ratio):
        unit = "standard errors" if experiment.sigma else experiment.unit
        parts.append(
            f"Residuals (standard deviation, {unit}): found {result.found_error:.4g}, the law at its best "
            f"{result.law_error:.4g}."
        )
    return "\n\n".join(parts)


def own_constants(formula: Formula, accepted: Iterable[float]) -> str:
    """The formula's constants, beside what they are in the accepted law where it is a special case."""
    found = [(code(c.symbol), str(c)) for c in formula.constants] or [("none", "")]
    beside = [f"{value:.10g}" for value in accepted]
    if not beside:
        return table(("constant of the formula", "found"), found)
    head = ("constant of the formula", "found", "in the accepted law")
    return table(head, ((*pair, value) for pair, value in zip(found, beside, strict=True)))


def beside(result: Result) -> Iterable[tuple[str, str, str]]:
    """The law's constants as found and as accepted."""
    found = {str(c.symbol): c for c in result.constants}
    for name, accepted in result.experiment.constants.items():
        if name not in found:
            yield code(name), "given", f"{accepted:.10g}"
        else:
            yield code(name), str(found[name]), f"{accepted:.10g}"


INTRODUCTION = """# Real measurements

What `SymbolicRegressor()` finds in the measured tables that come with kantools, beside the law that is
accepted for each. All settings are the defaults, except for the time limit of {limit:g} s a table.

- **Same form**: the constants of the law can be set so that it draws the found curve over the range of the
  data to a millionth. *As a special case*: the other way round, the constants of the found formula can be set
  so that it is the accepted law; it may have one constant more than the law. Otherwise the number is the
  relative difference that remains, and "on the front" says that a formula of the law's form was found and
  not chosen.
- **Residuals, found / law**: standard deviation of what the found formula leaves unexplained, over that of
  the law with its constants fitted to the same table. Below 1 the found formula follows the table more
  closely than the law does; "as good" means that it is not worse but for chance, one standard error of a
  standard deviation from so many rows. A table of 8 rows with errors cannot tell every law from every other
  one, so a formula can be as good and not be the law.
- Constants of the law are carried over from the found formula with their errors, where the form is the same;
  constants of the found formula stand beside the values that make it the accepted law, where they exist.

{how}

{count} of {total} have the form of the accepted law, {beside} more are shown a formula that has it; {good} of
{total} follow the table as well as the law does; {failed} failed; median {median:.1f} s.
"""


def page(results: list[Result], limit: float) -> str:
    introduction = INTRODUCTION.format(
        limit=limit,
        how=how(f"python -m benchmarks.real_data --time-limit {limit:g}"),
        count=sum(r.same for r in results),
        beside=sum(bool(r.elsewhere) and not r.same for r in results),
        good=sum(r.as_good for r in results),
        total=len(results),
        failed=sum(r.formula is None for r in results),
        median=float(np.median([r.seconds for r in results])),
    )
    return "\n".join([introduction, summary(results), "", "\n\n".join(map(section, results)), ""])


def main() -> None:
    parser = argparse.ArgumentParser(description="Find the laws of all measured tables.")
    parser.add_argument("--time-limit", type=float, default=20.0, help="seconds a table")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=None, help="names of tables")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "real-data.md")
    options = parser.parse_args()
    results = []
    for name in options.only or [n for n, e in EXPERIMENTS.items() if e.law is not None]:
        result = run(EXPERIMENTS[name], options.time_limit, options.seed)
        results.append(result)
        print(
            f"{name:15s} {verdict(result):24s} {fit_in_words(result):16s} {result.seconds:5.1f} s  ", end=""
        )
        print(result.formula or result.failure, flush=True)
    options.out.write_text(page(results, options.time_limit), encoding="utf-8")


if __name__ == "__main__":
    main()
