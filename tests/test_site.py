"""The site: its navigation has every page, the names of its reference exist, it builds without a warning."""

import importlib.util
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import kantools

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NAMED = re.compile(r"^::: (\S+)$", re.MULTILINE)
REFERENCE = sorted(
    name for page in (DOCS / "api").glob("*.md") for name in NAMED.findall(page.read_text(encoding="utf-8"))
)


def named(path: str) -> Any:
    """A module, or what stands in one."""
    try:
        return import_module(path)
    except ModuleNotFoundError:
        home, _, name = path.rpartition(".")
        return getattr(named(home), name)


def navigation() -> list[str]:
    return re.findall(r"(\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)


def script(name: str) -> ModuleType:
    """A script of the site, which needs the tools of the site."""
    pytest.importorskip("mkdocs", reason='needs pip install ".[docs]"')
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_is_in_the_navigation_once() -> None:
    pages = [page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")]
    of_the_root = ["index.md", "changelog.md", "contributing.md"]
    assert sorted(navigation()) == sorted(pages + of_the_root)


@pytest.mark.parametrize("name", REFERENCE)
def test_names_of_the_reference_exist(name: str) -> None:
    assert named(name).__doc__


def test_no_name_stands_twice() -> None:
    assert len(REFERENCE) == len(set(REFERENCE))


def test_every_public_name_is_in_the_reference() -> None:
    page = (DOCS / "api" / "kantools.md").read_text(encoding="utf-8")
    shown = {id(named(name)) for name in NAMED.findall(page)}
    assert [n for n in kantools.__all__ if n != "__version__" and id(getattr(kantools, n)) not in shown] == []


@pytest.mark.parametrize(
    ("page", "link", "turned"),
    [
        ("index.md", "docs/bench.md", "bench.md"),
        ("index.md", "docs/images/front.png", "images/front.png"),
        ("figures.md", "../CONTRIBUTING.md", "contributing.md"),
        ("adding/basis.md", "../../CONTRIBUTING.md", "../contributing.md"),
        ("adding/basis.md", "../benchmarks.md", "../benchmarks.md"),
        ("contributing.md", "docs/lab-book.md", "lab-book.md"),
        ("figures.md", "https://example.org/a.md", "https://example.org/a.md"),
        ("real-data.md", "#ohm", "#ohm"),
    ],
)
def test_links_of_the_repository_hold_in_the_site(page: str, link: str, turned: str) -> None:
    hooks, at = script("site_hooks"), ModuleType("page")
    at.file = ModuleType("file")  # type: ignore[attr-defined]
    at.file.src_uri = page  # type: ignore[attr-defined]
    text = "[a]({})\n\n```md\n[a](docs/bench.md)\n```\n"
    assert hooks.on_page_markdown(text.format(link), at) == text.format(turned)


def test_pictures_follow_the_theme() -> None:
    hooks, at = script("site_hooks"), ModuleType("page")
    at.file = ModuleType("file")  # type: ignore[attr-defined]
    at.file.src_uri = "index.md"  # type: ignore[attr-defined]
    both = "![a](images/front.png#only-light)![a](images/front-dark.png#only-dark)"
    assert hooks.on_page_markdown("![a](docs/images/front.png)", at) == both
    for shown in ("![a](images/front.png)\n![b](images/front-dark.png)", "![a](images/scaling.png)"):
        text = shown.replace("images", "docs/images")
        assert hooks.on_page_markdown(text, at) == shown  # both already, or there is only one


def test_examples_of_docstrings_become_code() -> None:
    turned = script("site_docstrings").in_markdown(
        "Of :class:`~a.B`:\n\n>>> f()\n1\n\nExamples\n---\n>>> g()\n2\n"
    )
    assert turned == "Of `a.B`:\n\n```pycon\n>>> f()\n1\n```\n\nExamples\n---\n>>> g()\n2\n"


@pytest.mark.slow
def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason='needs pip install ".[docs]"')
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    assert "SymbolicRegressor" in (tmp_path / "api" / "kantools" / "index.html").read_text(encoding="utf-8")
