"""Formulas held against rows: how far rows lie off them, how their noise goes, what rows held out say.

Here is what takes a formula and rows together and tells a number; nothing is fitted for good.
"""
