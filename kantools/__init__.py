"""Find the law in a table of measurements: symbolic regression with Kolmogorov-Arnold networks."""

