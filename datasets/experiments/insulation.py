"""Insulation that ages in the heat."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="insulation",
    title="Dielectric breakdown: strength of insulation after weeks at a temperature (NIST Nelson)",
    inputs={"time": "week", "temperature": "degC"},
    target="strength",
    unit="kV",
    year=1981,
    source="W. Nelson, IEEE Transactions on Reliability R-30 (1981) 149.",
    checked="NIST Statistical Reference Datasets, `Nelson` (copy in lmfit's source distribution)",
    note="Breakdown is a matter of chance: specimens aged alike scatter by 15 percent. The certified "
    "constants were fitted to the logarithm of the strength.",
    law="exp(b1 - b2*time*exp(-b3*temperature))",
    constants={"b1": 2.5906836021, "b2": 5.6177717026e-09, "b3": -0.057701013174},
    fitted=True,
    tolerance=0.15,
)
