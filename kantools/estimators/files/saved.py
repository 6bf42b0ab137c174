"""What searches have left, as a file and back; the steps of a search are not kept.

The file of several targets is that of one, with the fronts of all in its list of formulas: every formula
knows its target, and ``fitted["targets"]`` says which of them is the chosen one. The networks that were
learned on the way are not kept then; those of one target are with ``models_["name"].save(path)``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kantools.discovery import Discovery
from kantools.estimators.files.model_file import ModelFileError, SavedModel, noticing_damage
from kantools.estimators.files.network import network_out
from kantools.estimators.fitted import Fitted
from kantools.network.store import from_dict
from kantools.symbolic.formula import Formula

__all__ = ["searches_in", "searches_out"]


def searches_out(
    kind: str, settings: Mapping[str, Any], names: Mapping[str, Any], found: Sequence[Fitted]
) -> SavedModel:
    """What is written of the searches of one or several targets.

    Parameters
    ----------
    kind : str
        The estimator's class.
    settings, names : mapping
        Its parameters, and its inputs as :func:`~kantools.estimators.files.model_file.inputs_out` has them.
    found : sequence of Fitted
        One a target.
    """
    first, several = found[0].discovery, len(found) > 1
    one = {"units": found[0].units, "seconds": first.seconds, "stopped": first.stopped}
    return SavedModel(
        kind=kind,
        settings=settings,
        fitted={**names, **({"targets": [_target_out(f) for f in found]} if several else one)},
        formulas=tuple(formula for f in found for formula in f.front),
        chosen=first.chosen,
        network=None if several else network_out(first.network),
        activations=None if several else first.activations,
    )


def _target_out(fitted: Fitted) -> dict[str, Any]:
    found = fitted.discovery
    return {
        "name": fitted.target,
        "chosen": [_key(f) for f in found.front].index(_key(found.chosen)),
        "seconds": found.seconds,
        "stopped": found.stopped,
        "noise": found.noise,
        "seed": fitted.seed,
        "units": fitted.units,
    }


def _key(formula: Formula) -> tuple[Any, ...]:
    """The chosen formula is one of the front's, but perhaps a copy."""
    return formula.template, *(c.value for c in formula.constants)


def searches_in(saved: SavedModel, path: str | Path) -> list[Fitted]:
    """What a file holds of searches.

    Raises
    ------
    ModelFileError
        For a file without a formula, or one that makes no sense.
    """
    if saved.chosen is None:
        raise ModelFileError(f"{Path(path).name} holds no formula. Save the model again.")
    with noticing_damage(path):
        inputs = int(saved.fitted["inputs"])
        if any(len(f.columns) != inputs for f in (*saved.formulas, saved.chosen)):
            raise ValueError("its formulas have other columns than the model")
        if "targets" not in saved.fitted:
            return [_one_in(saved, saved.chosen)]
        found = [_target_in(saved, target) for target in saved.fitted["targets"]]
        if sum(len(f.front) for f in found) != len(saved.formulas):
            raise ValueError("it has formulas without a target")
        return found


def _one_in(saved: SavedModel, chosen: Formula) -> Fitted:
    told: dict[str, Any] = {"seconds": np.nan, "stopped": "", "units": {}} | dict(saved.fitted)
    found = Discovery(
        front=saved.formulas,
        chosen=chosen,
        network=None if saved.network is None else from_dict(saved.network),
        activations=saved.activations,
        steps=(),
        seconds=float(told["seconds"]),
        stopped=str(told["stopped"]),
    )
    return Fitted(found, units=dict(told["units"]))


def _target_in(saved: SavedModel, target: Mapping[str, Any]) -> Fitted:
    front = tuple(f for f in saved.formulas if f.target == target["name"])
    found = Discovery(
        front=front,
        chosen=front[int(target["chosen"])],
        network=None,
        activations=None,
        steps=(),
        seconds=float(target["seconds"]),
        stopped=str(target["stopped"]),
        noise=str(target["noise"]),
    )
    return Fitted(found, units=dict(target["units"]), seed=target["seed"])
