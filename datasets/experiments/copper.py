"""Copper grows with heat."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="copper",
    title="Thermal expansion of copper: coefficient against temperature (NIST Hahn1)",
    inputs={"temperature": "K"},
    target="expansion",
    unit="10**-6/K",
    year=1970,
    source="T. Hahn, Copper Thermal Expansion Study, NIST (in the 1970s).",
    checked="NIST Statistical Reference Datasets, `Hahn1` (copy in lmfit's source distribution)",
    note="The certified law is an empirical quotient of two cubics; physically the coefficient follows"
    " the heat capacity, T**3 when cold and flat when warm.",
    law="(b1 + b2*temperature + b3*temperature**2 + b4*temperature**3)/(1 + b5*temperature + "
    "b6*temperature**2 + b7*temperature**3)",
    constants={
        "b1": 1.0776351733,
        "b2": -0.12269296921,
        "b3": 0.004086375061,
        "b4": -1.4262662514e-06,
        "b5": -0.0057609940901,
        "b6": 0.00024053735503,
        "b7": -1.2314450199e-07,
    },
    fitted=True,
    tolerance=0.006,
)
