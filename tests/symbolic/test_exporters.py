"""Every exporter's product, run where its language is on the machine, agrees with ``formula.predict``."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.exporters.identifiers import identifiers
from kantools.symbolic.exporters.syntax import Syntax, spell
from kantools.symbolic.formula import Constant, Formula, column_symbols

PAIR = ("x", "y")


def law(text: str, columns: tuple[str, ...] = PAIR, target: str = "f", exact: str = "") -> Formula:
    """A formula from text in which ``u, v, w`` are the columns, ``a, b`` fitted and ``k`` exact constants."""
    symbols = dict(zip("uvw", column_symbols(columns), strict=False))
    template = sympy.sympify(text, locals=symbols | {s: sympy.Symbol(f"c_{s}") for s in "abk"})
    known = {"a": Constant(sympy.Symbol("c_a"), -1.2345678901234567, 0.01)}
    known["b"] = Constant(sympy.Symbol("c_b"), 3.3e-5, 2e-9)
    known["k"] = Constant(sympy.Symbol("c_k"), 0.0, 0.0, sympy.sympify(exact or "1"))
    constants = tuple(c for c in known.values() if template.has(c.symbol))
    free = sum(c.exact is None for c in constants)
    return Formula(columns, target, template, constants, np.eye(free), 0.1, 7, 12.0)


FORMULAS = {
    "monomial": law("a*u**2*v"),
    "power law": law("a*u**k", exact="3/2"),
    "reciprocals": law("1/(u**2*v) - a/u + u**(-3/2)"),
    "polynomial": law("1 - 2*u + 3*u**2/7 - a*v**5"),
    "keywords": law("a*u/v + exp(-w)", ("lambda", "class", "end")),
    "spaces": law("a*u**v*w", ("flow rate", "flow-rate", "2nd (m/s)")),
    "greek": law("u*sin(v)", ("Δt", "ω₀"), "ψ"),
    "functions' names": law("exp(u) + log(v) + w", ("exp", "log", "np"), "sin"),
    "case": law("u**2 - v + a*w", ("m", "M", "c0"), "F"),
    "hostile": law("u - v", ('"""', "*/ \\"), "a\nb\\"),
    "exact": law("k*u + sqrt(2)*v/3 - u/(4*pi)", exact="1/sqrt(2*pi)"),
    "pi": law("pi**2*u*cos(2*pi*v)/3 - v/pi"),
    "abs and sign": law("Abs(u - 1/2)*sign(v - 1/2) + Abs(a)"),
    "trigonometry": law("sin(u)*cos(v) + tan(u) + asin(u) - acos(v)*atan(u/v)"),
    "hyperbolic": law("sinh(u) + cosh(v) - tanh(a*u) + asinh(u) + acosh(1 + v) + atanh(u*v)"),
    "reciprocal functions": law("cot(u) + sec(v) - csc(u)**2 + coth(v)/sech(u)"),
    "nested": law("exp(-(u - v)**2/(2*sqrt(u)))/sqrt(1 - tanh(log(1 + u**2)*v)**2)"),
    "relativity": law("u/sqrt(1 - v**2/w**2)", ("m_0", "v", "c")),
    "powers of powers": law("(u**v)**w + 2**u - (-u)**2 - (-u)**3", ("x", "y", "z")),
    "small and large": law("b*u*1e20 - 12345678.901*v/1e7 + 3"),
    "not always real": law("log(u - 1/2) + sqrt(v - 1/4) + (v - 1/3)**(1/3)"),
    "constant": law("a + 0*u"),
    "long": law(
        "+".join(f"sin({i}*u+v/{i})*exp(-{i}*u*v/7)*cos(u*v)*tanh(u/v)*Abs(u-v)" for i in range(1, 12))
    ),
}


def sample(formula: Formula) -> np.ndarray:
    return np.random.default_rng(0).uniform(0.1, 0.95, (40, len(formula.columns)))


