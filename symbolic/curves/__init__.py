"""What one learned activation may be: candidates for a curve, each an expression with its constants.

Here is what looks at one curve alone. Curves know primitives and the language, and neither formulas nor rows.
"""
