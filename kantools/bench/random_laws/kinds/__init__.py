"""The kinds of laws but sums, one a file.

A file defines ``VARIANTS``: functions of a draft, a number of new columns and what is wanted, each with the
least number of columns that it needs.
"""
