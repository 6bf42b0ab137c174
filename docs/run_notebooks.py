"""Run the notebooks and store what they show: ``python docs/run_notebooks.py``.

With names only those: ``python docs/run_notebooks.py hello-kan units``. Each runs from top to bottom in an
empty folder, in a kernel of this Python. Pictures are stored with few colours, and warnings without the place
of the temporary file that a cell is to Python, so that what is stored depends on as little as possible.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
COLORS = 48  # of a picture's palette: text and lines need few
SECONDS = 300  # for a cell
PLACE = re.compile(r"^\S*ipykernel_\S+?:\d+: ", re.MULTILINE)


class ThisPython(AsyncKernelManager):
    """A kernel of the Python that this runs in, whatever kernels are installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
        return KernelSpec(argv=start, display_name="Python 3", language="python")


def executed(path: Path, folder: Path) -> Any:
    """The notebook with what its cells show; it reads and writes in the folder. Raises where a cell does."""
    notebook: Any = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_manager_class=ThisPython,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
    )
    paths = os.pathsep.join(p for p in sys.path if p)
    env = {**os.environ, "PYTHONPATH": paths, "IPYTHONDIR": str(folder / ".ipython")}
    env.setdefault("OMP_NUM_THREADS", "1")  # networks this small gain nothing from threads
    env.pop("MPLBACKEND", None)  # figures are shown in the notebook
    asyncio.run(client.async_execute(env=env))
    return notebook


def small(picture: str) -> str:
    """A picture in base 64, with fewer colours."""
    image = Image.open(BytesIO(b64decode(picture))).convert("RGB")
    file = BytesIO()
    image.quantize(COLORS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return b64encode(file.getvalue()).decode()


def tidy(output: Any) -> None:
    """Make an output small and the same on every machine."""
    if output.output_type == "stream":
        output.text = PLACE.sub("", output.text)
    elif "image/png" in output.get("data", ()):
        output.data["image/png"] = small(output.data["image/png"])


def joined(outputs: list[Any]) -> list[Any]:
    """What a cell printed as one text, in however many pieces it came."""
    kept: list[Any] = []
    for output in outputs:
        before = kept[-1] if kept else None
        if before and before.output_type == output.output_type == "stream" and before.name == output.name:
            before.text += output.text
        else:
            kept.append(output)
    return kept


def main(wanted: list[str]) -> None:
    for path in sorted(FOLDER.glob("*.ipynb")):
        if wanted and path.stem not in wanted:
            continue
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            notebook = executed(path, Path(folder))
        for cell in notebook.cells:
            if "outputs" in cell:
                cell.outputs = joined(cell.outputs)
            for output in cell.get("outputs", ()):
                tidy(output)
        notebook.metadata.get("language_info", {}).clear()
        notebook.metadata["language_info"] = {"name": "python"}
        nbformat.write(notebook, path)
        print(f"{path.stem}: {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
