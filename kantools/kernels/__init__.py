"""Numba kernels: arrays in, arrays out, no lock held, compiled once and cached on disk."""
