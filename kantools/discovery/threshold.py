"""Thresholds as fields: each with the reason why it is what it is.

A *judgement* decides what is believed, followed or kept: its value was measured, derived or guessed, and
``python -m benchmarks.judgements`` asks which of them matter. A *size* bounds work. A *guard* keeps numbers
apart from rounding.
"""

from collections.abc import Iterator
from dataclasses import Field, field, fields
from typing import Any

__all__ = ["Kind", "guard", "judgement", "size", "thresholds"]

Kind = str
_KIND, _REASON = "kind", "reason"


def judgement(value: Any, reason: str) -> Any:
    """A field that decides what is believed, followed or kept."""
    return _threshold(value, "judgement", reason)


def size(value: Any, reason: str) -> Any:
    """A field that bounds the work."""
    return _threshold(value, "size", reason)


def guard(value: Any, reason: str) -> Any:
    """A field that keeps numbers apart from rounding."""
    return _threshold(value, "guard", reason)


def _threshold(value: Any, kind: Kind, reason: str) -> Any:
    about = {_KIND: kind, _REASON: reason}
    if isinstance(value, dict):
        return field(default_factory=lambda: dict(value), metadata=about, hash=False)
    return field(default=value, metadata=about)


def thresholds(owner: Any) -> Iterator[tuple["Field[Any]", Kind, str]]:
    """The thresholds of a dataclass, its kinds and reasons.

    >>> from kantools.discovery.policy import Policy
    >>> next(name.name for name, kind, reason in thresholds(Policy) if kind == "judgement")
    'holds'
    """
    for f in fields(owner):
        if _KIND in f.metadata:
            yield f, f.metadata[_KIND], f.metadata[_REASON]
