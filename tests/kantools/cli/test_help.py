"""Help: every command has examples that its options allow, and the page of the commands is the commands'."""

import importlib.util
import os
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kantools.cli import completion
from kantools.cli.commands import app
from kantools.cli.examples import CODES, EXAMPLES

ROOT = Path(__file__).resolve().parents[3]
GROUP: Any = get_command(app)


def page_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("command_page", ROOT / "docs" / "command_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(*args: str) -> str:
    result = CliRunner().invoke(app, [*args, "--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
    assert result.exit_code == 0
    return result.stdout


def test_every_command_has_examples() -> None:
    assert set(EXAMPLES) == set(GROUP.commands)


@pytest.mark.parametrize("command", EXAMPLES)
def test_help_shows_the_examples(command: str) -> None:
    text = shown(command)
    assert "Examples" in text
    assert all(line in text for line in EXAMPLES[command])
    assert "[green]" not in text


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_examples_are_commands_that_parse(line: str) -> None:
    words = shlex.split(line.partition(">")[0])
    context = GROUP.commands[words[1]].make_context(words[1], words[2:])
    assert context.params


def test_help_tells_the_exit_codes() -> None:
    text = shown()
    assert all(f"{code}  {what}" in text for code, what in CODES.items())


def test_the_page_of_commands_is_up_to_date() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert page_script().listing() in page, "python docs/command_page.py writes it"


def test_the_shell_is_told_what_could_come_next() -> None:
    """As bash asks: the words so far in the environment, the answer a line a name."""
    asked = {
        "_KANTOOLS_COMPLETE": "complete_bash",
        "COMP_WORDS": "kantools export m --to java",
        "COMP_CWORD": "4",
    }
    result = CliRunner().invoke(app, [], env=asked, prog_name="kantools")
    assert result.stdout.split() == ["javascript"]


@pytest.mark.parametrize(
    ("ask", "word", "names"),
    [
        (completion.data_set, "pl", ["planets"]),
        (completion.data_set, "I.12.1", ["I.12.1", "I.12.11"]),
        (completion.target, "java", ["javascript"]),
        (completion.hypothesis, "one", ["one curve", "one symmetry"]),
        (completion.collection, "f", ["feynman"]),
        (completion.loss, "s", ["squared", "soft_l1"]),
        (completion.noise, "con", ["constant"]),
        (completion.selection, "k", ["knee"]),
    ],
)
def test_names_are_completed(ask: Any, word: str, names: list[str]) -> None:
    assert ask(word) == names


def test_the_steps_of_the_readme_lead_to_a_report(
    fake_discovery: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a table of 1,000 rows, by the commands that stand there; the search itself is not tested here."""
    install, fit, see = steps()
    assert (ROOT / "pyproject.toml").is_file()
    assert install == ["pip", "install", "."]
    monkeypatch.chdir(tmp_path)
    x = np.random.default_rng(0).uniform(1, 2, (1000, 2))
    pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "y": 2 * x[:, 0] * x[:, 1]}).to_csv("data.csv", index=False)
    assert CliRunner().invoke(app, fit[1:]).exit_code == 0
    assert "1000" in Path(see[-1]).read_text(encoding="utf-8")
    assert sorted(os.listdir()) == ["data.csv", "result"]


def steps() -> list[list[str]]:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("in three steps")[2]
    block = text.partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line, comments=True) for line in block.splitlines()]
