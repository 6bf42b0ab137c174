"""Every command, every file it writes, and every message with which it refuses."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from kantools import KANRegressor
from kantools.cli.commands import app
from kantools.estimators.files.model_file import read_model, write_model
from kantools.symbolic.trust.domain import Domain, Range
from kantools.symbolic.trust.prediction import Scatter

FALL = "t,height,e\n0,1,.1\n1,5.9,.1\n2,20.6,.1\n3,45.1,.2\n4,79.5,.1\n5,123.6,.1\n"


def kantools(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture
def fall(tmp_path: Path) -> Path:
    (tmp_path / "fall.csv").write_text(FALL)
    return tmp_path / "fall.csv"


@pytest.fixture
def model(fake_discovery, tmp_path: Path) -> Path:
    assert kantools("fit", "planets", "--out", tmp_path / "run").exit_code == 0
    return tmp_path / "run" / "model.kantools"


class TestHelp:
    def test_help(self):
        result = kantools("--help")
        assert result.exit_code == 0
        assert all(word in result.stdout for word in ("fit", "predict", "export", "datasets"))

    def test_version(self):
        assert kantools("--version").stdout.startswith("kantools 0.")

    def test_unknown_command(self):
        assert kantools("fti").exit_code == 2


@pytest.mark.usefixtures("fake_discovery")
class TestFit:
    def test_bundled_data(self):
        result = kantools("fit", "planets")
        assert result.exit_code == 0
        assert "Looking for period (year) as a formula in distance (au): 8 rows." in result.stderr
        front, law = result.stdout.split("\n\n")[:2]
        assert front.split()[:3] == ["complexity", "loss", "held"]
        assert "→" in front
        assert law.startswith("period = ")
        assert "c1 = 1.499835 ± 0.000035" in result.stdout
        assert "1 - R² = " in result.stdout
        assert "finished." in result.stdout
        assert "\x1b" not in result.stdout

    def test_file(self, fall):
        result = kantools("fit", fall, "--target", "height", "--sigma", "e", "--columns", "t")
        assert result.exit_code == 0
        assert "height = " in result.stdout

    def test_another_target_of_bundled_data(self):
        assert "distance = " in kantools("fit", "planets", "--target", "distance").stdout

    def test_a_law_is_sampled(self):
        assert "1000 rows" in kantools("fit", "I.12.1").stderr

    def test_quiet(self):
        result = kantools("fit", "planets", "--quiet")
        assert result.stdout.startswith("period = ")
        assert result.stdout.count("\n") == 1
        assert result.stderr == ""

    def test_settings_reach_the_search(self, fake_discovery, monkeypatch):
        seen: list[dict] = []
        search = fake_discovery.discover
        monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: seen.append(k) or search(t, **k))
        options = (
            "--time-limit 7 --max-complexity 9 --primitives exp,log --forbid exp(exp) "
            "--selection knee --loss huber --noise mixed --seed 5 --units table --effort 3 "
            "--hypotheses ...,-networks"
        )
        assert kantools("fit", "planets", *options.split()).exit_code == 0
        assert seen[0].pop("progress") is not None
        assert seen[0] == {
            "time_limit": 7.0,
            "basis": "bspline",
            "max_complexity": 9,
            "primitives": ["exp", "log"],
            "forbid": {"exp": ["exp"]},
            "units": {"distance": "au", "period": "year"},
            "selection": "knee",
            "loss": "huber",
            "noise": "mixed",
            "seed": 5,
            "effort": 3.0,
            "hypotheses": ["...", "-networks"],
        }

    def test_dropped_rows_are_noted(self, fall):
        fall.write_text(FALL.replace("5.9", ""))
        result = kantools("fit", fall, "--target", "height", "--drop-missing")
        assert result.exit_code == 0
        assert "Note: 1 of 6 rows of fall.csv" in result.stderr

    def test_ignored_columns_are_noted(self, fall):
        fall.write_text("g,t,y\n" + "".join(f"9.81,{i},{i + i * i}\n" for i in range(6)))
        assert 'Note: "g" of fall.csv does not vary' in kantools("fit", fall, "--target", "y").stderr

    def test_nothing_is_written_without_out(self, fall, monkeypatch):
        monkeypatch.chdir(fall.parent)
        assert kantools("fit", fall, "--target", "height").exit_code == 0
        assert [p.name for p in fall.parent.iterdir()] == ["fall.csv"]


class TestOut:
    def test_files(self, model):
        folder = model.parent
        assert sorted(p.name for p in folder.iterdir()) == [
            "equations.csv",
            "formula.py",
            "formula.tex",
            "formula.txt",
            "model.kantools",
            "network.png",
            "parity.png",
            "report.html",
        ]
        assert list(pd.read_csv(folder / "equations.csv").complexity) == [2, 4, 4]
        assert "period = " in (folder / "formula.txt").read_text(encoding="utf-8")
        assert b'"kantools model"' in model.read_bytes()[:100]
        scope: dict = {}
        exec((folder / "formula.py").read_text(encoding="utf-8"), scope)
        assert scope["period"](1.0) == pytest.approx(1.0, abs=1e-3)
        for name in ("network.png", "parity.png"):
            assert (folder / name).read_bytes().startswith(b"\x89PNG")

    def test_twice_into_one_folder(self, model):
        assert kantools("fit", "planets", "--out", model.parent, "-q").exit_code == 0

    def test_out_is_a_file(self, fall):
        result = kantools("fit", "planets", "--out", fall)
        assert result.exit_code == 2
        assert "--out names a folder" in result.stderr


class TestSavedModel:
    def test_predict(self, model, tmp_path):
        table = pd.read_csv(Path(__file__).parents[3] / "datasets" / "data" / "planets.csv")
        table.to_csv(tmp_path / "p.csv")
        with_errors = kantools("predict", model, tmp_path / "p.csv", "--std").stdout
        (tmp_path / "out.csv").write_text(with_errors)
        frame = pd.read_csv(tmp_path / "out.csv")
        assert list(frame.columns) == ["distance", "period", "period std"]
        np.testing.assert_allclose(frame.period, table.period, rtol=1e-3)
        assert kantools("predict", model, "planets", "--out", tmp_path / "q.csv").stdout == ""
        np.testing.assert_array_equal(pd.read_csv(tmp_path / "q.csv").period, frame.period)

    def test_another_formula_is_chosen(self, model, tmp_path):
        front = read_model(model).formulas
        lines = kantools("choose", model).stdout.splitlines()[1:]
        assert [line.replace("→", "").split()[0] for line in lines] == [str(k) for k in range(len(front))]
        document = json.loads(kantools("choose", model, "--json").stdout)
        assert len(document["front"]) == len(front)
        other = (document["chosen"] + 1) % len(front)
        done = kantools("choose", model, other, "--out", tmp_path / "other.kantools")
        assert done.stdout.strip() == str(front[other])
        assert json.loads(kantools("choose", tmp_path / "other.kantools", "--json").stdout)["chosen"] == other
        assert json.loads(kantools("choose", model, "--json").stdout)["chosen"] == document["chosen"]
        assert kantools("choose", model, other, "-q").stderr == ""
        assert json.loads(kantools("choose", model, "--json").stdout)["chosen"] == other
        refused = kantools("choose", model, len(front))
        assert refused.exit_code == 2
        assert f"A row of this front is 0 to {len(front) - 1}; got {len(front)}" in refused.stderr

    def test_predictions_as_one_document(self, model):
        document = json.loads(kantools("predict", model, "planets", "--std", "--json").stdout)
        assert list(document) == ["distance", "period", "period std"]
        assert {len(column) for column in document.values()} == {8}

    def test_intervals(self, model, tmp_path):
        assert kantools("predict", model, "planets", "--interval", "95").exit_code == 2
        saved = read_model(model)
        domain = Domain((Range("distance", 0.5, 40.0),), ())
        chosen = replace(saved.chosen, scatter=Scatter("proportional", 0.01, 6.0), domain=domain)
        write_model(replace(saved, chosen=chosen), model)
        result = kantools("predict", model, "planets", "--interval", "0.95")
        assert result.stderr.startswith("Note: 1 row of 8 outside of what was seen")
        (tmp_path / "out.csv").write_text(result.stdout)
        frame = pd.read_csv(tmp_path / "out.csv")
        assert list(frame.columns) == ["distance", "period", "period lower", "period upper"]
        # Student's quantile of six degrees of freedom is 2.447.
        np.testing.assert_allclose(frame["period upper"] / frame.period - 1, 0.02447, rtol=0.01)

    def test_export(self, model, tmp_path):
        assert "def period(distance)" in kantools("export", model).stdout
        assert kantools("export", model, "--to", "latex").stdout.startswith(r"\mathrm{period} = ")
        assert kantools("export", model, "--to", "c", "--out", tmp_path / "f.c").stdout == ""
        assert "distance [au]" in (tmp_path / "f.c").read_text()
        assert "double period(double distance);" in (tmp_path / "f.h").read_text()

    def test_export_of_bytes(self, model, tmp_path):
        pytest.importorskip("onnx")
        written = kantools("export", model, "--to", "onnx", "--out", tmp_path / "f.onnx")
        assert (written.exit_code, written.stdout) == (0, "")
        assert b"kantools" in (tmp_path / "f.onnx").read_bytes()

    @pytest.mark.slow
    def test_export_of_a_network(self, tmp_path):
        pytest.importorskip("onnxscript")
        x = np.linspace(0, 6, 40)[:, None]
        network = KANRegressor(width=[], random_state=0).fit(x, np.sin(x[:, 0]))
        network.save(tmp_path / "net.kantools")
        done = kantools("export", tmp_path / "net.kantools", "--to", "onnx", "--out", tmp_path / "net.onnx")
        assert done.exit_code == 0, done.stderr
        assert (tmp_path / "net.onnx").read_bytes() == network.export("onnx")
        refused = kantools("export", tmp_path / "net.kantools", "--to", "c")
        assert refused.exit_code == 2
        assert "holds a network without a formula" in refused.stderr

    def test_refusals(self, model, fall):
        for args, text in (
            (("predict", model, fall), 'There is no column "distance" in fall.csv'),
            (("predict", model, "boyle"), 'There is no column "distance" in boyle'),
            (("predict", fall, "planets"), "fall.csv is no model"),
            (("predict", "no.json", "planets"), 'cannot open "no.json"'),
            (("export", model, "--to", "pyton"), 'There is no exporter "pyton"; did you mean "python"?'),
        ):
            result = kantools(*args)
            assert result.exit_code == 2, args
            assert text in result.stderr


class TestDatasets:
    def test_list(self):
        result = kantools("datasets")
        assert "planets" in result.stdout
        assert "laws to sample" in result.stdout

    def test_show(self, tmp_path):
        result = kantools("datasets", "planets", "--csv", tmp_path / "p.csv")
        assert all(word in result.stdout for word in ("Kepler", "distance (au)", "Seidelmann", "law"))
        assert list(pd.read_csv(tmp_path / "p.csv").columns) == ["distance", "period", "sigma"]
        assert "mu from 1 to 5" in kantools("datasets", "I.12.1").stdout

    def test_refusals(self, tmp_path):
        result = kantools("datasets", "planet")
        assert result.exit_code == 2
        assert 'did you mean "planets"?' in result.stderr
        assert "name it" in kantools("datasets", "--csv", tmp_path / "p.csv").stderr


BAD = {
    "missing file": ("", "no.csv --target y", 'There is no file "no.csv"'),
    "no such data set": ("", "planet", 'neither a file nor a data set "planet"; did you mean "planets"?'),
    "suffix": ("a", "data.json --target y", "A table is one of .csv"),
    "no target": (FALL, "data.csv", 'Name it with --target; data.csv has "t", "height", "e".'),
    "no such column": (FALL, "data.csv --target heigth", 'did you mean "height"?'),
    "text": (FALL.replace("20.6", "x"), "data.csv --target height", '"x" in line 4'),
    "label": ("n,x,y\na,1,2\nb,2,3\n", "data.csv --target y", "(--columns x)"),
    "missing cell": (FALL.replace("20.6", ""), "data.csv --target height", '"height" in line 4'),
    "infinite cell": (FALL.replace("20.6", "inf"), "data.csv --target height", "(--drop-missing)"),
    "constant target": ("x,y\n" + "".join(f"{i},1\n" for i in range(6)), "data.csv --target y", '"y" is 1'),
    "constant inputs": (
        "x,y\n" + "".join(f"1,{i}\n" for i in range(6)),
        "data.csv --target y",
        "has to vary",
    ),
    "few rows": ("x,y\n1,2\n2,3\n", "data.csv --target y", "at least 5 rows; data.csv has 2"),
    "duplicates": ("x,x,y\n1,2,3\n", "data.csv --target y", 'data.csv has "x" more than once'),
    "empty": ("", "data.csv --target y", "data.csv is empty"),
    "no inputs": ("y\n1\n2\n3\n4\n5\n", "data.csv --target y", "none besides the target"),
    "sigma": (FALL.replace(".2", "-1"), "data.csv --target height --sigma e", "zero or negative in line 5"),
    "roles": (FALL, "data.csv --target height --columns t,height", 'got "height" as an input and the target'),
    "time limit": (FALL, "data.csv --target height --time-limit 0", "time_limit is positive"),
    "primitive": (
        FALL,
        "data.csv --target height --primitives sn",
        'There is no primitive "sn"; did you mean',
    ),
    "cost": (FALL, "data.csv --target height --primitives sin=much", 'costs such as sin=3; got "sin=much"'),
    "nesting": (FALL, "data.csv --target height --forbid sin", "nestings such as sin(exp), separated"),
    "forbidden": (FALL, "data.csv --target height --forbid sin(ex)", 'no primitive "ex" to forbid; did'),
    "selection": (
        FALL,
        "data.csv --target height --selection los",
        'no selection "los"; did you mean "loss"?',
    ),
    "ragged": (FALL + "1,2,3,4\n", "data.csv --target height", "line 8 of data.csv has 4"),
}


@pytest.mark.usefixtures("fake_discovery")
@pytest.mark.parametrize("case", BAD)
def test_bad_input(case, tmp_path, monkeypatch):
    text, arguments, message = BAD[case]
    monkeypatch.chdir(tmp_path)
    (tmp_path / ("data.json" if case == "suffix" else "data.csv")).write_text(text)
    result = kantools("fit", *arguments.split(), "--out", "run")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.exit_code == 2
    assert not (tmp_path / "run").exists()


@pytest.mark.usefixtures("fake_discovery")
def test_jobs_reach_the_estimator():
    """The same check that estimators make, so that the option is seen to arrive."""
    result = kantools("fit", "ohm", "--target", "current", "--jobs", "0")
    assert result.exit_code == 2
    assert "n_jobs is a number of processes" in result.stderr


def test_a_flaw_of_kantools_is_exit_code_1(fake_discovery, monkeypatch):
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fake_discovery, "discover", broken)
    assert kantools("fit", "planets").exit_code == 1


def test_errors_of_inputs_and_a_robust_loss(tmp_path):
    rng = np.random.default_rng(0)
    x = rng.uniform(1, 5, 80)
    frame = pd.DataFrame({"x": x + rng.normal(0, 0.01, 80), "y": 3 * x + rng.normal(0, 0.05, 80), "dx": 0.01})
    frame.loc[7, "y"] += 50
    frame.to_csv(tmp_path / "line.csv", index=False)
    options = ("--x-sigma", "x=dx", "--loss", "huber", "--time-limit", 8)
    result = kantools("fit", tmp_path / "line.csv", "--target", "y", *options)
    assert result.exit_code == 0
    assert "Far off the law: row 8 of the table." in result.stdout
    slope = float(re.search(r"→.*y = ([\d.]+)\*x", result.stdout)[1])
    assert slope == pytest.approx(3, abs=0.02)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--x-sigma", "x"], '--x-sigma gives inputs their errors, such as "a=a_error,b=0.1"; got "x".'),
        (["--x-sigma", "x=dz"], 'There is no column "dz"'),
        (["--x-sigma", "x=y"], 'A column cannot be its own standard error; got "y"'),
        (["--loss", "hubber"], 'There is no loss "hubber"; did you mean "huber"?'),
    ],
)
def test_errors_and_losses_that_cannot_be(tmp_path, options, message):
    pd.DataFrame({"x": range(9), "y": range(9), "dx": 0.1}).to_csv(tmp_path / "a.csv", index=False)
    result = kantools("fit", tmp_path / "a.csv", "--target", "y", *options)
    assert result.exit_code == 2
    assert message in result.stderr
