"""How much current passes a longer wire."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="ohm",
    title="Ohm's law: current through copper wires of growing length",
    inputs={"length": "inch"},
    target="current",
    unit="division",
    year=1826,
    source="G. S. Ohm, Journal fuer Chemie und Physik 46 (1826), first series of 8 January 1826.",
    checked="Two open collections of historical data for law discovery",
    note="A magnetic needle on a torsion wire, read to a quarter of a division; the added length is "
    "the resistance of the thermocouple that drives the current.",
    law="a/(b + length)",
    constants={"a": 7243.29, "b": 20.1431},
    fitted=True,
    tolerance=0.005,
)
