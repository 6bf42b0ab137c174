"""What the names in the laws of physics stand for, by unit.

A name stands for the same quantity in all the Feynman laws, and so has one unit: metres, seconds, kilograms,
kelvins and volts, which take the place of amperes; "1" is a pure number.
"""

from kantools.datasets.law import units_by_name

__all__ = ["UNITS"]

UNITS = units_by_name(
    {
        "1": "Z_1 Z_2 alpha beta chi delta f g_ gamma k_f mu n n_0 prob sigma theta theta1 theta2",
        "m": "d d1 d2 foc lambd r r1 r2 x x1 x2 x3 y y1 y2 y3 z z1 z2",
        "kg": "m m1 m2 m_0",
        "m**3/(kg*s**2)": "G",
        "kg*m/s**2": "F Nn",
        "m/s": "c u v v1 w",
        "m**2": "A",
        "kg*m**2/(s**2*V)": "q q1 q2",
        "kg*m/(s**2*V**2)": "epsilon",
        "V/m": "Ef",
        "s*V/m**2": "B Bx By Bz H",
        "kg*m**2/s**2": "E_n K U tau",
        "m/s**2": "a g",
        "kg/s**2": "L_rad k_spring",
        "s": "t t1",
        "kg*m/s": "p",
        "kg*m**2/s": "Jz L h hbar",
        "1/s": "H_G omega omega_0",
        "kg*m**2/(s**2*V**2)": "C",
        "V": "Volt",
        "1/m": "k",
        "kg/s**3": "I1 I2 Int Int_0 flux",
        "kg*m**2/s**3": "Pwr",
        "kg/(m*s**2)": "E_den Y mu_S pr",
        "m**3": "V V1 V2",
        "K": "T T1 T2",
        "kg*m**2/(s**2*K)": "kb",
        "s/kg": "mob mu_drift",
        "m**2/s": "D",
        "kg*m/(s**3*K)": "kappa",
        "kg/m**3": "rho rho_0",
        "kg*m**3/(s**2*V)": "p_d",
        "kg/(s**2*V)": "Pol sigma_den",
        "1/m**3": "n_rho",
        "kg*m**2/(s**3*V)": "I I_0",
        "kg/(m*s**2*V)": "rho_c rho_c_0",
        "kg/(s**3*V)": "j",
        "kg*m**4/(s**3*V)": "mom",
        "kg*m/(s**3*V)": "M",
        "s*V/m": "A_vec",
        "kg*m**3/s**2": "k_G",
    }
)
