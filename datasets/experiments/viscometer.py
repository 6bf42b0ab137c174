"""A weight turns a cylinder in a viscous fluid."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="viscometer",
    title="Stormer viscometer: time of a number of turns against viscosity and weight",
    inputs={"viscosity": "cP", "weight": "g"},
    target="time",
    unit="s",
    year=1959,
    source="E. J. Williams, Regression Analysis (Wiley, 1959); W. N. Venables, B. D. Ripley, Modern "
    "Applied Statistics with S (Springer, 2002).",
    checked="R package MASS (Rdatasets), `stormer`",
    note="Stopwatch times; the weight has to overcome a friction of about 2 g first.",
    law="b*viscosity/(weight - friction)",
    constants={"b": 29.4013, "friction": 2.21827},
    fitted=True,
    tolerance=0.06,
)
