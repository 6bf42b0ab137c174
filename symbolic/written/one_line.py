r"""Text of a stranger on one line of comment: nothing in it ends the comment or reads as something else.

The names of columns come with the data. In a comment they must not begin a new line, must not swallow the
next one (C joins lines at a backslash, and at its trigraph ``??/``), and must not reorder what is seen: rustc
refuses the marks that turn the direction of writing (N. Boucher and R. Anderson, "Trojan Source:
invisible vulnerabilities", USENIX Security 2023).
"""

__all__ = ["one_line"]

JOINS = ("\\", "??/")


def one_line(text: str) -> str:
    r"""The text without breaks, marks that are not seen, and a joining end.

    >>> one_line("flow\n rate"), one_line("a\\"), one_line("x\u202ey\0")
    ('flow rate', 'a\\ .', 'x<202e>y<0>')
    """
    line = "".join(c if c.isprintable() else f"<{ord(c):x}>" for c in " ".join(text.split()))
    return f"{line} ." if line.endswith(JOINS) else line
