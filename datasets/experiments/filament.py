"""How brightly a lamp glows."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="filament",
    title="Carbon filament lamp: energy radiated against absolute temperature (NIST DanWood)",
    inputs={"temperature": "10**3*K"},
    target="energy",
    unit="energy/(cm**2*s)",
    year=1962,
    source="E. S. Keeping, Introduction to Statistical Inference (Van Nostrand, 1962) 354; C. Daniel, F."
    " S. Wood, Fitting Equations to Data (Wiley, 1980) 428.",
    checked="NIST Statistical Reference Datasets, `DanWood` (copy in lmfit's source distribution)",
    note="Six points in a narrow range; Stefan and Boltzmann's exponent 4, which holds for a black "
    "body, is almost three standard errors from the fit.",
    law="b1*temperature**b2",
    constants={"b1": 0.76886226176, "b2": 3.8604055871},
    fitted=True,
    tolerance=0.012,
)
