"""What the page on steering prints is what it says."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[3] / "docs" / "steering.md"
NETWORKS, _ = PAGE.read_text(encoding="utf-8").split("## A front")
BLOCKS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", NETWORKS, re.DOTALL)


def test_the_page_prints_what_it_says() -> None:
    names: dict[str, Any] = {}
    assert len(BLOCKS) == NETWORKS.count("```python")
    for source, told in BLOCKS:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(source, PAGE.name, "exec"), names)
        assert out.getvalue() == told
