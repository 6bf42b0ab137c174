"""What formulas may be made of, and what it costs to say it: symbols, functions, exponents, nestings.

Here is what looks at an expression alone and counts or forbids; no rows and no fitted constants.
"""
