"""``--json``: one document on standard output, for programs."""

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from kantools.report.record import plain, told

if TYPE_CHECKING:
    from kantools.estimators.symbolic import SymbolicRegressor
    from kantools.symbolic.formula import Formula
    from kantools.table import Table

__all__ = ["found", "print_json"]


def found(model: "SymbolicRegressor", table: "Table", *, interrupted: bool) -> dict[str, Any]:
    """What ``kantools fit`` prints, as plain values: the chosen formula's members, then the search's."""
    formula, discovery = model.formula_, model.discovery_
    return {
        "target": formula.target,
        "columns": list(formula.columns),
        **_members(formula),
        "front": [_members(f) for f in discovery.front],
        "rows": table.rows,
        "outlying_rows": [int(i) + 1 for i in np.flatnonzero(getattr(model, "outliers_", ()))],
        "seconds": discovery.seconds,
        "stopped": discovery.stopped,
        "interrupted": interrupted,
    }


def _members(formula: "Formula") -> dict[str, Any]:
    members = told(formula)
    del members["mathml"]  # of use in pages only, and long
    return {"formula": members.pop("equation"), **members}


def print_json(document: Any) -> None:
    """On standard output; numbers that are not finite become null."""
    typer.echo(json.dumps(plain(document), ensure_ascii=False, indent=1, allow_nan=False))
