"""Whole formulas: curves composed to a draft, the draft fitted, shortened, and made a formula.

Here is what looks at the expression as a whole and may change it; every change has to pay in description
length.
"""
