"""Every exporter's product, run where its language is on the machine, agrees with ``formula.predict``."""

import json
import re
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose

from benchmarks.agreement import difference, worst_differences
from benchmarks.exported_laws import Law, laws
from benchmarks.languages import LANGUAGES
from kantools.errors import SettingError
from kantools.symbolic.evaluate import column_symbols, compile_expression
from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.exporters.identifiers import identifiers
from kantools.symbolic.exporters.syntax import Syntax, spell
from kantools.symbolic.exporters.torch import RESERVED
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.domain import Domain, Range

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


#: Names that a data set may well have, and some that only an attacker would give: columns, then the target.
NAMES = {
    "physics": (("lambda", "E", "I"), "S"),
    "classes": (("class", "def", "import"), "None"),
    "spaces and quotes": (("flow rate (m³/s)", 'a"b', "a'b"), "it's"),
    "greek": (("$\\alpha$", "α", "alpha"), "Δt₀"),
    "one after cleaning": (("a b", "a-b", "a_b"), "a.b"),
    "functions": (("sin", "exp", "pi"), "sqrt"),
    "modules": (("np", "torch", "Math"), "f64"),
    "c": (("double", "int", "struct"), "gamma"),
    "rust": (("fn", "let", "match"), "main"),
    "fortran": (("end", "real", "M"), "m"),
    "julia": (("function", "catch", "DomainError"), "module"),
    "r": (("TRUE", "next", "if"), "repeat"),
    "javascript": (("var", "new", "await"), "delete"),
    "module's own": (("forward", "self", "double"), "train"),
    "comment": (('x */ system("exit 1") /*', "y\nraise SystemExit(1)", "z\r\n#error"), "t */ #error\n#error"),
    "quotes": (('"""\nraise SystemExit(1)\n"""', "'''", "${x}`exit`{{x}}"), '"""'),
    "joined lines": (("end\\", "end??/", "end\\ \\"), "joined\\"),
    "unseen": (("\u202ex\u2066", "\0", "\u2028"), "\u200b"),
    "spreadsheet": (("=1+1", "@SUM(1)", "-1"), "+1"),
    "graph": (("v1", "v2", "X"), "v3"),
    "empty": (("", "_", "1"), "0"),
}


def named(columns: tuple[str, ...], target: str) -> Formula:
    """A formula that tells its columns apart, with units that cannot be trusted either."""
    formula = law("a*u - 2*v + 3*w", columns, target)
    units = dict.fromkeys((*columns, target), "m */\n#error\n")
    constants = tuple(replace(c, unit="\n*/ s\\") for c in formula.constants)
    return replace(formula, units=units, constants=constants)


def case(name: str, formula: Formula) -> Law:
    return Law(name, formula, np.random.default_rng(0).uniform(0.1, 0.95, (40, len(formula.columns))))


def needed(target: str) -> None:
    assert target in LANGUAGES, f"say how the product of {target} is run: a file in benchmarks/languages"
    if LANGUAGES[target].missing:
        pytest.skip(f"not on this machine: {LANGUAGES[target].missing}")


def bad(target: str, cases: list[Law], folder: Path) -> dict[str, float]:
    """The cases that are further from the formula than they may be."""
    found = zip(cases, worst_differences(target, cases, folder), strict=True)
    return {law.name: d for law, d in found if not d < LANGUAGES[target].close}


@pytest.mark.parametrize("target", EXPORTERS)
def test_the_product_computes_the_formula(target: str, tmp_path: Path) -> None:
    """Of every function, of names that must not come through, and of a sample of laws: one batch."""
    needed(target)
    cases = [case(name, formula) for name, formula in FORMULAS.items()]
    cases += [case(name, named(*names)) for name, names in NAMES.items()]
    assert bad(target, [*cases, *laws(25)], tmp_path) == {}


@pytest.mark.slow
@pytest.mark.parametrize("target", EXPORTERS)
def test_two_hundred_laws(target: str, tmp_path: Path) -> None:
    needed(target)
    assert bad(target, laws(200), tmp_path) == {}


def test_difference_sees_what_is_wrong() -> None:
    assert difference(np.array([2.0, np.nan]), np.array([2.0, np.nan])) == 0
    assert difference(np.array([2.0, 1.0]), np.array([2.0, np.nan])) == np.inf
    assert difference(np.array([2.0, np.nan]), np.array([2.0, 1.0])) == np.inf
    assert difference(np.array([np.nan]), np.array([np.inf])) == np.inf
    assert difference(np.array([np.nan]), np.array([np.inf]), errors=True) == 0
    assert difference(np.array([1.1]), np.array([1.0])) == pytest.approx(0.1)


