"""What ``--json`` tells: results as plain values, for programs."""

from typing import TYPE_CHECKING, Any

import numpy as np

from kantools.estimators.verbs.constants_table import constants_table
from kantools.report.goodness import goodness_of
from kantools.report.plain_values import formula_record, telling_record
from kantools.symbolic.examine.telling import telling_point

if TYPE_CHECKING:
    from kantools.estimators.symbolic_regressor import SymbolicRegressor
    from kantools.symbolic.formula import Formula
    from kantools.table import Table

__all__ = ["found", "given", "members_of"]


def found(model: "SymbolicRegressor", table: "Table", *, interrupted: bool) -> dict[str, Any]:
    """What ``kantools fit`` prints, as plain values: the chosen formula's members, then the search's."""
    formula, discovery = model.formula_, model.discovery_
    return {
        "target": formula.target,
        "columns": list(formula.columns),
        **members_of(formula),
        "front": [members_of(f) for f in discovery.front],
        "rivals": [members_of(f) for f in discovery.rivals],
        "next_measurement": telling_record(telling_point((formula, *discovery.rivals), table.X)),
        "rows": table.rows,
        "outlying_rows": [int(i) + 1 for i in np.flatnonzero(getattr(model, "outliers_", ()))],
        "seconds": discovery.seconds,
        "unit": discovery.unit,
        "stopped": discovery.stopped,
        "interrupted": interrupted,
    }


def given(formula: "Formula", table: "Table") -> dict[str, Any]:
    """What ``kantools refit`` prints, as plain values: the formula's members, constants with their bounds."""
    bounds = constants_table(formula)[["lower", "upper"]].to_dict(orient="index")
    members, fit = members_of(formula), goodness_of(formula, table)
    members["constants"] = [{**c, **bounds[c["name"]]} for c in members["constants"]]
    return {
        "target": formula.target,
        "columns": list(formula.columns),
        **members,
        "rows": table.rows,
        "unexplained": fit.unexplained,
        "deviation": fit.deviation,
    }


def members_of(formula: "Formula") -> dict[str, Any]:
    """What is told of each formula."""
    members = formula_record(formula)
    del members["mathml"]  # of use in pages only, and long
    return {"formula": members.pop("equation"), **members}
