"""The lines of hydrogen in visible and near ultraviolet light."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="balmer",
    title="Balmer's series: wavelengths of the hydrogen lines in air",
    inputs={"n": "1"},
    target="wavelength",
    unit="angstrom",
    year=1945,
    source="Rest wavelengths in use in stellar spectroscopy, after C. E. Moore, A Multiplet Table of "
    "Astrophysical Interest (1945). The law: J. J. Balmer, Annalen der Physik 25 (1885) 80.",
    checked="Three open codes of stellar spectroscopy, which agree (H alpha to H kappa)",
    note="Wavelengths to 0.001 angstrom; the fine structure, which the law leaves out, shifts them by "
    "1 part in 100,000.",
    law="10**8/(m*R*(1/4 - 1/n**2))",
    constants={"R": 109677.5834, "m": 1.00028},
    tolerance=2e-05,
)
