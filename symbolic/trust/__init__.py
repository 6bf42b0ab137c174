"""How far a formula can be believed: where it holds, how sure its constants are, where measurements will lie.

Here is what a formula can be asked. Its methods call what is here, which therefore knows expressions and
constants, and no formula.
"""