def test_two_hundred_laws_have_rows_where_they_are_not_real() -> None:
    values = [law.formula.predict(law.X) for law in laws(200)]
    assert len(values) == 200
    assert sum(np.isnan(v).any() for v in values) >= 10
    assert np.mean([np.isfinite(v).mean() for v in values]) > 0.9


@pytest.mark.parametrize("name", FORMULAS)
def test_json_is_complete(name: str) -> None:
    formula = FORMULAS[name]
    record, X = json.loads(EXPORTERS["json"](formula)), case(name, formula).X
    value = compile_expression(sympy.sympify(record["sympy"]), column_symbols(formula.columns)).value(X)
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


CODE = ["python", "torch", "c", "r", "julia", "fortran", "javascript", "rust"]


@pytest.mark.parametrize("target", CODE)
def test_code_tells_the_errors_and_the_columns(target: str) -> None:
    text = EXPORTERS[target](FORMULAS["spaces"])
    assert "-1.235 ± 0.010" in text
    assert "-1.2345678901234567" in text
    places = [text.rindex(column) for column in FORMULAS["spaces"].columns]
    assert places == sorted(places)


@pytest.mark.parametrize("target", CODE)
def test_code_tells_units_ranges_and_who_wrote_it(target: str) -> None:
    formula = replace(
        FORMULAS["monomial"],
        units={"x": "m/s", "f": "kg"},
        domain=Domain(ranges=(Range("x", 0.5, 3.0),)),
        constants=tuple(replace(c, unit="kg*s**3") for c in FORMULAS["monomial"].constants),
    )
    text = EXPORTERS[target](formula)
    assert "x [m/s], seen from 0.5 to 3" in text
    assert "The value is in kg." in text
    assert "-1.235 ± 0.010 kg*s**3" in text
    assert f"Written by kantools {version('kantools')}." in text
    assert text == EXPORTERS[target](formula)


def test_latex_has_every_bit_of_a_constant_without_error_and_no_digit_of_noise() -> None:
    formula, value = law("a*u", ("u",), "y"), 0.1 + 0.2
    (estimate,) = (replace(c, value=value) for c in formula.constants)
    known, fitted = (replace(formula, constants=(replace(estimate, error=e),)) for e in (0.0, 1e-16))
    assert EXPORTERS["latex"](known) == rf"y = {value!r} \, u"
    assert known.latex() == r"y = 0.3 \, u"
    assert EXPORTERS["latex"](fitted) == r"y = 0.3 \, u"


def test_names_of_latex_hold_no_command_of_their_own() -> None:
    text = EXPORTERS["latex"](named(("\\input{x}", "a^b_c~d", "\\"), "\\end{document}"))
    assert set(re.findall(r"\\([a-zA-Z]+)", text)) <= {"mathrm", "backslash", "hat", "sim"}
    assert text.count("{") == text.count("}")


def test_c_has_a_header() -> None:
    files = EXPORTERS["c"].files(FORMULAS["monomial"], "law.c")
    assert list(files) == ["law.c", "law.h"]
    assert "double f(double x, double y);" in files["law.h"]
    assert 'extern "C"' in files["law.h"]


def test_torch_module_trains_its_constants_and_keeps_the_columns_type() -> None:
    torch = pytest.importorskip("torch")
    scope: dict = {}
    exec(EXPORTERS["torch"](FORMULAS["monomial"]), scope)
    module = scope["f"]()
    assert [p.item() for p in module.parameters()] == [-1.2345678901234567]
    value = module(torch.ones(3, dtype=torch.float32), torch.ones(3, dtype=torch.float32))
    assert value.dtype == torch.float32
    value.sum().backward()
    assert all(p.grad == 3 for p in module.parameters())


def test_parameters_of_a_torch_module_hide_nothing() -> None:
    torch = pytest.importorskip("torch")
    assert {name for name in dir(torch.nn.Module()) if not name.startswith("_")} <= RESERVED


def test_a_cell_of_excel_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kantools.symbolic.exporters.excel.LONGEST", 20)
    assert EXPORTERS["excel"](law("u*v"))
    with pytest.raises(SettingError, match=r"at most 20 characters; this one has \d+\."):
        EXPORTERS["excel"](FORMULAS["nested"])


def test_powers_of_ten_are_typeset() -> None:
    formula = law("exp(-b*u)*v")
    assert r"3.3 \cdot 10^{-5}" in EXPORTERS["latex"](formula) or "10^{-5}" in EXPORTERS["latex"](formula)
    assert not re.search(r"\de-\d", EXPORTERS["latex"](formula))


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
