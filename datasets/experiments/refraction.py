"""Light that enters water, as seen in antiquity."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="refraction",
    title="Ptolemy's refraction: angles of light in air and in water",
    inputs={"incidence": "deg"},
    target="refraction",
    unit="deg",
    year=160,
    source="C. Ptolemy, Optics, book V (about 160). The law: W. Snellius (1621), R. Descartes, "
    "Dioptrique (1637).",
    checked="Data of an open exercise on testing hypotheses with the table",
    note="Given to half a degree. The second differences are exactly 1/2 degree: Ptolemy smoothed his "
    "readings to a parabola, which is the better fit here and is not the law. m is the "
    "index of water against air at 20 degC and 589.3 nm, after Tilton and Taylor.",
    law="asin(sin(incidence*pi/180)/m)*180/pi",
    constants={"m": 1.333},
    tolerance=0.03,
)
