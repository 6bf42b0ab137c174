"""One family of usual forms a file; each file offers a tuple ``FORMS``."""
