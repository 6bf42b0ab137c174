"""Names of columns as they stand in a printed formula."""

import json
import re
from collections.abc import Collection

__all__ = ["readable_name"]


def readable_name(name: str, taken: Collection[str] = ()) -> str:
    """A name as it stands in a printed formula: in quotes where it would be read as something else.

    >>> readable_name("flow rate"), readable_name("a-b"), readable_name("3"), readable_name("pi", {"pi"})
    ('flow rate', '"a-b"', '"3"', '"pi"')
    """
    unclear = name in taken or name != name.strip() or re.search(r"[-+*/^()=,<>\"\\]|^[\d.]", name)
    return json.dumps(name, ensure_ascii=False) if unclear else name
