"""Light that passes in a narrow band of colour."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="filter",
    title="Circular interference: transmittance against wavelength (NIST Eckerle4)",
    inputs={"wavelength": "nm"},
    target="transmittance",
    unit="1",
    year=1970,
    source="K. Eckerle, Circular Interference Transmittance Study, NIST (in the 1970s).",
    checked="NIST Statistical Reference Datasets, `Eckerle4` (copy in lmfit's source distribution)",
    note="The certified law is a bell; the band departs from it by a few percent of its height.",
    law="b1/b2*exp(-((wavelength - b3)/b2)**2/2)",
    constants={"b1": 1.5543827178, "b2": 4.0888321754, "b3": 451.54121844},
    fitted=True,
    tolerance=0.05,
)
