"""Fitting: all constants of a formula together, and how the rows count."""
