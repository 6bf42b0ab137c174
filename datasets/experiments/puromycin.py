"""An enzyme at work, with and without an antibiotic."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="puromycin",
    title="Michaelis-Menten kinetics: rate of an enzyme reaction, treated with puromycin (1) or not (0)",
    inputs={"concentration": "ppm", "treated": "1"},
    target="rate",
    unit="counts/min**2",
    year=1974,
    source="M. A. Treloar, M.Sc. thesis, University of Toronto (1974); D. M. Bates, D. G. Watts, "
    "Nonlinear Regression Analysis and Its Applications (Wiley, 1988), A1.3.",
    checked="R datasets package (Rdatasets), `Puromycin`",
    note="Radioactive counts; repeated measurements differ by about 10 counts/min**2.",
    law="(V + dV*treated)*concentration/(K + dK*treated + concentration)",
    constants={"V": 160.28, "dV": 52.4037, "K": 0.0477082, "dK": 0.0164131},
    fitted=True,
    tolerance=0.075,
)
