"""Every notebook runs from top to bottom, stores what it shows without bulk, and is listed."""

import re
import sys
import warnings
from base64 import b64decode, b64encode
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES, MOST_OF_A_PICTURE, MOST_CELLS = 200_000, 60_000, 16
QUICK = "first-law-from-a-csv"
RUNS = [pytest.param(p, id=p.stem, marks=() if p.stem == QUICK else (pytest.mark.slow,)) for p in NOTEBOOKS]


def script() -> Any:
    """``docs/run_notebooks.py`` as a module."""
    spec = spec_from_file_location("run_notebooks", ROOT / "docs" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run_notebooks = script()


def executed(path: Path, folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return run_notebooks.executed(path, folder)


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", RUNS)
def test_notebook_runs(path: Path, tmp_path: Path) -> None:
    fresh = outputs(executed(path, tmp_path))
    stored = outputs(nbformat.read(path, as_version=4))
    assert [o.output_type for o in fresh if o.output_type == "error"] == []
    pictures = [sum("image/png" in o.get("data", ()) for o in shown) for shown in (fresh, stored)]
    assert pictures[0] == pictures[1]


@pytest.mark.filterwarnings("default")
def test_a_cell_that_raises_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "wrong.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("import sys\nraise ValueError(sys.executable)")]), path)
    with pytest.raises(CellExecutionError) as error:
        executed(path, tmp_path)
    assert sys.executable in str(error.value)  # in a kernel of this Python


def test_there_are_notebooks() -> None:
    assert QUICK in [path.stem for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_short_and_small(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert len(notebook.cells) <= MOST_CELLS
    assert path.stat().st_size < MOST_BYTES
    pictures = [o.data["image/png"] for o in outputs(notebook) if "image/png" in o.get("data", ())]
    assert all(len(b64decode(picture)) <= MOST_OF_A_PICTURE for picture in pictures)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_stored_is_one_run_from_top_to_bottom(path: Path) -> None:
    code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    text = path.read_text(encoding="utf-8")
    assert "ipykernel" not in text, "a path of the machine that it was run on"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_listed(path: Path) -> None:
    title = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")
    page = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    assert f"[{title}](../notebooks/{path.name})" in page


def test_pictures_are_made_small_and_stay_what_they_are() -> None:
    waves = np.sin(np.linspace(0, 20, 300))[:, None] * np.cos(np.linspace(0, 9, 200))
    file = BytesIO()
    Image.fromarray((127 * (1 + waves)).astype(np.uint8)).convert("RGB").save(file, "PNG")
    before = b64encode(file.getvalue()).decode()
    output = new_output("display_data", {"image/png": before})
    run_notebooks.tidy(output)
    after = Image.open(BytesIO(b64decode(output.data["image/png"])))
    assert after.size == (200, 300)
    assert len(output.data["image/png"]) < len(before)
    difference = np.asarray(after.convert("L"), float) - 127 * (1 + waves)
    assert np.abs(difference).mean() < 256 / run_notebooks.COLORS


def test_warnings_lose_the_place_of_a_temporary_file() -> None:
    output = new_output("stream", name="stderr", text="/tmp/ipykernel_7/42.py:1: UserWarning: far\n  fit()\n")
    run_notebooks.tidy(output)
    assert output.text == "UserWarning: far\n  fit()\n"


def test_a_text_that_came_in_pieces_is_one() -> None:
    pieces = [("stdout", "a\n"), ("stdout", "b\n"), ("stderr", "far\n"), ("stdout", "c\n")]
    streams = [new_output("stream", name=name, text=text) for name, text in pieces]
    joined = run_notebooks.joined([*streams, new_output("display_data"), new_output("display_data")])
    assert [o.get("text") for o in joined] == ["a\nb\n", "far\n", "c\n", None, None]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_code_stands_in_cells_of_code(path: Path) -> None:
    texts = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown"]
    lines = [line for text in texts for line in text.splitlines()]
    assert [line for line in lines if re.match(r"(print\(|import |from \w+ import|\w+ = )", line)] == []
