"""The light that the early universe left."""

from scipy.constants import Boltzmann, Planck, speed_of_light

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="background",
    title="Cosmic microwave background: brightness against wavenumber",
    inputs={"wavenumber": "1/cm"},
    target="intensity",
    unit="MJy/sr",
    year=1996,
    source="D. J. Fixsen et al., Astrophysical Journal 473 (1996) 576, table 4, with the temperature of "
    "J. C. Mather et al., Astrophysical Journal 512 (1999) 511: measured residuals added to a "
    "black body of 2.725 K.",
    checked="NASA LAMBDA archive, FIRAS monopole spectrum v1 (copy in an open script)",
    note="The published wavenumbers are rounded to 0.01 per cm, which weighs more than the errors of "
    "the intensity.",
    law="2*h*c*(100*wavenumber)**3*10**20/(exp(100*h*c*wavenumber/(kb*T)) - 1)",
    constants={"h": Planck, "c": speed_of_light, "kb": Boltzmann, "T": 2.725},
    given=("h", "c", "kb"),
    tolerance=0.0005,
    sigma="sigma",
)
