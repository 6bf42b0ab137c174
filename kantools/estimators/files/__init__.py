"""Models as files: formulas, numbers and names, and nothing that could run; ``docs/model-file.md``."""
