"""The documentation holds: its code runs, its links lead somewhere, its commands and options exist."""

import re
import shlex
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from typer.main import get_command

from kantools.cli.commands import app
from kantools.datasets import load
from kantools.datasets.__main__ import listing

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"^[ ]*```(\w+)\n(.*?)^[ ]*```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def commands(page: Path) -> list[str]:
    """Lines of shell: all of a ``sh`` block, those behind ``$`` of a ``console`` block."""
    sessions = "".join(blocks(page, "console")).splitlines()
    lines = "".join(blocks(page, "sh")).splitlines() + [s[2:] for s in sessions if s.startswith("$ ")]
    return [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]


#: Those on adding a thing need the files that they show; tests/test_adding.py runs them.
WITH_CODE = [page for page in PAGES if blocks(page, "python") and page.parent.name != "adding"]
COMMANDS = sorted({command for page in PAGES for command in commands(page)})


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.name)
@pytest.mark.filterwarnings("default")
def test_python_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks marked ``python`` share their names, as for a reader who types them in; ``py`` is for show."""
    matplotlib.use("Agg")
    monkeypatch.chdir(tmp_path)
    table = load("ohm")
    rows = (f"{x},{y}" for x, y in zip(table.X[:, 0], table.y, strict=True))
    Path("ohm.csv").write_text("\n".join(("length,current", *rows)) + "\n")
    names: dict[str, Any] = {}
    for code in blocks(page, "python"):
        exec(compile(quick(code), page.name, "exec"), names)


def quick(code: str) -> str:
    """With so little time that only whether it runs is tested."""
    return re.sub(r"time_limit=\d+", "time_limit=2", code)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path) if path else page
        assert there.exists(), f"{page.name} links to {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{page.name} links to {target}"


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


def test_there_are_commands() -> None:
    assert {"make demo", "make test"} <= set(COMMANDS)
    assert any(c.startswith("kantools fit") for c in COMMANDS)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("kantools ")])
def test_commands_and_options_exist(command: str) -> None:
    words = shlex.split(command)
    command_line: Any = get_command(app)
    own = [w for w in words[1:] if w in command_line.commands][:1]  # none beside an option of kantools
    assert own or words[1].startswith("--")
    asked = command_line.commands[own[0]] if own else command_line
    known = {option for p in asked.params for option in p.opts}
    assert {w for w in words[1:] if w.startswith("--")} <= known


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_targets_of_make_exist(command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{command.split()[1]}:", makefile, re.MULTILINE)


#: Modules that come with Python or with the extras.
ELSEWHERE = ("pytest", "webbrowser")


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("python ")])
def test_scripts_exist(command: str) -> None:
    words = command.split()
    if words[1] == "-m" and words[2] in ELSEWHERE:
        assert all((ROOT / w).exists() for w in words[3:] if w.startswith("tests/"))
        return
    name = words[2].replace(".", "/") if words[1] == "-m" else words[1]
    name = name.replace("kantools/datasets", "datasets")
    assert any((ROOT / f"{name}{end}").is_file() for end in ("", ".py", "/__main__.py"))


@pytest.mark.parametrize("module", ["benchmarks.real_data", "benchmarks.first_laws"])
def test_benchmarks_start(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [module, "--help"])
    with pytest.raises(SystemExit) as end:
        import_module(module).main()
    assert end.value.code == 0
    assert "--time-limit" in capsys.readouterr().out


def test_the_list_of_data_sets_is_up_to_date() -> None:
    page = (ROOT / "docs" / "datasets.md").read_text(encoding="utf-8")
    assert listing() in page


def test_pages_name_no_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/(home|root|work|tmp|Users)/", page.read_text(encoding="utf-8")), page.name
