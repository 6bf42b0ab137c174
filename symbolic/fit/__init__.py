"""Fitting: programs with constants to rows, as the rows' errors are.

Here is what works on arrays, programs and :class:`~kantools.symbolic.fit.data.Data`. The formula, which has
a name, errors and a written form, stands on it.
"""
