"""Water boils early on a mountain."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="forbes",
    title="Forbes's boiling points: the pressure at which water boils, in the Alps",
    inputs={"boiling_point": "degF"},
    target="pressure",
    unit="inHg",
    year=1857,
    source="J. D. Forbes, Transactions of the Royal Society of Edinburgh 21 (1857) 235; S. Weisberg, "
    "Applied Linear Regression (Wiley, 1980).",
    checked="R package MASS (Rdatasets), `forbes`",
    note="Thermometers read to 0.1 degF on a mountain; the law is Antoine's equation of water, known "
    "from other experiments; its constants are the usual ones for 1 to 100 degC and mmHg.",
    law="10**(A - B/(C + (boiling_point - 32)*5/9))/25.4",
    constants={"A": 8.07131, "B": 1730.63, "C": 233.426},
    tolerance=0.01,
)
