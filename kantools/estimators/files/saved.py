"""What searches have left, as a file and back; the steps of a search are not kept.

The file of several targets is that of one, with the fronts of all in its list of formulas: every formula
knows its target, and ``fitted["targets"]`` says which of them is the chosen one. The networks that were
learned on the way are not kept then; those of one target are with ``models_["name"].save(path)``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kantools.discovery import Discovery
from kantools.estimators.files.encoding import noise_in
from kantools.estimators.files.model_file import SavedModel, inputs_out
from kantools.estimators.files.network import network_out
from kantools.estimators.fitted import Fitted
from kantools.estimators.inputs import Inputs
from kantools.network.store import from_dict
from kantools.symbolic.formula import Formula

__all__ = ["searches_in", "searches_out"]


def searches_out(
    kind: str, settings: Mapping[str, Any], inputs: Inputs, found: Sequence[Fitted]
) -> SavedModel:
    """What is written of the searches of one or several targets.

    Parameters
    ----------
    kind : str
        The estimator's class.
    settings : mapping
        Its parameters, as :func:`~kantools.estimators.files.model_file.settings_of` has them.
    inputs : Inputs
    found : sequence of Fitted
        One a target.
    """
    first, several = found[0].discovery, len(found) > 1
    one = {"units": found[0].units, "seconds": first.seconds, "unit": first.unit, "stopped": first.stopped}
    return SavedModel(
        kind=kind,
        settings=settings,
        fitted=inputs_out(inputs) | ({"targets": [_target_out(f) for f in found]} if several else one),
        formulas=tuple(formula for f in found for formula in f.front),
        chosen=first.chosen,
        rivals=tuple(formula for f in found for formula in f.rivals),
        network=None if several else network_out(first.network),
        activations=None if several else first.activations,
    )


def _target_out(fitted: Fitted) -> dict[str, Any]:
    found = fitted.discovery
    return {
        "name": fitted.target,
        "chosen": [_key(f) for f in found.front].index(_key(found.chosen)),
        "seconds": found.seconds,
        "unit": found.unit,
        "stopped": found.stopped,
        "noise": found.noise,
        "seed": fitted.seed,
        "units": fitted.units,
    }


def _key(formula: Formula) -> tuple[Any, ...]:
    """The chosen formula is one of the front's, but perhaps a copy."""
    return formula.template, *(c.value for c in formula.constants)


def searches_in(saved: SavedModel) -> list[Fitted]:
    """What a file holds of searches; ValueError and the like for one that makes no sense."""
    if saved.chosen is None:
        raise ValueError("it holds no formula")
    inputs = int(saved.fitted["inputs"])
    if any(len(f.columns) != inputs for f in (*saved.formulas, saved.chosen, *saved.rivals)):
        raise ValueError("its formulas have other columns than the model")
    if "targets" not in saved.fitted:
        network = None if saved.network is None else from_dict(saved.network)
        of_one = {"seconds": np.nan, "stopped": "", "units": {}} | dict(saved.fitted)
        learned = {"network": network, "activations": saved.activations}
        return [_fitted(of_one, saved.formulas, saved.chosen, saved.rivals, **learned)]
    found = [_of_target(saved, target) for target in saved.fitted["targets"]]
    if sum(len(f.front) + len(f.rivals) for f in found) != len(saved.formulas) + len(saved.rivals):
        raise ValueError("it has formulas without a target")
    return found


def _of_target(saved: SavedModel, target: Mapping[str, Any]) -> Fitted:
    front, rivals = (
        tuple(f for f in formulas if f.target == target["name"])
        for formulas in (saved.formulas, saved.rivals)
    )
    chosen = front[int(target["chosen"])]
    noise = noise_in(target["noise"])
    bare = _fitted(target, front, chosen, rivals, noise=noise, network=None, activations=None)
    return replace(bare, seed=target["seed"])


def _fitted(
    told: Mapping[str, Any],
    front: tuple[Formula, ...],
    chosen: Formula,
    rivals: tuple[Formula, ...],
    **more: Any,
) -> Fitted:
    stopped: Any = str(told["stopped"])  # in an older file perhaps in other words than those of today
    seconds, unit = float(told["seconds"]), str(told.get("unit", "s"))
    more |= {"seconds": seconds, "stopped": stopped, "unit": unit, "rivals": rivals}
    found = Discovery(front, chosen, steps=(), **more)
    return Fitted(found, units=dict(told["units"]))
