"""Methods of symbolic regression that can be measured, one a file.

A file here defines ``METHOD``, a :class:`~kantools.bench.method.Method`.
"""
