"""Whole formulas: composed of curves, fitted, polished, priced."""
