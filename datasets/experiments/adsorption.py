"""A single layer of molecules on a surface."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="adsorption",
    title="Monomolecular adsorption: volume against pressure (NIST Misra1a)",
    inputs={"pressure": "arb. unit"},
    target="volume",
    unit="arb. unit",
    year=1978,
    source="D. Misra, Dental Research Monomolecular Adsorption Study, NIST (1978).",
    checked="NIST Statistical Reference Datasets, `Misra1a` (copy in lmfit's source distribution)",
    note="The pressures stay far below saturation, so the two constants are strongly correlated.",
    law="b1*(1 - exp(-b2*pressure))",
    constants={"b1": 238.94212918, "b2": 0.00055015643181},
    fitted=True,
    tolerance=0.003,
)
