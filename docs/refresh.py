"""Run the commands of the documentation and write their output under them: ``python docs/refresh.py``.

A block marked ``console`` is a session: lines that begin with ``$`` are commands, what follows is what they
print. A block marked ``text`` right behind one marked ``python`` is what that prints; the Python blocks of a
page share their names. All of a page runs one after another in one empty folder.
"""

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/tutorial.md", "docs/steering.md")
SESSION = r"(?<=^```console\n)(?P<session>.*?)(?=^```$)"
SCRIPT = r"(?<=^```python\n)(?P<script>.*?)^```\n(?:\n```text\n(?P<printed>.*?)(?=^```$))?"
BLOCK = re.compile(f"{SESSION}|{SCRIPT}", re.DOTALL | re.MULTILINE)
MINUTES = 5


def commands(block: str) -> list[str]:
    """The commands of a session.

    >>> commands("$ ls\\nfile\\n$ cat file\\ntext\\n")
    ['ls', 'cat file']
    """
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def run(command: str, folder: Path) -> str:
    """What a command prints, standard output only, without the blanks at the ends of lines."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=60 * MINUTES,
    )
    if done.returncode:
        raise SystemExit(f"{command}\n{done.stderr}")
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def session(block: str, folder: Path) -> str:
    """The session anew."""
    return "".join(f"$ {command}\n{run(command, folder)}" for command in commands(block))


def script(source: str, printed: str | None, names: dict[str, Any]) -> str:
    """The block of Python and, where one stands behind it, the block of what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "page", "exec"), names)
    lines = "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
    return f"{source}```\n" + ("" if printed is None else f"\n```text\n{lines}")


def refresh(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):

        def anew(match: re.Match[str]) -> str:
            if match["session"] is not None:
                return session(match["session"], Path(folder))
            return script(match["script"], match["printed"], names)

        new = BLOCK.sub(anew, text)
    page.write_text(new, encoding="utf-8")


def main() -> None:
    for page in sys.argv[1:] or PAGES:
        refresh(ROOT / page)
        print(page)


if __name__ == "__main__":
    main()
