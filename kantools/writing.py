"""Files that are written whole or not at all.

What is new is written under another name in the same folder, brought to the disk, and then renamed: whoever
reads sees the old file or the new one, also after a full disk, a kill or a power cut.
"""

import errno
import math
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kantools.errors import UserError

__all__ = ["UNFINISHED", "WriteError", "plain", "replacing", "write_atomically"]

#: How the names of files begin that are not complete.
UNFINISHED = ".kantools-"
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WriteError(UserError, OSError):
    """A file could not be written; if there was one of its name, it is as it was."""


def plain(value: Any) -> Any:
    """What JSON can hold: a number that is not finite becomes None.

    >>> plain({"loss": math.nan, "front": (1.0, 2)})
    {'loss': None, 'front': [1.0, 2]}
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list | tuple) else value


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8.

    Raises
    ------
    WriteError
        If the folder is not there or not writable, or the disk is full; an old file stays as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with replacing(path) as unfinished:
        unfinished.write_bytes(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, with the same ending; what stands there in the end takes the place of ``path``.

    Raises
    ------
    WriteError
        For any OSError in the block or in replacing.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "law.txt")) as unfinished:
    ...         _ = unfinished.write_text("y = x")
    ...     Path(folder, "law.txt").read_text()
    'y = x'
    """
    unfinished = path.with_name(f"{UNFINISHED}{secrets.token_hex(4)}{path.suffix}")
    try:
        yield unfinished
        with unfinished.open("r+b") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, path)
        _to_disk(path.parent)
    except OSError as error:
        raise WriteError(_message(path, error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _to_disk(folder: Path) -> None:
    """The names in a folder, where the system can tell it to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _message(path: Path, error: OSError) -> str:
    why = error.strerror or str(error)
    if error.errno in NO_SPACE:
        remedy = "Make room there, or choose another folder"
    elif error.errno == errno.ENOENT:
        remedy = "Make the folder first"
    else:
        remedy = "Choose a folder that you may write to"
    kept = "; the old file is as it was" if path.is_file() else ""
    return f'Cannot write {path.name} into the folder "{path.parent}" ({why}). {remedy}{kept}.'
