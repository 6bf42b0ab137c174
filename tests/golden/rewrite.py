"""Write golden traces anew, on purpose: ``python -m tests.golden.rewrite [LAW ...]``.

All of them take some minutes. A trace that was rewritten is named in the commit, with its reason.
"""

import sys
import warnings

from tests.golden.laws import cases
from tests.golden.trace import trace
from tests.golden.traces import difference, file_of


def rewrite(names: list[str]) -> None:
    """The traces of laws with these names, or of all; those that still say the same stay as they are."""
    for law, noise in cases():
        file = file_of(law, noise)
        if names and law.name not in names:
            continue
        before, now = file.read_text(encoding="utf-8") if file.exists() else "", trace(law, noise)
        if difference(before, now):
            file.write_text(now, encoding="utf-8")
            print(f"{file.name} is another one", flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    rewrite(sys.argv[1:])
