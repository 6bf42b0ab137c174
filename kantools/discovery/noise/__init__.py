"""Noise: what a formula leaves, and how rows count."""
