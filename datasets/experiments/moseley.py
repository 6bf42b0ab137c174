"""The X-rays that tell the elements apart."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="moseley",
    title="Moseley's law: energy of the K alpha 1 line against atomic number, sodium to zinc",
    inputs={"number": "1"},
    target="energy",
    unit="eV",
    year=2002,
    source="W. T. Elam, B. D. Ravel, J. R. Sieber, Radiation Physics and Chemistry 63 (2002) 121. The "
    "law: H. G. J. Moseley, Philosophical Magazine 26 (1913) 1024.",
    checked="Python package xraydb, `xray_lines`",
    note="Energies to 1 part in 10,000; the screening by one electron is Moseley's approximation, and "
    "relativity adds up to 1 percent.",
    law="3/4*Ry*(number - 1)**2",
    constants={"Ry": 13.605693},
    tolerance=0.006,
)
