"""The folder that ``--out`` names."""

from pathlib import Path

from kantools.errors import SettingError
from kantools.writing import UNFINISHED, WriteError, write_atomically

__all__ = ["ready_folder"]


def ready_folder(out: Path | None) -> Path | None:
    """The folder to write into, made and tried before the search, so that it does not fail after it."""
    if out is None:
        return None
    if out.exists() and not out.is_dir():
        raise SettingError(f'--out names a folder; "{out}" is a file. Choose another name.')
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f'Cannot make the folder "{out}" ({error.strerror}). Choose a place that you may write to.'
        raise WriteError(why) from None
    trial = out / f"{UNFINISHED}trial"
    write_atomically(trial, "")
    trial.unlink()
    return out
