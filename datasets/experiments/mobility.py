"""How easily electrons move in a semiconductor."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="mobility",
    title="Electron mobility against the logarithm of the density (NIST Thurber)",
    inputs={"log_density": "1"},
    target="mobility",
    unit="arb. unit",
    year=1970,
    source="R. Thurber, Semiconductor Electron Mobility Modeling, NIST (in the 1970s).",
    checked="NIST Statistical Reference Datasets, `Thurber` (copy in lmfit's source distribution)",
    note="The certified law is an empirical quotient of two cubics.",
    law="(b1 + b2*log_density + b3*log_density**2 + b4*log_density**3)/(1 + b5*log_density + "
    "b6*log_density**2 + b7*log_density**3)",
    constants={
        "b1": 1288.13968,
        "b2": 1491.0792535,
        "b3": 583.23836877,
        "b4": 75.416644291,
        "b5": 0.96629502864,
        "b6": 0.39797285797,
        "b7": 0.049727297349,
    },
    fitted=True,
    tolerance=0.02,
)
