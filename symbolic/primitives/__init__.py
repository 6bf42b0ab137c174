"""One family of primitives a file; each file offers a tuple ``PRIMITIVES``."""
