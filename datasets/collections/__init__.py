"""Collections of laws with a known truth, one collection a file.

A file here defines ``PROBLEMS``, a tuple of :class:`~kantools.datasets.problem.Problem`.
"""
