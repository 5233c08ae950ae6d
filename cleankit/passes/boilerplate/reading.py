"""Reading a unit: its sentences and segments as a person sees them, without URLs and markup."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import NamedTuple

URL = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>)\]\"]+")
"""A URL in running text; what closes a bracket around it is no part of it."""

READ = 800
"""Characters of a piece that are read: no phrase is longer than that."""

# Where a sentence ends: after its mark, before a space; or before a capital glued to the mark, as
# converters leave it where two cells or paragraphs met.
_SENTENCE = re.compile(
    r"[.!?][\"'”’)\]*_]{0,3}\s+(?=[^\sa-z,;)])|(?<=[a-z)])[.!?](?=[A-Z][a-z’'])|[。！？]"
)
_SEGMENT = re.compile(r"\s+[|•·‧∙/–—~]+\s+|\s*[|•·∙]+\s*|\s{3,}|\s*\n\s*(?=[|•·])")
_MARKUP = str.maketrans(
    {
        **dict.fromkeys("[]()<>|*_\\`#\u00a0\u2060\ufeff\u200b\u200c\u200d\u034f\u00ad", " "),
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)
_LEAD = re.compile(r"[^\w©\"“”„«»‘']+")
_CLOSING = '©"”»'
SHORT = 400
"""Visible characters up to which a unit may be a row of segments."""


class Piece(NamedTuple):
    """A sentence or segment: its span in the unit, and how it reads."""

    start: int
    end: int
    words: str


def visible(text: str) -> str:
    """The text with every URL blanked out, character for character."""
    if "://" in text or "mailto:" in text or "www." in text:
        return URL.sub(lambda found: " " * (found.end() - found.start()), text)
    return text


def fold(text: str) -> str:
    """How a piece reads: lower case, without markup, bullets and closing marks, single spaces."""
    text = text[: READ * 2]
    if "&" in text:
        text = unescape(text)
    words = " ".join(text.translate(_MARKUP).lower().split()).replace("e-mail", "email")
    lead = _LEAD.match(words)
    if lead:
        words = words[lead.end() :]
    words = words[:READ]
    end = len(words)
    while end and not (words[end - 1].isalnum() or words[end - 1] in _CLOSING):
        end -= 1
    return words[:end]


def pieces(text: str) -> list[Piece]:
    """The pieces of a unit, in order; together they cover it."""
    seen = visible(text)
    marks = [found.end() for found in _SENTENCE.finditer(seen)]
    if len(seen) - seen.count(" ") <= SHORT:
        marks += [found.end() for found in _SEGMENT.finditer(seen)]
        marks.sort()
    bounds = [0, *marks, len(text)]
    return [
        Piece(start, end, fold(seen[start:end])) for start, end in pairwise(bounds) if end > start
    ]
