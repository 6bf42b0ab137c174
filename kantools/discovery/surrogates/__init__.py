"""Surrogates: models without a formula whose errors and gradients tell of the law."""
