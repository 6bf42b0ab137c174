"""Hypotheses about a law, one a file; the catalogue reads this folder."""
