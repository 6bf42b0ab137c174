"""How far a car of the 1920s ran before it stood."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="stopping",
    title="Stopping distances of cars",
    inputs={"speed": "mi/h"},
    target="distance",
    unit="ft",
    year=1930,
    source="M. Ezekiel, Methods of Correlation Analysis (Wiley, 1930).",
    checked="R datasets package (Rdatasets), `cars`",
    note="Drivers, brakes and roads differ: the distances scatter by a third. The first term is the "
    "time to react, the second the braking.",
    law="reaction*speed + braking*speed**2",
    constants={"reaction": 1.23903, "braking": 0.0901388},
    fitted=True,
    tolerance=0.3,
)
