"""A mug of hot water on a table."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="cooling",
    title="Newton's law of cooling: temperature of water in a mug",
    inputs={"time": "min"},
    target="temperature",
    unit="degC",
    year=2014,
    source="S. Wagon, measurements with a temperature probe, in R. Pruim, D. Kaplan, N. Horton, "
    "mosaicData (R package, about 2014).",
    checked="R package mosaicData (Rdatasets), `CoolingWater`",
    note="Read to 0.1 degC; evaporation cools the first minutes faster than the law says.",
    law="room + excess*exp(-rate*time)",
    constants={"room": 27.0045, "excess": 62.1354, "rate": 0.0209644},
    fitted=True,
    tolerance=0.04,
)
