"""Files of every version load to the model that was saved, and damaged ones are refused or harmless."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sympy import exp, sin

from kantools import KANClassifier, KANRegressor, SymbolicRegressor
from kantools.estimators.files.container import VERSION, sealed, unpack
from kantools.estimators.files.model_file import ModelFileError
from kantools.symbolic.primitive import ARGUMENT, PRIMITIVES, Primitive, select_primitives
from tests.hanging import ends

STORED = Path(__file__).parent / "stored"
KINDS: dict[str, Any] = {k.__name__: k for k in (SymbolicRegressor, KANRegressor, KANClassifier)}
EXTREME = [
    None,
    True,
    -1,
    0,
    1.5,
    10**12,
    10**400,
    1e308,
    "",
    "x",
    [],
    {},
    [[]],
    [None],
    {"number": "NaN"},
    "é\x00",
]


#: Some of the rows lie outside of what the stored models have seen.
pytestmark = pytest.mark.filterwarnings("ignore::kantools.ExtrapolationWarning")


def told(model: Any) -> tuple[np.ndarray, np.ndarray]:
    """What the model says now, and what the one that was saved said."""
    kind = type(model).__name__
    kept = json.loads((STORED / f"{kind}.v1.json").read_text(encoding="utf-8"))
    rows = np.array(kept["rows"])
    if kind == "SymbolicRegressor":
        now = model.formula_.predict(rows)
        assert len(model.equations_) == len(model.discovery_.front)
    else:
        now = model.predict_proba(rows) if kind == "KANClassifier" else model.predict(rows)
    return now, np.array(kept["predictions"])


def load(kind: str, path: Path) -> Any:
    return KINDS[kind].load(path)


@pytest.mark.parametrize("version", range(1, VERSION + 1))
@pytest.mark.parametrize("kind", KINDS)
def test_every_version_loads(kind, version):
    model = load(kind, STORED / f"{kind}.v{version}")
    np.testing.assert_allclose(*told(model), rtol=1e-12)
    if kind == "SymbolicRegressor":
        assert str(model.formula_) == "F = Nn*mu"
        assert model.units_ == {"mu": "1", "Nn": "kg*m/s**2", "F": "kg*m/s**2"}
        assert model.get_params()["primitives"] == {"exp": 2, "sin": None}
    if kind == "KANClassifier":
        assert list(model.classes_) == ["kalt", "warm"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_old_file_saved_anew_is_of_this_version(kind, tmp_path):
    model = load(kind, STORED / f"{kind}.v1")
    model.save(tmp_path / "law.kantools")
    assert unpack(tmp_path / "law.kantools")[0] == VERSION
    again = load(kind, tmp_path / "law.kantools")
    assert (told(again)[0] == told(model)[0]).all()
    assert again.get_params() == model.get_params()


def test_a_model_with_functions_of_its_own_can_search_again(tmp_path):
    bell = Primitive("bell", exp(-(ARGUMENT**2)), 3, outer=True)
    cheap = Primitive("sin", sin(ARGUMENT), 9)  # not the one of that name
    for primitives in (["log", bell], {bell: 2, "exp": None}, (cheap, PRIMITIVES["cos"])):
        model = load("SymbolicRegressor", STORED / f"SymbolicRegressor.v{VERSION}")
        model.set_params(primitives=primitives).save(tmp_path / "m")
        again = load("SymbolicRegressor", tmp_path / "m")
        again.check_settings()
        assert select_primitives(again.primitives) == select_primitives(primitives)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_in_a_fresh_process(kind):
    code = (
        "import json, sys; import numpy as np; import kantools\n"
        "model = getattr(kantools, sys.argv[1]).load(sys.argv[2])\n"
        "ask = model.predict_proba if sys.argv[1] == 'KANClassifier' else model.predict\n"
        "print(json.dumps(ask(np.array(json.loads(sys.argv[3]))).tolist()))"
    )
    kept = json.loads((STORED / f"{kind}.v{VERSION}.json").read_text(encoding="utf-8"))
    command = [sys.executable, "-W", "ignore", "-c", code, kind, str(STORED / f"{kind}.v{VERSION}")]
    done = subprocess.run([*command, json.dumps(kept["rows"])], capture_output=True, text=True, check=True)
    np.testing.assert_allclose(json.loads(done.stdout), kept["predictions"], rtol=1e-12)


# Damage of the bytes: what the checksum is for.


def flip(data: bytearray, draw: random.Random) -> None:
    for _ in range(draw.choice([1, 1, 2, 50])):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)


def cut(data: bytearray, draw: random.Random) -> None:
    del data[draw.randrange(len(data)) :]


def lose(data: bytearray, draw: random.Random) -> None:
    begin = draw.randrange(len(data))
    del data[begin : begin + draw.choice([1, 8, 512])]


def swap(data: bytearray, draw: random.Random) -> None:
    length = draw.choice([8, 64, 512])
    a, b = sorted(draw.randrange(0, len(data) // 2 - length, 8) for _ in range(2))
    b += len(data) // 2
    data[a : a + length], data[b : b + length] = data[b : b + length], data[a : a + length]


def blank(data: bytearray, draw: random.Random) -> None:
    begin = draw.randrange(len(data))
    data[begin : begin + 512] = bytes(len(data[begin : begin + 512]))


def lengthen(data: bytearray, draw: random.Random) -> None:
    at = draw.choice([0, 8, len(data), draw.randrange(len(data))])
    data[at:at] = draw.randbytes(draw.choice([1, 8, 1000]))


DAMAGES: list[Callable[[bytearray, random.Random], None]] = [flip, flip, cut, lose, swap, blank, lengthen]


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_bytes_are_noticed(kind, tmp_path):
    whole = (STORED / f"{kind}.v{VERSION}").read_bytes()
    before = told(load(kind, STORED / f"{kind}.v{VERSION}"))[0]
    refused = 0
    for seed in range(80):
        draw, data = random.Random(seed), bytearray(whole)
        draw.choice(DAMAGES)(data, draw)
        (tmp_path / "damaged").write_bytes(data)
        try:
            assert (told(load(kind, tmp_path / "damaged"))[0] == before).all()
        except ModelFileError as error:
            refused += str(error).startswith("damaged ")
    assert refused > 75


# A file that lies with a fitting checksum: what the schema and the checks behind it are for.


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every member of every object and list, as (container, key)."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [place for key, part in members for place in [(value, key), *places(part)]]


def lie(content: dict[str, Any], tensors: dict[str, np.ndarray], draw: random.Random) -> None:
    if draw.random() < 0.25 and tensors:
        name = draw.choice(sorted(tensors))
        tensors[name] = spoil(tensors[name], draw)
        return
    holder, key = draw.choice(places(content))
    if draw.random() < 0.3:
        del holder[key]
    elif draw.random() < 0.3:
        other, place = draw.choice(places(content))
        holder[key] = json.loads(json.dumps(other[place]))
    else:
        holder[key] = draw.choice(EXTREME)


def spoil(array: np.ndarray, draw: random.Random) -> np.ndarray:
    spoilt = array.copy()
    if draw.random() < 0.5 and array.size and array.dtype.kind == "f":
        spoilt.flat[draw.randrange(array.size)] = draw.choice([np.nan, np.inf, -1e308, 1e308])
        return spoilt
    return draw.choice([spoilt.T, spoilt[:0], spoilt.ravel(), spoilt.astype(np.int8), spoilt[None]])


def lies(kind: str, path: Path, seeds: range) -> tuple[int, int]:
    """How many were refused, and how many loaded to a model that predicts."""
    refused = loaded = 0
    for seed in seeds:
        draw = random.Random(seed)
        _, content, tensors = unpack(STORED / f"{kind}.v{VERSION}")
        lie(content, tensors, draw)
        path.write_bytes(sealed(content, tensors))
        with ends():
            try:
                model = load(kind, path)
            except ModelFileError:
                refused += 1
            else:
                with np.errstate(all="ignore"):  # a weight may be infinite, and so may what comes of it
                    loaded += len(told(model)[0]) == 6
    return refused, loaded


@pytest.mark.parametrize("kind", KINDS)
def test_lies_end_in_a_model_or_a_refusal(kind, tmp_path):
    refused, loaded = lies(kind, tmp_path / "lie", range(70))
    assert refused + loaded == 70
    assert refused > 20


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_lies(kind, tmp_path):
    assert sum(lies(kind, tmp_path / "lie", range(1000, 2000))) == 1000


def test_a_network_larger_than_its_file(tmp_path):
    for width in ([[2, 0], [10**9, 0], [1, 0]], [[10**9, 0], [1, 1], [1, 0]], [[2, 0], [1, 0]]):
        _, content, tensors = unpack(STORED / f"KANRegressor.v{VERSION}")
        content["network"]["width"] = width
        (tmp_path / "huge").write_bytes(sealed(content, tensors))
        with pytest.raises(ModelFileError, match="huge is damaged"):
            KANRegressor.load(tmp_path / "huge")
