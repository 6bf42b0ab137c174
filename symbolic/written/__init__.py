"""The written form of expressions and numbers: text, trees, LaTeX and MathML, and back.

Here is what reads and writes one notation; a whole program in another language is an exporter.
"""
