"""Reading a unit: its sentences and segments as a person sees them, without URLs and markup."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import pairwise
from unicodedata import category

from cleankit.links.identity import REDACTED

URL = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>)\]\"]+")
"""A URL in running text; what closes a bracket around it is no part of it."""

IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?\)")
"""A picture in Markdown."""

READ = 800
"""Characters of a piece that are read: no phrase is longer than that."""

SHORT = 400
"""Visible characters up to which a unit may be a row of segments."""

# Where a sentence ends: after its mark, before a space; or before a capital glued to the mark, as
# converters leave it where two cells or paragraphs met. One set of marks comes first, so that
# what holds none of them is passed over fast.
_SENTENCE = re.compile(
    r"[.!?。！？।؟→›»](?:(?<=[.!?])(?:[\"'”’)\]*_]{0,3}\s+(?=[^\sa-z,;)])|(?=[A-Z][a-z’']))"
    r"|(?<=[。！？।؟])|(?<=[→›»])\s+(?=[A-Z]))"
)
# A point that ends no sentence: after an initial, an abbreviation, or other points.
_SHORTENED = re.compile(
    r"(?:\.|\b(?:[A-Z]|St|Ave|Inc|Ltd|Ste|Blvd|Rd|Dr|Mr|Mrs|Ms|No|str|ul|al|cad))\Z"
)
# Where a segment ends: after a divider between blanks, after a bar, after the bracket of a link.
_SEGMENT = re.compile(
    r"[|｜•·‧∙/–—~)>\]-](?:(?<=\s[|•·‧∙/–—~-])[|•·‧∙/–—~-]*\s+|(?<=[|｜•·∙])[|｜•·∙]*\s*"
    r"|(?:(?<=\x1a[)>\]])|(?<=\x1a\s[)>\]]))\s*(?=[\[A-Z]))"
)
_LINK_END = re.compile(r"(?:https?://|mailto:)[^\s<>)\]\"]+[>)\]]*\s+(?=[A-Z©])")
UNITS = 512
"""What is said of so many units is remembered: the same are asked about again and again."""

BLANK = "\x1a"
"""Stands for each character of a URL: no letter, no space, and in no text (SUBSTITUTE)."""

_MARK = "[][()<>［］｜|*_\\\\`#\u00a0\u00ad\u034f\u200b-\u200d\u2060\ufeff\x1a]"
# A class before its repetition: `re` runs fast to what begins with one character.
_MARKUP = re.compile(f"{_MARK}{_MARK}*")
_APOSTROPHES = "\u2018\u2019\u02bc"
_LEAD = re.compile(r"[^\w©\"“”„«»‘']+")
_CLOSING = '©"”»'


@lru_cache(maxsize=UNITS)
def visible(text: str) -> str:
    """The text with every URL and every picture blanked out, character for character."""
    if "![" in text:
        text = IMAGE.sub(_blank, text)
    if "://" in text or "mailto:" in text or "www." in text:
        text = URL.sub(_blank, text)
    return text


def _blank(found: re.Match[str]) -> str:
    return BLANK * (found.end() - found.start())


@lru_cache(maxsize=UNITS)
def plain(seen: str) -> str:
    """A visible text without URLs, markup and invisible characters, in its own case."""
    return " ".join(_MARKUP.sub(" ", seen).split())


@lru_cache(maxsize=UNITS)
def fold(text: str) -> str:
    """How a piece reads: lower case, without markup, bullets and closing marks, single spaces."""
    text = text[: READ * 2]
    if "&" in text:
        text = unescape(text)
    if REDACTED in text:
        text = text.replace(REDACTED, "redacted@redacted")
    if not text.isascii():
        for mark in _APOSTROPHES:
            text = text.replace(mark, "'")
        text = text.replace("İ", "i")  # two characters in lower case; see `finding.lower`
    words = " ".join(_MARKUP.sub(" ", text).lower().split()).replace("e-mail", "email")
    lead = _LEAD.match(words)
    if lead:
        words = words[lead.end() :]
    words = words[:READ]
    end = len(words)
    while end and not (words[end - 1].isalnum() or _ends_word(words[end - 1])):
        end -= 1
    return words[:end]


def _ends_word(mark: str) -> bool:
    """True for closing marks, and for the vowel signs with which words of many scripts end."""
    return mark in _CLOSING or category(mark).startswith("M")


def pieces(seen: str) -> list[tuple[int, int]]:
    """The spans of the sentences and segments of a unit, in order; together they cover it.

    Args:
        seen: the visible text of the unit.
    """
    marks = _sentences(seen)
    if len(seen) - seen.count(" ") - seen.count(BLANK) <= SHORT:
        marks += [found.end() for found in _SEGMENT.finditer(seen)]
    return _spans(marks, len(seen))


def finer_pieces(text: str, seen: str, *, at_gaps: bool = True) -> list[tuple[int, int]]:
    """Like `pieces`, for a unit that a converter made of many: links and wide gaps divide as well.

    Args:
        text: the unit.
        seen: the same without URLs.
        at_gaps: whether wide gaps do.
    """
    marks = _sentences(seen)
    marks += [found.end() for found in _LINK_END.finditer(text)]
    marks += [found.end() for found in re.finditer(r"(?<=\S) ?[|•·]+ ?(?=\S)", text)]
    if at_gaps:
        marks += [found.end() for found in re.finditer(r"\S {3,5}(?=\S)", text)]
    return _spans(marks, len(seen))


def _sentences(seen: str) -> list[int]:
    """Where sentences end."""
    return [
        found.end()
        for found in _SENTENCE.finditer(seen)
        if seen[found.start()] != "."
        or not _SHORTENED.search(seen, max(found.start() - 6, 0), found.start())
    ]


def _spans(marks: list[int], length: int) -> list[tuple[int, int]]:
    return [(start, end) for start, end in pairwise((0, *sorted(marks), length)) if end > start]
