"""Saved models come back exactly, and nothing else is taken for one."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

from kantools.activation import Activation, Activations, Edge
from kantools.estimators.files.container import checksum, sealed, unpack
from kantools.estimators.files.encoding import scatter_in
from kantools.estimators.files.model_file import ModelFileError, SavedModel, check, read_model, write_model
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.trust.condition import Condition
from kantools.symbolic.trust.domain import Domain, Range
from kantools.symbolic.trust.prediction import Scatter

x, a, b = sympy.symbols("x a b")
LAW = Formula(
    columns=("x", "flow rate"),
    target="θ",
    template=a * sympy.sin(x) ** b,
    constants=(Constant(a, 0.1, 1e-17, unit="m/s"), Constant(b, 1.4999, float("nan"), sympy.Rational(3, 2))),
    covariance=np.array([[1e-34]]),
    loss=1 / 3,
    complexity=6,
    description_length=float("inf"),
    held_out_loss=0.5,
    domain=Domain(
        (Range("x", 0.1, 0.2),),
        (Condition(x, ">", sympy.Rational(1, 3), met=None), Condition(x**2, "!=", met=True)),
    ),
    scatter=Scatter("proportional", 0.1, float("inf")),
)
CURVE = Activation(Edge(0, 0, 0), np.array([0.1, 0.2]), np.array([1 / 3, np.pi]), "exp", 0.25)
BELL = Primitive("bell", sympy.exp(-(x**2)), 3, (0.0, np.inf), outer=True)
MODEL = SavedModel(
    kind="SymbolicRegressor",
    settings={"time_limit": np.float64(0.1), "primitives": ["exp", BELL]},
    fitted={"inputs": 2, "names": ["x", "flow rate"]},
    formulas=(LAW,),
    chosen=LAW,
    activations=Activations(("x", "flow rate"), (((0,),), ((0, 1),)), (CURVE,)),
)


@pytest.fixture
def path(tmp_path):
    write_model(MODEL, tmp_path / "model.kantools")
    return tmp_path / "model.kantools"


@pytest.mark.parametrize(
    "scatter", [Scatter("mixed", 0.1, 5.0, share=0.02), Scatter("counts", 1.0, float("inf"))]
)
def test_noise_is_kept(scatter, tmp_path):
    law = replace(LAW, scatter=scatter)
    write_model(replace(MODEL, formulas=(law,), chosen=law), tmp_path / "model.kantools")
    assert read_model(tmp_path / "model.kantools").chosen.scatter == scatter


def test_proportional_noise_was_called_relative():
    assert scatter_in({"kind": "relative", "size": 0.1, "freedom": 3.0}) == Scatter("proportional", 0.1, 3.0)


def test_round_trip_is_exact(path):
    again = read_model(path)
    law = again.chosen
    assert (law.columns, law.target, law.template) == (LAW.columns, LAW.target, LAW.template)
    assert [c.value for c in law.constants] == [0.1, 1.4999]
    assert law.constants[0].error == 1e-17
    assert [c.unit for c in law.constants] == ["m/s", None]
    assert np.isnan(law.constants[1].error)
    assert law.constants[1].exact == sympy.Rational(3, 2)
    assert (law.covariance == LAW.covariance).all()
    assert (law.loss, law.complexity, law.description_length) == (1 / 3, 6, float("inf"))
    assert (law.held_out_loss, law.domain) == (LAW.held_out_loss, LAW.domain)
    assert law.scatter == LAW.scatter
    X = np.random.default_rng(0).uniform(0.1, 1, (9, 2))
    assert (law.predict(X) == LAW.predict(X)).all()
    curve = again.activations.edges[0]
    assert (curve.edge, curve.fixed, curve.importance) == (CURVE.edge, "exp", 0.25)
    assert (curve.y == CURVE.y).all()
    assert again.activations.nodes == MODEL.activations.nodes
    assert again.settings == {"time_limit": 0.1, "primitives": ["exp", BELL]}


def test_the_same_model_makes_the_same_bytes(path, tmp_path):
    write_model(read_model(path), tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "settings",
    [
        {"units": {"number": "m"}},
        {"units": {"tensor": "m"}},
        {"primitives": {"exp": 2, BELL: None}},
        {"forbid": {"pairs": ["exp"]}, "primitives": {BELL: 3}},
        {"time_limit": float("inf"), "nothing": {}, "units": {"µ \n": "m"}},
    ],
    ids=str,
)
def test_settings_come_back_whatever_they_are_called(tmp_path, settings):
    write_model(
        SavedModel("SymbolicRegressor", settings, {"units": settings.get("units", {})}), tmp_path / "m"
    )
    assert read_model(tmp_path / "m").settings == settings


def test_half_a_character_is_no_name(tmp_path):
    with pytest.raises(ModelFileError, match=r"got one with '\\ud800'. Rename it"):
        write_model(SavedModel("K", {"units": {"\ud800": "m"}}), tmp_path / "m")


def test_half_a_character_is_refused_from_a_file(path, monkeypatch):
    _, content, tensors = unpack(path)
    monkeypatch.setattr("kantools.estimators.files.container._text", json.dumps)
    path.write_bytes(sealed(content | {"kind": "\ud800"}, tensors))
    monkeypatch.undo()
    assert "Names in a model file are Unicode text" in refusal(path)


def refusal(path: Path) -> str:
    with pytest.raises(ModelFileError) as error:
        read_model(path)
    return str(error.value)


def change(path: Path, entries: dict[str, Any]) -> None:
    """Other content, with a checksum that fits it."""
    _, content, tensors = unpack(path)
    for place, value in entries.items():
        *way, last = place.split(".")
        part = content
        for step in way:
            part = part[int(step) if isinstance(part, list) else step]
        part[int(last) if isinstance(part, list) else last] = value
    path.write_bytes(sealed(content, tensors))


def test_missing(tmp_path):
    assert "cannot open" in refusal(tmp_path / "none")
    assert f'cannot open "{tmp_path}" (it is no file)' in refusal(tmp_path)


def test_truncated(path):
    whole = path.read_bytes()
    for length in (0, 5, 9, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert "model.kantools is no model, or a" in refusal(path)
    path.write_bytes(whole + b" ")
    assert "model.kantools is no model, or a damaged one" in refusal(path)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[1, 2]",
        b"{}",
        b'{"format": "other"}',
        b"[" * 100_000,
        b'{"format": 1, "format": 2}',
        (10**12).to_bytes(8, "little") + b"{",
        (2).to_bytes(8, "little") + b"{}",
    ],
    ids=lambda text: str(text[:20]),
)
def test_foreign(path, text):
    path.write_bytes(text)
    assert "model.kantools is no model" in refusal(path)


def test_a_header_that_claims_more_than_there_is(path):
    path.write_bytes(path.read_bytes().replace(b'"shape":[2]', b'"shape":[9999999999]'))
    assert "is no model, or a damaged one" in refusal(path)


def test_other_safetensors(path):
    from safetensors.numpy import save_file

    save_file({"weight": np.ones(3)}, path)
    assert 'is no model of kantools: it does not say "kantools model". Give a file' in refusal(path)


def test_any_other_number_or_word_is_noticed(path):
    whole = path.read_bytes()
    for old, new in (
        (b"0.25", b"0.75"),
        (b"m/s", b"m/h"),
        (np.float64(np.pi).tobytes(), np.float64(3).tobytes()),
    ):
        assert old in whole
        path.write_bytes(whole.replace(old, new))
        assert "is damaged: its checksum does not fit its content. Save" in refusal(path)


def test_newer(path, monkeypatch):
    monkeypatch.setattr("kantools.estimators.files.container.VERSION", 99)
    path.write_bytes(sealed({"unheard": "of"}, {}))
    monkeypatch.undo()
    assert "newer kantools (file version 99; this one reads up to 2). Upgrade" in refusal(path)
    path.write_text('{"format": "kantools model", "version": 99}', encoding="utf-8")
    assert "newer kantools (file version 99" in refusal(path)


@pytest.mark.parametrize("version", [0, -1, "2", 1.5, True, None])
def test_no_version(path, monkeypatch, version):
    monkeypatch.setattr("kantools.estimators.files.container.VERSION", version)
    path.write_bytes(sealed({}, {}))
    monkeypatch.undo()
    assert "is no version of a file" in refusal(path)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ({"chosen": 3}, "IndexError"),
        ({"chosen": -1}, "$.chosen"),
        ({"chosen": {}}, "$.chosen"),
        ({"kind": None}, "$.kind"),
        ({"formulas": "all"}, "$.formulas"),
        ({"activations": {"columns": ["x"]}}, "$.activations"),
        ({"formulas.0.template": ["symbol", "x"]}, "template"),
        ({"formulas.0.template": "__import__('os').abort()"}, 'not "\'"'),
        ({"formulas.0.template": "eval(x)"}, 'no function "eval"'),
        ({"formulas.0.template": "x + z"}, 'no column or constant "z"'),
        ({"formulas.0.template": "9**9**9*x"}, "multiplied out"),
        ({"formulas.0.template": "exp(exp(1e4*a))*b"}, "not beyond 1.8e308"),
        ({"formulas.0.loss": "0"}, "loss"),
        ({"formulas.0.loss": True}, "loss"),
        ({"formulas.0.complexity": 1.5}, "complexity"),
        ({"formulas.0.complexity": 10**30}, "complexity"),
        ({"formulas.0.covariance": [[1]]}, "covariance"),
        ({"formulas.0.covariance": {"tensor": "activations.edges.0.x"}}, "KeyError"),
        ({"formulas.0.columns": ["x", "x"]}, "columns"),
        ({"formulas.0.columns": ["x", "a"]}, "have one name"),
        ({"activations.edges.0.y": {"tensor": "../../etc/passwd"}}, "KeyError"),
        ({"activations.edges.0.x": {"tensor": "formulas.0.covariance"}}, "KeyError"),
        ({"activations.edges.0.edge": [0, -1, 0]}, "-1 is less than"),
        ({"activations": None}, "nothing refers to the tensor activations.edges.0.x"),
        ({"settings": {"primitives": [{"primitive": {"name": "f"}}]}}, "KeyError: 'domain'"),
        ({"settings": {"x": {"number": "1e400"}}}, "KeyError: '1e400'"),
    ],
    ids=str,
)
def test_damaged_with_a_fitting_checksum(path, entries, why):
    change(path, entries)
    message = refusal(path)
    assert "model.kantools is damaged (" in message
    assert message.endswith("Save the model again.")
    assert why in message


def test_every_member_is_missed(path):
    _, content, tensors = unpack(path)
    for key in set(content) - {"rivals"}:  # files of before there were any lack these
        path.write_bytes(sealed({k: v for k, v in content.items() if k != key}, tensors))
        assert "required" in refusal(path)


def test_the_schema_is_one():
    from jsonschema import Draft202012Validator

    from kantools.estimators.files import model_file

    Draft202012Validator.check_schema(
        json.loads(Path(model_file.__file__).with_name("model_file.schema.json").read_text())
    )
    with pytest.raises(ValueError, match="required property"):
        check({})


def test_the_checksum_knows_names_types_and_shapes():
    a = np.arange(4.0)
    others = ({"b": a}, {"a": a.astype(np.float32)}, {"a": a.reshape(2, 2)}, {"a": a + 1}, {})
    assert len({checksum(0, t) for t in ({"a": a}, *others)} | {checksum(1, {"a": a})}) == 7
