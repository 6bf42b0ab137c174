"""Curves: what one learned activation may be, as an expression."""
