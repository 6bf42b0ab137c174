"""The nebulae recede the faster the farther they are."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="hubble",
    title="Hubble's law: distance and radial velocity of 24 nebulae",
    inputs={"distance": "Mpc"},
    target="velocity",
    unit="km/s",
    year=1929,
    source="E. Hubble, Proceedings of the National Academy of Sciences 15 (1929) 168, table 1.",
    checked="Two transcriptions of the paper (Rochester Institute of Technology; Astronomy Picture of the"
    " Day)",
    note="Motions of the nebulae themselves scatter by 200 km/s; the distances were later found to be "
    "about seven times too small, and so H too large.",
    law="H*distance",
    constants={"H": 423.937},
    fitted=True,
    tolerance=0.44,
)
