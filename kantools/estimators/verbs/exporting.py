"""A formula or a network for another tool, as text or bytes, and into files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.formula import Formula
from kantools.writing import write_atomically

if TYPE_CHECKING:
    from kantools.network import KAN

__all__ = ["export", "export_network", "write_content"]


def export(formula: Formula, target: str, path: str | Path | None = None) -> str | bytes:
    """The formula as an exporter writes it; with a path also written there, and what belongs to it beside.

    Raises
    ------
    SettingError
        For an unknown target, with the near match.
    """
    if target not in EXPORTERS:
        raise SettingError(f'There is no exporter "{target}"; {did_you_mean(target, EXPORTERS)}')
    if path is None:
        return EXPORTERS[target](formula)
    path = Path(path)
    files = EXPORTERS[target].files(formula, path.name)
    for name, content in files.items():
        write_content(path.with_name(name), content)
    return files[path.name]


def write_content(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; the last line of a text ends."""
    if isinstance(content, str) and not content.endswith("\n"):
        content += "\n"
    write_atomically(path, content)


def export_network(
    network: "KAN", columns: Sequence[str], target: str = "onnx", path: str | Path | None = None
) -> bytes:
    """The network as ONNX, the one target there is for networks; with a path also written there."""
    from kantools.network.onnx import to_onnx

    if target != "onnx":
        raise SettingError(f'A network is exported to "onnx"; got "{target}". Other targets take formulas.')
    content = to_onnx(network, columns)
    if path is not None:
        write_content(Path(path), content)
    return content
