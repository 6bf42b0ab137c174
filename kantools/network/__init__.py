"""The network: layers, nodes and what can be done to them between two trainings."""

from kantools.network.grid import fit_grid
from kantools.network.kan import KAN
from kantools.network.layer import KANLayer
from kantools.network.observe import observe
from kantools.network.predict import predict
from kantools.network.prune import prune
from kantools.network.refine import refine
from kantools.network.store import from_dict, to_dict

__all__ = ["KAN", "KANLayer", "fit_grid", "from_dict", "observe", "predict", "prune", "refine", "to_dict"]
