"""How much mercury there is in the air above it."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="mercury",
    title="Vapour pressure of mercury",
    inputs={"temperature": "degC"},
    target="pressure",
    unit="mmHg",
    year=1973,
    source="R. C. Weast (ed.), Handbook of Chemistry and Physics (CRC Press, 1973); D. R. McNeil, "
    "Interactive Data Analysis (Wiley, 1977).",
    checked="R datasets package (Rdatasets), `pressure`",
    note="One to four digits; the latent heat falls a little with temperature, which the law of "
    "Clausius and Clapeyron leaves out.",
    law="exp(a - b/(temperature + 273.15))",
    constants={"a": 18.0075, "b": 7164.05},
    fitted=True,
    tolerance=0.0015,
)
