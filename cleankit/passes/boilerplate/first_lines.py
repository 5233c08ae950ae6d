"""The head of a clean text: what would be read there as metadata is shown as text.

A mail may begin with the headers of another mail, or with what looks like front matter. That is
content, and stays: but clean text that began so would be taken for a message, or lose its head,
where it is read again. Fields become a list, as those of a message within a message are shown, and
the fence of front matter becomes a rule drawn otherwise (CommonMark 0.31, section 4.1). A tag that
begins a page, left over at the head of a text, is debris.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit import front_matter
from cleankit.edits import Change
from cleankit.readers import sniff

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_FIELD = re.compile(r"[!-9;-~]{1,76}[ \t]{0,9}:|\*\*\w{1,20}:\*\*")
_PAGE_TAG = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*(<(?:!doctype|html|head|body)\b[^<>]{0,2000}>?)", re.I | re.S
)
_FENCE = re.compile(r"---(?=[ \t]*\n)")

FIELD, FENCE, PAGE_TAG = "field-as-item", "fence-as-rule", "page-tag"


def changes(text: str) -> list[Change]:
    """The changes to the head of a text that is to be read as text, and nothing else."""
    if next(front_matter.find(text), None) is not None:
        start = len(text) - len(text.lstrip())
        fence = _FENCE.match(text, start)
        if fence is not None:
            return [Change(*fence.span(), "***", FENCE)]
        return list(_items(text))
    format = sniff.of_text(text)
    if format == "html" and (tag := _PAGE_TAG.match(text)):
        return [Change(*tag.span(1), "", PAGE_TAG, "debris")]
    return list(_items(text)) if format == "email" else []


def _items(text: str) -> Iterator[Change]:
    """A mark of a list before each field at the head of a text, down to the first other line."""
    position = 0
    begun = False
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None
        if _FIELD.match(line[0]):
            begun = True
            yield Change(position, position, "- ", FIELD)
        elif begun and not line[0].startswith((" ", "\t")):
            return
        position = line.end()
