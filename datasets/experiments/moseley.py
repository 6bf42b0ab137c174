"""The X-rays that tell the elements apart."""

from scipy.constants import value

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="moseley",
    title="Moseley's law: energy of the K alpha 1 line against atomic number, sodium to zinc",
    inputs={"number": "1"},
    target="energy",
    unit="eV",
    year=2002,
    source="W. T. Elam, B. D. Ravel, J. R. Sieber, Radiation Physics and Chemistry 63 (2002). The "
    "law: H. G. J. Moseley, Philosophical Magazine 26 (1913).",
    checked="Python package xraydb, `xray_lines`",
    note="Energies to 1 part in 10,000; the screening by one electron is Moseley's approximation, and "
    "relativity adds up to 1 percent. Ry is the Rydberg energy of CODATA.",
    law="3/4*Ry*(number - 1)**2",
    constants={"Ry": value("Rydberg constant times hc in eV")},
    tolerance=0.006,
)
