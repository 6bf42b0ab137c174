"""Scenes as hypotheses get them, made of a law or of arrays."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import sympy
from sympy import Expr, Integer, Symbol

from kantools.discovery.budget import Budget
from kantools.discovery.evidence import Evidence
from kantools.discovery.hypothesis import Scene, Settings
from kantools.discovery.networks.trial import SMOOTHNESS
from kantools.discovery.policy import Policy
from kantools.discovery.surrogates.ease import ease
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.surrogates.survey import train_surrogates
from kantools.discovery.views.rows import holdout_split, rows_of
from kantools.discovery.views.view import View
from kantools.discovery.visit import Visit
from kantools.symbolic.fit.data import Data
from kantools.symbolic.language.language import language_of
from kantools.symbolic.units.units import read_units

__all__ = ["data_like", "exact_surrogate", "scene_of", "surveyed", "view_of"]

#: What is known of a table in which noise is most of what any model leaves.
NOISY = {"surveyed": True, "least_error": 0.1, "smoothness": 10 * SMOOTHNESS}


def view_of(
    law: Expr,
    columns: Sequence[Symbol] | None = None,
    *,
    rows: int = 300,
    low: float = 1.0,
    high: float = 3.0,
    noise: float = 0.0,
    prefactor: Expr = Integer(1),
) -> View:
    """The view of a whole table of a law, noise as a share of the target's spread."""
    columns = tuple(sorted(law.free_symbols, key=str)) if columns is None else tuple(columns)
    rng = np.random.default_rng(0)
    X = rng.uniform(low, high, (rows, len(columns)))
    y, factor = (
        sympy.lambdify(columns, e, "numpy")(*X.T) * np.ones(rows) for e in (law, sympy.sympify(prefactor))
    )
    y = y + noise * y.std() * rng.normal(size=rows)
    told = rows_of(X, y, np.ones(rows))
    return View(columns, replace(told, y=y / factor, weight=factor**2), prefactor)


def data_like(view: View, **more: Any) -> Data:
    """The rows of the table that a view of its plain columns shows."""
    X = view.rows.X
    factor = sympy.lambdify(view.columns, view.prefactor, "numpy")(*X.T) * np.ones(len(X))
    return Data(view.names, X, view.rows.y * factor, view.rows.weight / factor**2, **more)


def exact_surrogate(law: Expr, view: View, noise: float = 0.0) -> Surrogate:
    """A surrogate with the exact gradient of a law, but for noise in proportion to it."""
    slopes = [sympy.lambdify(view.columns, sympy.diff(law, s), "numpy")(*view.rows.X.T) for s in view.columns]
    gradient = np.stack([slope * np.ones(len(view.rows.y)) for slope in slopes], axis=1)
    gradient = gradient * (1 + noise * np.random.default_rng(0).normal(size=gradient.shape))
    return Surrogate(0.0, view.rows.y, gradient, SMOOTHNESS)


def scene_of(
    view: View,
    data: Data | None = None,
    *,
    noisy: bool = False,
    surrogate: Surrogate | None = None,
    deadline: float = np.inf,
    units: dict[str, str] | None = None,
    visit: dict[str, Any] | None = None,
    settings: dict[str, Any] | None = None,
    **more: Any,
) -> Scene:
    """A scene of a view.

    Parameters
    ----------
    view : View
    data : Data, optional
        The table's rows; by default those of the view, whose columns are then the table's.
    noisy : bool
        Whether the table is known to be noisy.
    surrogate : Surrogate, optional
        Polynomials are then compared with the view's own.
    deadline : float
    units : dict, optional
        Of the columns, and of the target under ``"y"``.
    visit, settings : dict, optional
        More about the visit, and other settings; ``primitives`` are names.
    more
        Other attributes of the scene, or of its evidence.
    """
    data = data_like(view) if data is None else data
    if units is not None:
        data = replace(data, units=read_units(units, data.columns, "y"))
    about = {"seed": 0} | (settings or {})
    data = replace(data, language=language_of(about.get("primitives")))
    about["primitives"] = data.language.primitives
    split = holdout_split(len(view.rows.y), about["seed"])
    known = {k: more.pop(k) for k in [*more] if k in Evidence.__dataclass_fields__}
    policy = known.pop("policy", Policy())
    evidence = Evidence(data, policy, split[1], **((NOISY if noisy else {}) | known))
    if surrogate is not None and "ease" not in more:
        more["ease"] = ease(view, split, surrogate.link)
    seen = Visit(view, surrogate=surrogate, **(visit or {}))
    return Scene(seen, data, split, Settings(**about), Budget(-1.0, deadline), evidence, **more)


def surveyed(view: View, *, noisy: bool = False) -> Surrogate:
    """The best surrogate of a view."""
    return train_surrogates(view, holdout_split(len(view.rows.y), 0), 0, np.inf, noisy=noisy)[0]
