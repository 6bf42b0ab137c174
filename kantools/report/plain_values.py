"""A report as plain values: what stands in the JSON file, and what the pages are filled from."""

import json
from dataclasses import asdict
from typing import Any

from kantools.report.cautions import cautions
from kantools.report.content import Report
from kantools.report.data_summary import columns_of
from kantools.report.provenance import file_fingerprint, table_fingerprint, versions
from kantools.symbolic.examine.telling import Telling
from kantools.symbolic.exporters import EXPORTERS
from kantools.symbolic.formula import Constant, Formula
from kantools.writing import plain

__all__ = ["as_json", "formula_record", "record", "telling_record"]


def as_json(report: Report) -> str:
    """The record as JSON; numbers that are not finite become null."""
    return json.dumps(plain(record(report)), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def record(report: Report) -> dict[str, Any]:
    """Everything that is told, without pictures."""
    found = report.discovery
    return {
        "formula": formula_record(report.chosen),
        "code": {name: EXPORTERS[name](report.chosen) for name in ("python", "latex")},
        "fit": _fit(report),
        "cautions": cautions(report),
        "front": [formula_record(f) for f in report.front],
        "chosen": report.place,
        "rivals": [_rival(report, k) for k in range(len(report.rivals))],
        "next_measurement": telling_record(report.telling),
        "data": None if report.table is None else [asdict(c) for c in columns_of(report.table, report.units)],
        "rows": None if report.table is None else report.table.rows,
        "steps": [asdict(step) for step in found.steps],
        "seconds": found.seconds,
        "unit": found.unit,
        "stopped": found.stopped,
        "reproduce": _reproduce(report),
    }


def formula_record(formula: Formula) -> dict[str, Any]:
    """A formula in plain values."""
    return {
        "equation": str(formula),
        "template": f"{formula.target} = {formula.template}",
        "latex": formula.latex(),
        "mathml": formula.mathml(),
        "constants": [_constant(c) for c in formula.constants],
        "complexity": formula.complexity,
        "loss": formula.loss,
        "held_out_loss": formula.held_out_loss,
        "description_length": formula.description_length,
        "domain": "" if formula.domain is None else str(formula.domain),
        "noise": "" if formula.scatter is None else str(formula.scatter),
    }


def telling_record(told: Telling | None) -> dict[str, Any] | None:
    """Where a measurement tells the chosen formula from its rivals, and what each expects there."""
    if told is None:
        return None
    return {
        "column": told.column,
        "value": told.value,
        "at": dict(zip(told.columns, told.row.tolist(), strict=True)),
        "expected": list(told.expected),
        "apart": told.apart,
        "text": str(told),
    }


def _rival(report: Report, k: int) -> dict[str, Any]:
    """A rival in plain values, with what sets it apart from the chosen formula."""
    rival, against = report.rivals[k], None if report.paired is None else report.paired[k]
    return {
        **formula_record(rival),
        "nats": rival.description_length - report.chosen.description_length,
        "more_loss": None if against is None else against.difference,
        "more_loss_error": None if against is None else against.error,
    }


def _constant(constant: Constant) -> dict[str, Any]:
    return {
        "name": constant.symbol.name,
        "value": constant.value,
        "error": constant.error,
        "exact": None if constant.exact is None else str(constant.exact),
        "unit": constant.unit,
        "text": str(constant),
        "concise": constant.concise(),
    }


def _fit(report: Report) -> dict[str, Any] | None:
    fit = report.fit
    if fit is None:
        return None
    return {
        "unexplained": fit.unexplained,
        "deviation": fit.deviation,
        "outlying_rows": [int(i) + 1 for i in fit.outlying],
        "undefined": fit.undefined,
    }


def _reproduce(report: Report) -> dict[str, Any]:
    """Versions, settings, command line and fingerprints."""
    file = report.file
    return {
        "made": report.made.isoformat(timespec="seconds"),
        "command": report.command,
        "settings": {k: _setting(v) for k, v in report.settings.items()},
        "versions": versions(),
        "file": None if file is None else file.name,
        "file_sha256": None if file is None else file_fingerprint(file),
        "table_sha256": None if report.table is None else table_fingerprint(report.table),
    }


def _setting(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
