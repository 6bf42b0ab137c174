"""The file of a model of several targets.

It is that of one target, with the fronts of all in its list of formulas; every formula knows its target, and
``fitted["targets"]`` says which of them is the chosen one. The networks that were learned on the way are not
kept; those of one target are with ``models_["name"].save(path)``.
"""

from typing import TYPE_CHECKING, Any

from kantools.estimators.model_file import SavedModel

if TYPE_CHECKING:
    from kantools.estimators.symbolic import SymbolicRegressor
    from kantools.symbolic.formula import Formula

__all__ = ["several_in", "several_out"]


def several_out(model: "SymbolicRegressor", settings: dict[str, Any], names: dict[str, Any]) -> SavedModel:
    """What is written of a model with ``models_``."""
    found = {name: part.discovery_ for name, part in model.models_.items()}
    targets = [
        {
            "name": name,
            "chosen": [_key(f) for f in d.front].index(_key(d.chosen)),
            "seconds": d.seconds,
            "stopped": d.stopped,
            "noise": d.noise,
            "seed": model.models_[name].random_state,
            "units": model.models_[name].units_,
        }
        for name, d in found.items()
    ]
    return SavedModel(
        kind=type(model).__name__,
        settings=settings,
        fitted={**names, "targets": targets},
        formulas=tuple(f for d in found.values() for f in d.front),
        chosen=next(iter(found.values())).chosen,
    )


def _key(formula: "Formula") -> tuple[Any, ...]:
    """The chosen formula is one of the front's, but perhaps a copy."""
    return formula.template, *(c.value for c in formula.constants)


def several_in(model: "SymbolicRegressor", saved: SavedModel) -> "SymbolicRegressor":
    """The model with a model of each target; what a damaged file brings about is the caller's."""
    parts = {str(target["name"]): _part(model, saved, target) for target in saved.fitted["targets"]}
    if sum(len(part.discovery_.front) for part in parts.values()) != len(saved.formulas):
        raise ValueError("it has formulas without a target")
    model.models_ = parts
    return model


def _part(model: "SymbolicRegressor", saved: SavedModel, target: dict[str, Any]) -> "SymbolicRegressor":
    from kantools.discovery import Discovery
    from kantools.estimators.several_targets import take_inputs, units_of

    part = type(model)(**model.get_params(deep=False))
    part.random_state = target["seed"]
    front = tuple(f for f in saved.formulas if f.target == target["name"])
    part.units = units_of(model.units, (*front[0].columns, str(target["name"])))
    take_inputs(part, model)
    part.units_ = dict(target["units"])
    part.discovery_ = Discovery(
        front=front,
        chosen=front[int(target["chosen"])],
        network=None,
        activations=None,
        steps=(),
        seconds=float(target["seconds"]),
        stopped=str(target["stopped"]),
        noise=str(target["noise"]),
    )
    return part
