"""Bacteria that eat their fill."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="oxygen",
    title="Biochemical oxygen demand against time (NIST BoxBOD)",
    inputs={"time": "day"},
    target="demand",
    unit="mg/l",
    year=1978,
    source="G. E. P. Box, W. G. Hunter, J. S. Hunter, Statistics for Experimenters (Wiley, 1978) 483.",
    checked="NIST Statistical Reference Datasets, `BoxBOD` (copy in lmfit's source distribution)",
    note="Six bottles, each read once.",
    law="b1*(1 - exp(-b2*time))",
    constants={"b1": 213.80940889, "b2": 0.54723748542},
    fitted=True,
    tolerance=0.09,
)
