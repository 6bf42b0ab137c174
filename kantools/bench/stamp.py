"""Which kantools made a result."""

import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path

__all__ = ["stamp"]

ROOT = Path(__file__).resolve().parents[2]


@cache
def stamp(root: Path = ROOT) -> str:
    """The version, and in a checkout of the repository its commit, ``-dirty`` where files were changed.

    It is looked up once: what a process has imported stays the same when files change.

    >>> stamp().split("+")[0] == version("kantools")
    True
    """
    if not (root / ".git").exists():
        return version("kantools")
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--exclude", "*"]
    try:
        described = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return version("kantools")
    return f"{version('kantools')}+{described}"
