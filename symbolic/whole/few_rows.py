"""What few rows tell of constants beside a scatter that is not known either.

Description lengths take the scatter at its likeliest value, ``s² = rss/(n - k)``, which few rows hardly know.
Over all values of the scatter the evidence of ``k`` constants is that of Student's distribution, ::

    ∫ σ^(-n) exp(-rss/2σ²) dσ/σ    ∝    Γ((n - k)/2) rss^(-(n - k)/2),

and what it differs by is nothing for many rows, and more the fewer rows are left over; infinite where none
is.

Source: A. Zellner, *An Introduction to Bayesian Inference in Econometrics* (1971), section 3.2.
"""

from math import inf, lgamma, log

__all__ = ["few_rows"]


def few_rows(rows: float, constants: int) -> float:
    """``ln Γ(n/2) - ln Γ((n-k)/2) - k/2 ln((n-k)/2)``, in nats; infinite where no row is left over.

    >>> [round(few_rows(n, 3), 2) for n in (4, 6, 10, 100)]
    [0.47, 0.21, 0.1, 0.01]
    >>> few_rows(3, 3)
    inf
    """
    left = (rows - constants) / 2
    return lgamma(rows / 2) - lgamma(left) - constants / 2 * log(left) if left > 0 else inf
