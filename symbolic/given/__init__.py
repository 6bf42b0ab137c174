"""A form that somebody gives, fitted to a table: :func:`~kantools.symbolic.given.refit.refit`.

Here is what people call who know the form already; a search never comes here.
"""
