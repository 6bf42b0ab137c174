"""The written form: text, LaTeX and MathML, and back."""
