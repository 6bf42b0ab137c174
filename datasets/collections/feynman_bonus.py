"""Twenty further laws of physics, from other textbooks, by the authors of AI Feynman.

Harder than those of the Lectures: Goldstein, Jackson, Weinberg and Schwartz, with up to seven columns.
"""

from kantools.datasets.law import law
from kantools.datasets.problem import Problem
from kantools.datasets.quantities import UNITS

__all__ = ["OUTSIDE_SRBENCH", "PROBLEMS", "SOURCE"]

SOURCE = (
    "S.-M. Udrescu, M. Tegmark, AI Feynman, Science Advances 6 (2020) eaay2631, bonus set; noise: "
    "W. La Cava et al., Contemporary Symbolic Regression Methods and their Relative Performance (2021)."
)

# Published results of SRBench leave this one out.
OUTSIDE_SRBENCH = ("test_10",)

LAWS = (
    (
        "test_1",
        "Rutherford scattering",
        "A",
        "(Z_1*Z_2*alpha*hbar*c/(4*E_n*sin(theta/2)**2))**2",
        "Z_1 Z_2 alpha hbar c 1:2; E_n theta 1:3",
    ),
    (
        "test_2",
        "Goldstein 3.55",
        "k",
        "m*k_G/L**2*(1+sqrt(1+2*E_n*L**2/(m*k_G**2))*cos(theta1-theta2))",
        "m k_G L E_n 1:3; theta1 theta2 0:6",
    ),
    (
        "test_3",
        "Goldstein 3.64",
        "r",
        "d*(1-alpha**2)/(1+alpha*cos(theta1-theta2))",
        "d 1:3; alpha 2:4; theta1 theta2 4:5",
    ),
    ("test_4", "Goldstein 3.16", "v", "sqrt(2/m*(E_n-U-L**2/(2*m*r**2)))", "m 1:3; E_n 8:12; U L r 1:3"),
    ("test_5", "Goldstein 3.74", "t", "2*pi*d**(3/2)/sqrt(G*(m1+m2))", "d G m1 m2 1:3"),
    (
        "test_6",
        "Goldstein 3.99",
        "alpha",
        "sqrt(1+2*epsilon**2*E_n*L**2/(m*(Z_1*Z_2*q**2)**2))",
        "epsilon L m Z_1 Z_2 q E_n 1:3",
    ),
    (
        "test_7",
        "Friedmann equation",
        "H_G",
        "sqrt(8*pi*G*rho/3-alpha*c**2/d**2)",
        "G rho 1:3; alpha c 1:2; d 1:3",
    ),
    ("test_8", "Compton scattering", "K", "E_n/(1+E_n/(m*c**2)*(1-cos(theta)))", "E_n m c theta 1:3"),
    (
        "test_9",
        "Gravitational wave radiated power",
        "Pwr",
        "-32/5*G**4/c**5*(m1*m2)**2*(m1+m2)/r**5",
        "G c 1:2; m1 m2 1:5; r 1:2",
    ),
    (
        "test_10",
        "Relativistic aberration",
        "theta1",
        "acos((cos(theta2)-v/c)/(1-v/c*cos(theta2)))",
        "c 4:6; v theta2 1:3",
    ),
    (
        "test_11",
        "N-slit diffraction",
        "I",
        "I_0*(sin(alpha/2)*sin(n*delta/2)/(alpha/2*sin(delta/2)))**2",
        "I_0 alpha delta 1:3; n 1:2",
    ),
    (
        "test_12",
        "Jackson 2.11",
        "F",
        "q/(4*pi*epsilon*y**2)*(4*pi*epsilon*Volt*d-q*d*y**3/(y**2-d**2)**2)",
        "q 1:5; y 1:3; Volt 1:5; d 4:6; epsilon 1:5",
    ),
    (
        "test_13",
        "Jackson 3.45",
        "Volt",
        "1/(4*pi*epsilon)*q/sqrt(r**2+d**2-2*r*d*cos(alpha))",
        "q 1:5; r 1:3; d 4:6; alpha 0:6; epsilon 1:5",
    ),
    (
        "test_14",
        "Jackson 4.60'",
        "Volt",
        "Ef*cos(theta)*(-r+d**3/r**2*(alpha-1)/(alpha+2))",
        "Ef 1:5; theta 0:6; r d alpha 1:5",
    ),
    (
        "test_15",
        "Jackson 11.38",
        "omega_0",
        "sqrt(1-v**2/c**2)*omega/(1+v/c*cos(theta))",
        "c 5:20; v 1:3; omega 1:5; theta 0:6",
    ),
    (
        "test_16",
        "Goldstein 8.56",
        "E_n",
        "sqrt((p-q*A_vec)**2*c**2+m**2*c**4)+q*Volt",
        "m c p q A_vec Volt 1:5",
    ),
    (
        "test_17",
        "Goldstein 12.80'",
        "E_n",
        "1/(2*m)*(p**2+m**2*omega**2*x**2*(1+alpha*x/y))",
        "m omega p y x alpha 1:5",
    ),
    ("test_18", "Weinberg 15.2.1", "rho_0", "3/(8*pi*G)*(c**2*k_f/r**2+H_G**2)", "G k_f r H_G c 1:5"),
    (
        "test_19",
        "Weinberg 15.2.2",
        "pr",
        "-1/(8*pi*G)*(c**4*k_f/r**2+H_G**2*c**2*(1-2*alpha))",
        "G k_f r H_G alpha c 1:5",
    ),
    (
        "test_20",
        "Klein-Nishina (Schwartz 13.132)",
        "A",
        "1/(4*pi)*alpha**2*h**2/(m**2*c**2)*(omega_0/omega)**2*(omega_0/omega+omega/omega_0-sin(beta)**2)",
        "omega omega_0 alpha h m c 1:5; beta 0:6",
    ),
)

PROBLEMS: tuple[Problem, ...] = tuple(law(*line, source=SOURCE, units=UNITS) for line in LAWS)
