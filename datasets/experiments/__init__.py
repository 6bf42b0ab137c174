"""Measured tables, one experiment a file.

A file here defines ``EXPERIMENT`` and has its numbers in ``data/<name>.csv``; nothing else has to be changed
to add one.
"""
