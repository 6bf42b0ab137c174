"""A catalyst at work, pushed by one gas and held back by two."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="isomerization",
    title="Isomerization of n-pentane: reaction rate against three partial pressures",
    inputs={"hydrogen": "psi", "pentane": "psi", "isopentane": "psi"},
    target="rate",
    unit="1/h",
    year=1960,
    source="N. L. Carr, Industrial and Engineering Chemistry 52 (1960) 391; D. M. Bates, D. G. Watts, "
    "Nonlinear Regression Analysis and Its Applications (Wiley, 1988).",
    checked="R package NRAIA, `Isom`, as reprinted in an open collection of least-squares tests",
    note="The four constants of the Hougen-Watson rate are strongly correlated; 1.632 is the "
    "equilibrium constant.",
    law="k*K2*(pentane - isopentane/1.632)/(1 + K1*hydrogen + K2*pentane + K3*isopentane)",
    constants={"k": 35.9202, "K1": 0.0708432, "K2": 0.0377299, "K3": 0.167135},
    fitted=True,
    tolerance=0.075,
)
