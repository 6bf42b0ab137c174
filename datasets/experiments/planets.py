"""The planets: how long a year lasts at a given distance from the Sun."""

from kantools.datasets.experiment import Experiment

EXPERIMENT = Experiment(
    name="planets",
    title="Kepler's third law: periods and mean distances of the eight planets",
    inputs={"distance": "au"},
    target="period",
    unit="year",
    year=1992,
    source="P. K. Seidelmann (ed.), Explanatory Supplement to the Astronomical Almanac (University Science "
    "Books, 1992), table 5.8.1: mean orbits fitted to the ephemeris DE200 over 250 years; sidereal period = "
    "one turn over the rate of the mean longitude, in Julian years. The law: J. Kepler, Harmonices Mundi "
    "(1619).",
    checked="Jet Propulsion Laboratory, Planetary Mean Orbits (J2000), semi-major axes and longitude rates",
    sigma="sigma",
    note="The standard error is not one of observation, which is far smaller, and not independent of the "
    "law: it is 7 parts in 10,000 of each period, the largest deviation from the law in this very "
    "table. By so much the pull of the planets on each other, and their own mass, shift the periods. "
    "The constant is Gauss's as the International Astronomical Union defined it in 1976, for a planet "
    "without mass.",
    law="2*pi*distance**(3/2)/(365.25*k)",
    constants={"k": 0.01720209895},
    tolerance=8e-4,
)
