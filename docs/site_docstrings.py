"""Docstrings as the site's Markdown: an example outside of a section for examples becomes a block of code,
and the roles of Sphinx become names in code."""

import re
from typing import Any

import griffe

SECTION = re.compile(r"^Examples\n-{3,}$", re.MULTILINE)
EXAMPLE = re.compile(r"^([ ]*)>>> .*?(?=\n[ ]*\n|\Z)", re.DOTALL | re.MULTILINE)
ROLE = re.compile(r":(?:class|func|mod|meth|attr):`~?([^`]+)`")


def in_markdown(text: str) -> str:
    """The text of a docstring for readers of the site.

    >>> in_markdown(">>> 1 + 1\\n2").splitlines()
    ['```pycon', '>>> 1 + 1', '2', '```']
    >>> in_markdown("Of :class:`~a.B`.")
    'Of `a.B`.'
    """
    section = SECTION.search(text)
    head, tail = (text[: section.start()], text[section.start() :]) if section else (text, "")
    fenced = EXAMPLE.sub(lambda example: f"{example[1]}```pycon\n{example[0]}\n{example[1]}```", head)
    return ROLE.sub(r"`\1`", fenced + tail)


class Docstrings(griffe.Extension):
    """Applied to every object that the reference pages show."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite its docstring."""
        if obj.docstring:
            obj.docstring.value = in_markdown(obj.docstring.value)
