"""How often a method finds the law: SRBench's protocol over the problems of :mod:`kantools.datasets`.

A :class:`~kantools.bench.task.Task` is one search of one method on one problem. It runs in a process of its
own, which is ended when it does not end itself, and becomes a :class:`~kantools.bench.record.Record`, one row
of a CSV file. ``kantools bench`` is the front of :func:`kantools.bench.run.run`.
"""
