"""What can be done with what a fit has left: draw it, report it, export it, steer it, repeat it.

Verbs take a :class:`~kantools.estimators.fitted.Fitted` or a :class:`~kantools.estimators.trained.Trained`
and never an estimator. The estimators import them where they are called, because some need torch or
matplotlib.
"""
