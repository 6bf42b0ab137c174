"""Saved models come back exactly, and nothing else is taken for one."""

import json
import os

import numpy as np
import pytest
import sympy

from kantools.activation import Activation, Activations, Edge
from kantools.estimators.model_file import (
    ModelFileError,
    SavedModel,
    read_model,
    write_atomically,
    write_model,
)
from kantools.symbolic.domain import Condition, Domain, Range
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.prediction import Scatter

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
    scatter=Scatter("relative", 0.1, float("inf")),
)
CURVE = Activation(Edge(0, 0, 0), np.array([0.1, 0.2]), np.array([1 / 3, np.pi]), "exp", 0.25)
MODEL = SavedModel(
    kind="SymbolicRegressor",
    settings={"time_limit": np.float64(0.1), "primitives": ["exp"]},
    fitted={"inputs": 2, "names": ["x", "flow rate"]},
    formulas=(LAW,),
    chosen=LAW,
    activations=Activations(("x", "flow rate"), (((0,),), ((0, 1),)), (CURVE,)),
)


@pytest.fixture
def path(tmp_path):
    write_model(MODEL, tmp_path / "model.json")
    return tmp_path / "model.json"


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
    assert again.settings == {"time_limit": 0.1, "primitives": ["exp"]}


def test_it_is_strict_json(path):
    def refuse(word):
        raise AssertionError(word)

    json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)


def change(path, **entries):
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | entries), encoding="utf-8")


def refusal(path) -> str:
    with pytest.raises(ModelFileError) as error:
        read_model(path)
    return str(error.value)


def test_missing(tmp_path):
    assert "cannot open" in refusal(tmp_path / "none.json")


def test_truncated(path):
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    assert "model.json is no model, or a truncated one" in refusal(path)


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"[1, 2]", b"{}", b'{"format": "other"}', b"[" * 100_000])
def test_foreign(path, text):
    path.write_bytes(text)
    assert "model.json is no model" in refusal(path)


def test_newer(path):
    change(path, version=99)
    assert "newer kantools (file version 99; this one reads up to 1). Upgrade" in refusal(path)


FORMULA = json.loads(json.dumps({"columns": ["x"], "target": "y", "constants": [], "covariance": None}))
FORMULA |= {"loss": 0.0, "complexity": 1, "description_length": 0.0}


@pytest.mark.parametrize(
    "entries",
    [
        {"chosen": 3},
        {"chosen": {}},
        {"kind": None},
        {"formulas": "all"},
        {"activations": {"columns": ["x"]}},
        {"chosen": FORMULA | {"template": ["eval", "__import__('os')"]}},
        {"chosen": FORMULA | {"template": ["symbol", "z"]}},
        {"chosen": FORMULA | {"template": ["symbol", "x"], "loss": "0"}},
        {"chosen": FORMULA | {"template": ["symbol", "x"], "covariance": [[1]]}},
        {"chosen": FORMULA | {"template": ["symbol", "x"], "complexity": 1.5}},
    ],
    ids=str,
)
def test_damaged(path, entries):
    change(path, **entries)
    assert "model.json is damaged" in refusal(path)


def test_any_cut_or_lost_entry_is_noticed(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    for key in content:
        path.write_text(json.dumps({k: v for k, v in content.items() if k != key}), encoding="utf-8")
        with pytest.raises(ModelFileError):
            read_model(path)


def test_a_failed_write_leaves_the_old_file(path, monkeypatch):
    before = path.read_bytes()

    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["model.json"]
