"""The messages of a mailing list's digest.

Each is a section under its subject. Like linked items they make no heading: the subject stands
among the other fields of the message's header.
"""

from __future__ import annotations

from cleankit.passes.sections.lines import Kind
from cleankit.passes.sections.page import Page

_AT_LEAST = 2
_SUBJECT, _SENDER = "Subject", "From"
"""Fields that every message of a digest begins with (RFC 1153, section 2)."""
_FIELDS = 8
"""A digest shows no more fields of a message."""


def digest_messages(page: Page) -> dict[int, str]:
    """The subject of each message of a digest by the index of its first line; none if the text is
    no digest. A message begins with its fields, below a drawn line or at the head."""
    found: dict[int, str] = {}
    for index, label in enumerate(page.labels):
        if label != _SUBJECT:
            continue
        first = _first_field(page, index)
        if first is not None:
            subject = page.lines[index].text.partition(":")[2].strip()
            found[first] = subject.strip("*_ ")
    return found if len(found) >= _AT_LEAST else {}


def _first_field(page: Page, index: int) -> int | None:
    """The first of the fields around a subject, if they begin a message."""
    first = last = index
    while first and not page.lines[first].gap and index - first < _FIELDS:
        first -= 1
    while last + 1 < len(page.lines) and not page.lines[last + 1].gap and last - index < _FIELDS:
        last += 1
    labels = page.labels[first : last + 1]
    if _SENDER not in labels or None in labels:
        return None
    return first if first == 0 or page.lines[first - 1].kind is Kind.RULE else None
