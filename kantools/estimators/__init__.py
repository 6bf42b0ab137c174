"""The scikit-learn fronts, symbolic regression and the networks alone, and how they are saved."""
