"""An endless source of plausible laws that nobody has tuned a search to.

Law number ``k`` of a seed is :func:`~kantools.bench.random_laws.source.law`: drawn from a grammar that is
weighted by how often people write each operator (:mod:`~kantools.bench.random_laws.counts`), of columns with
units or without (:mod:`~kantools.bench.random_laws.quantities`), and drawn again until rows can tell it
(:mod:`~kantools.bench.random_laws.identifiable`). A seed whose laws were looked at is spent: what is done
after that may have been done for them.
"""
