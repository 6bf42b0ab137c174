"""From a user's table to the table that is searched, and back.

A step is a function ``enter(table) -> (table, back)``, one a file: columns that never vary, or say what
another one says, are left out, repeated rows become weights, of many columns those are kept that tell
most, and numbers of extreme sizes are written in other units. :mod:`~kantools.estimators.passage.way`
takes the steps one after the other, and what the search has found back through them.
"""
