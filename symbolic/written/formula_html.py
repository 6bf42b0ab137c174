"""A formula in a notebook: the equation, and its constants below."""

from collections.abc import Mapping
from html import escape

__all__ = ["formula_html"]


def formula_html(equation: str, constants: Mapping[str, str]) -> str:
    """An equation in MathML and a row for each constant.

    Parameters
    ----------
    equation : str
        A ``<math>`` element.
    constants : mapping of str to str
        What each is, by name.

    Examples
    --------
    >>> formula_html("<math></math>", {"c0": "4.9050 ± 0.0020 m/s"})
    '<math></math><table><tbody><tr><td>c0 =</td><td>4.9050 ± 0.0020 m/s</td></tr></tbody></table>'
    """
    rows = "".join(f"<tr><td>{escape(n)} =</td><td>{escape(c)}</td></tr>" for n, c in constants.items())
    return equation + (f"<table><tbody>{rows}</tbody></table>" if rows else "")
