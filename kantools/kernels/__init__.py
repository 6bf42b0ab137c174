"""Numba kernels: arrays in, arrays out, no lock held; those that searches call are listed in ``prepare``."""
