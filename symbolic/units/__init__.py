"""Units: what pint reads, as products of powers, and whether an expression is consistent with them.

Here is all that knows of dimensions; a formula's constants get their units from here.
"""
