"""The command ``export``: a saved formula in the language of another tool, a saved network as ONNX."""

import sys
from dataclasses import replace
from pathlib import Path

import typer

from kantools.errors import SettingError
from kantools.estimators.verbs.exporting import export, export_network

__all__ = ["export_model"]


def export_model(model: Path, target: str, out: Path | None) -> None:
    """Write it into a file, or to standard output where there is none."""
    content = _content(model, target, out)
    if out is not None:
        return
    if isinstance(content, str):
        typer.echo(content.removesuffix("\n"))
    elif sys.stdout.isatty():
        raise SettingError(f'"{target}" is no text for a terminal; say where to write it with --out FILE.')
    else:
        sys.stdout.buffer.write(content)


def _content(path: Path, target: str, out: Path | None) -> str | bytes:
    from kantools.estimators.files.model_file import read_model
    from kantools.network.store import from_dict

    saved = read_model(path)
    if saved.chosen is not None:
        return export(replace(saved.chosen, units=saved.fitted.get("units") or {}), target, out)
    if target == "onnx" and saved.network is not None:
        names = saved.fitted.get("names") or [f"x{k}" for k in range(int(saved.fitted["inputs"]))]
        return export_network(from_dict(saved.network), names, target, out)
    from kantools.cli.input import formula_of

    formula_of(path)
    return ""