def run(*command: object, stdin: str = "") -> str:
    done = subprocess.run([str(c) for c in command], input=stdin, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def need(program: str) -> str:
    return shutil.which(program) or pytest.skip(f"{program} is not on this machine")


def lines(X: np.ndarray) -> str:
    return "\n".join(" ".join(f"{v:.17g}" for v in row) for row in X) + "\n"


def numbers(text: str) -> np.ndarray:
    return np.array([float(word) for word in text.split()])


def run_python(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    scope: dict = {}
    exec(compile(text, "exported", "exec"), scope)
    with np.errstate(all="ignore"):
        return scope[re.search(r"def (\w+)", text)[1]](*X.T)


def run_torch(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    torch = pytest.importorskip("torch")
    scope: dict = {}
    exec(compile(text, "exported", "exec"), scope)
    value = scope[re.search(r"def (\w+)", text)[1]](*torch.tensor(X.T))
    return np.broadcast_to(value.numpy(), len(X))


def run_c(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    gcc, name, d = need("gcc"), re.search(r"^double (\w+)\(", text, re.M)[1], X.shape[1]
    row = ", ".join(f"row[{i}]" for i in range(d))
    main = f"""#include <stdio.h>
    int main(void) {{
      double row[{d}];
      int i = 0;
      while (scanf("%lf", &row[i]) == 1)
        if (++i == {d}) {{ i = 0; printf("%.17g\\n", {name}({row})); }}
      return 0;
    }}"""
    (folder / "f.c").write_text(text + main)
    run(gcc, "-std=c99", "-Wall", "-Werror", "-pedantic", folder / "f.c", "-o", folder / "f", "-lm")
    return numbers(run(folder / "f", stdin=lines(X)))


def run_fortran(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    gfortran, name, d = need("gfortran"), re.search(r"elemental function (\w+)", text)[1], X.shape[1]
    row = ", ".join(f"row_({i + 1})" for i in range(d))
    main = f"""program main_
    use module_
    double precision :: row_({d})
    integer :: ios_
    do
      read(*, *, iostat=ios_) row_
      if (ios_ /= 0) exit
      write(*, '(es26.17e3)') {name}({row})
    end do
    end program"""
    (folder / "f.f90").write_text(f"module module_\ncontains\n{text}\nend module\n{main}\n")
    run(gfortran, "-std=f2008", "-J", folder, folder / "f.f90", "-o", folder / "f")
    return numbers(run(folder / "f", stdin=lines(X)))


def run_javascript(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    node, name = need("node"), re.search(r"^function (\w+)", text, re.M)[1]
    (folder / "f.js").write_text(f"{text}\nfor (const row of {X.tolist()}) console.log({name}(...row));")
    return numbers(run(node, folder / "f.js"))


def run_r(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    rscript, name = need("Rscript"), re.search(r"^(\w+) <- function", text, re.M)[1]
    (folder / "x").write_text(lines(X))
    call = f'X <- read.table("{folder}/x")\nvalue <- do.call({name}, unname(as.list(X)))'
    (folder / "f.R").write_text(f'{text}\n{call}\ncat(sprintf("%.17g", rep_len(value, nrow(X))))')
    return numbers(run(rscript, "--vanilla", folder / "f.R"))


def run_julia(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    julia, name = need("julia"), re.search(r"^function (\w+)", text, re.M)[1]
    rows = ", ".join(str(tuple(row)) for row in X.tolist())
    (folder / "f.jl").write_text(f"{text}\nfor row in ({rows},); println({name}(row...)); end")
    return numbers(run(julia, folder / "f.jl"))


def run_excel(text: str, X: np.ndarray, folder: Path) -> np.ndarray:
    """No spreadsheet is at hand, but its functions are few and its ``*`` and ``/`` are Python's."""
    known = {name.upper(): getattr(np, name) for name in ("exp", "sqrt", "sin", "cos", "tan", "sign", "abs")}
    known |= {name.upper(): getattr(np, name) for name in ("sinh", "cosh", "tanh")}
    known |= {f"A{name[1:]}".upper(): getattr(np, f"arc{name[1:]}") for name in ("asin", "acos", "atan")}
    known |= {f"A{name[1:]}".upper(): getattr(np, f"arc{name[1:]}") for name in ("asinh", "acosh", "atanh")}
    known |= {"LN": np.log, "POWER": np.power, "PI": lambda: np.pi}
    cells = {f"{chr(ord('A') + i)}2": column for i, column in enumerate(X.T)}
    with np.errstate(all="ignore"):
        return np.broadcast_to(eval(text.strip().removeprefix("="), known | cells), len(X))


def run_sympy(text: str, X: np.ndarray, folder: Path, columns: tuple[str, ...] = ()) -> np.ndarray:
    return compile_expression(sympy.sympify(text), column_symbols(columns)).value(X)


RUNNERS: dict[str, Callable[[str, np.ndarray, Path], np.ndarray]] = {
    name.removeprefix("run_"): f for name, f in globals().items() if name.startswith("run_")
}
NOT_RUN = {"latex": "an equation to read", "json": "run as sympy text below"}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("target", EXPORTERS)
def test_the_product_computes_the_formula(target: str, name: str, tmp_path: Path) -> None:
    formula = FORMULAS[name]
    text, X = EXPORTERS[target](formula), sample(formula)
    if target in NOT_RUN:
        assert text.strip()
        return
    assert target in RUNNERS, f"say how the product of {target} is run: add a function run_{target}"
    if target == "julia" and name == "not always real":
        pytest.skip("Julia raises a DomainError where others return NaN")
    extra = (formula.columns,) if target == "sympy" else ()
    assert_allclose(RUNNERS[target](text, X, tmp_path, *extra), formula.predict(X), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", FORMULAS)
def test_json_is_complete(name: str) -> None:
    formula = FORMULAS[name]
    record, X = json.loads(EXPORTERS["json"](formula)), sample(formula)
    value = run_sympy(record["sympy"], X, Path(), formula.columns)
    assert_allclose(value, formula.predict(X), rtol=1e-12)
    assert record["target"] == formula.target
    assert [c["name"] for c in record["constants"]] == [c.symbol.name for c in formula.constants]


def test_json_has_no_nan() -> None:
    formula = Formula(("x",), "y", sympy.Symbol("x"), (), np.array([[np.nan]]))
    assert json.loads(EXPORTERS["json"](formula))["covariance"] == [[None]]


@pytest.mark.parametrize("target", EXPORTERS)
def test_exporters_are_named_and_never_fail_silently(target: str) -> None:
    exporter = EXPORTERS[target]
    assert exporter.name == target
    assert exporter.suffix.startswith(".")


@pytest.mark.parametrize("target", ["python", "torch", "c", "r", "julia", "fortran", "javascript"])
def test_code_tells_the_errors_and_the_columns(target: str) -> None:
    text = EXPORTERS[target](FORMULAS["spaces"])
    assert "-1.235 ± 0.010" in text
    assert "-1.2345678901234567" in text
    places = [text.rindex(column) for column in FORMULAS["spaces"].columns]
    assert places == sorted(places)


def test_unknown_function_and_unreal_number_are_named() -> None:
    x = sympy.Symbol("x")
    with pytest.raises(ValueError, match="got gamma"):
        spell(sympy.gamma(x), Syntax(), {x: "x"})
    with pytest.raises(ValueError, match="real and finite"):
        spell(x + sympy.sqrt(-2), Syntax(), {x: "x"})


def test_identifiers_are_distinct() -> None:
    names = ["a b", "a_b", "a-b", "a__b", "é", "e", "日本", "", "_", "1", "λ", "Λ", "x" * 200, "x" * 201]
    found = identifiers(names, ["e"], case_sensitive=False)
    assert len({word.lower() for word in found} - {"e"}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z]\w*", word, re.ASCII) and len(word) < 63 for word in found)
