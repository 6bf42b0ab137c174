"""The spring of the air: what pressure air resists with when it is squeezed."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="boyle",
    title="Boyle's law: pressure and volume of enclosed air",
    inputs={"volume": "division"},
    target="pressure",
    unit="inHg",
    year=1662,
    source="R. Boyle, A Defence of the Doctrine Touching the Spring and Weight of the Air (London, "
    "1662), table of the condensation of the air, columns A and D; sixteenths of an inch turned "
    "into decimals.",
    checked='ChemTeam, "Robert Boyle and His Data" (transcription of the printed table)',
    note="Read to a sixteenth of an inch in a bent glass tube; the constant is the first row, as in "
    "column E of the table.",
    law="k/volume",
    constants={"k": 1398.0},
    tolerance=0.008,
)
