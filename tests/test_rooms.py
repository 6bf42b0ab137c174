"""CONTRIBUTING has the rooms there are: a line for every folder with Python files, a room for every line."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSES = ("kantools", "symbolic", "datasets", "benchmarks")
#: What stands before the first "Within", and from each of them to the next.
PART = re.compile(r"(?:^Within `(?P<within>[^`]+)/`)?(?P<text>.*\n(?:(?!^Within `).*\n)*)", re.MULTILINE)


def told() -> set[str]:
    """What stands in the first columns of the tables, as paths; rooms of a part are told without its path."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = page.partition("## The rooms\n")[2].partition("\n## ")[0] + "\n"
    return {
        "/".join(filter(None, (part["within"], name.rstrip("/"))))
        for part in PART.finditer(rooms)
        for cell in re.findall(r"^\| ([^|]+) \|", part["text"], re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", cell)
    }


def folders() -> set[str]:
    """All folders of the houses with Python files in them."""
    files = (file for house in HOUSES for file in (ROOT / house).rglob("*.py"))
    return {file.parent.relative_to(ROOT).as_posix() for file in files}


def test_every_folder_has_its_line() -> None:
    assert folders() - told() == set()


def test_every_line_is_a_room_or_a_file() -> None:
    known = folders()
    assert {name for name in told() if name not in known and not (ROOT / f"{name}.py").is_file()} == set()
