"""Excel: LibreOffice opens a workbook with a sheet for each formula and computes it.

Errors in cells are NaN here. The cell of the second row is filled down as a spreadsheet does it.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.languages.language import Language, Product, execute

__all__ = ["EXCEL"]


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    from openpyxl import load_workbook

    _workbook(products).save(folder / "in.xlsx")
    (folder / "out").mkdir()
    # A profile of its own: two LibreOffices at a time would share one, and the second would do nothing.
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ("soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "out", "in.xlsx")
    execute(*command, cwd=folder)
    book = load_workbook(folder / "out" / "in.xlsx", data_only=True)
    return [_values(book[f"s{i}"], p) for i, p in enumerate(products)]


def _workbook(products: Sequence[Product]):  # type: ignore[no-untyped-def]
    from openpyxl import Workbook
    from openpyxl.formula.translate import Translator

    book = Workbook()
    book.remove(book.active)
    for i, p in enumerate(products):
        sheet = book.create_sheet(f"s{i}")
        sheet.append([f"x{k}" for k in range(p.X.shape[1])])
        second = Translator(p.text.strip(), origin="Z2")
        for n, row in enumerate(p.X.tolist(), start=2):
            sheet.append(row)
            sheet[f"Z{n}"] = second.translate_formula(f"Z{n}")
    return book


def _values(sheet, p: Product) -> np.ndarray:  # type: ignore[no-untyped-def]
    cells = [sheet[f"Z{n}"].value for n in range(2, len(p.X) + 2)]
    if any(cell is None for cell in cells):
        raise ValueError(f"LibreOffice has left a cell empty for {p.text[:200]}")
    return np.array([np.nan if isinstance(cell, str) else float(cell) for cell in cells])


EXCEL = Language("excel", run, ("soffice",), ("openpyxl",), version=("soffice", "--version"), errors=True)
