"""Usual forms of one column (:mod:`kantools.symbolic.forms`): fitted to rows, and told in formulas."""
