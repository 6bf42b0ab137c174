"""Write the list of commands in docs/command-line.md: ``python docs/command_page.py``.

What stands between the page's two marks is made from the command line itself, and the tests compare the two.
"""

import re
from pathlib import Path
from typing import Any

from typer.main import get_command

from kantools.cli.commands import app
from kantools.cli.examples import CODES, EXAMPLES

PAGE = Path(__file__).resolve().parent / "command-line.md"
PART = re.compile(r"(?<=<!-- begin commands -->\n).*?(?=<!-- end -->)", re.DOTALL)


def listing() -> str:
    """Every command with its examples, arguments and options, then the exit codes."""
    group: Any = get_command(app)
    return "\n".join([*(section(name, command) for name, command in group.commands.items()), codes()])


def section(name: str, command: Any) -> str:
    """One command."""
    width = max(map(len, EXAMPLES[name]))
    examples = "\n".join(f"{line:{width}}  # {what}" for line, what in EXAMPLES[name].items())
    text = re.sub(r"\s*\n\s*", " ", command.help.replace("\n\n", "\0")).replace("\0", "\n\n")
    rows = "\n".join(row(p) for p in command.params if p.name != "help")
    return (
        f"## `kantools {name}`\n\n{text}\n\n```sh\n{examples}\n```\n\n"
        f"| option | | |\n| --- | --- | --- |\n{rows}\n"
    )


def row(parameter: Any) -> str:
    """``| `--target COL` | The column to explain. | default |``."""
    names = ", ".join(f"`{name}`" for name in reversed(parameter.opts))
    metavar = parameter.metavar or ""
    if parameter.param_type_name == "argument":
        return f"| `{metavar or parameter.name.upper()}` | {parameter.help} | |"
    what = f" `{metavar}`" if metavar else ""
    shown = "" if parameter.default is None or parameter.is_flag or parameter.count else parameter.default
    return f"| {names}{what} | {parameter.help} | {shown} |"


def codes() -> str:
    """The exit codes."""
    rows = "\n".join(f"| {code} | {what} |" for code, what in CODES.items())
    return f"## Exit codes\n\n| code | |\n| --- | --- |\n{rows}\n\n"


def main() -> None:
    """Write the page anew."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(PART.sub(lambda _: "\n" + listing(), text), encoding="utf-8")
    print(PAGE.name)


if __name__ == "__main__":
    main()
