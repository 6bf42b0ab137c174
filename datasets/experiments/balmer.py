"""The lines of hydrogen in visible and near ultraviolet light."""

from scipy.constants import value

from kantools.datasets.experiment import Experiment

#: Rydberg's constant for hydrogen in 1/cm: CODATA's, for a nucleus with the mass of the proton.
RYDBERG = value("Rydberg constant") / 100 / (1 + value("electron-proton mass ratio"))


def index_of_air(wavelength: float) -> float:
    """Refractive index of dry air at 15 degC and 101325 Pa; the wavelength in vacuum in micrometres.

    P. E. Ciddor, Applied Optics 35 (1996) 1566, as listed by refractiveindex.info.

    >>> round(index_of_air(0.5), 6)
    1.000279
    """
    wavenumber = wavelength**-2
    return 1 + 0.05792105 / (238.0185 - wavenumber) + 0.00167917 / (57.362 - wavenumber)


def mean_index_of_air() -> float:
    """The mean over the lines of the table; it varies by 1 part in 100,000 between them."""
    lines = [1e4 / (RYDBERG * (1 / 4 - 1 / n**2)) for n in range(3, 13)]
    return sum(map(index_of_air, lines)) / len(lines)


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
    "1 part in 100,000. m is the refractive index of air, its mean over the lines.",
    law="10**8/(m*R*(1/4 - 1/n**2))",
    constants={"R": RYDBERG, "m": mean_index_of_air()},
    given=("m",),
    tolerance=1.2e-05,
)
