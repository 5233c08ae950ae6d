"""Normalization Form C (Unicode Standard Annex 15), place by place.

Never form KC: widths, ligatures and superscripts are what their author chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import combining, is_normalized, normalize

from cleankit.edits import Change

_WORD = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")

_GOES_ON = frozenset(
    # Characters of combining class 0 that compose with what stands before them (NFC_QC=Maybe).
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e"
    "\u1b35\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
) | frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))

_PIECE = 500
"""So many characters are asked at once whether they are in Form C."""

_LONGEST = 30
"""More marks than this on one letter are put in order before they are composed: the library's own
sorting takes quadratic time. The bound is that of the Stream-Safe Text Format (UAX #15)."""


def may_change(characters: str) -> bool:
    """True if a text with these characters may not be in Form C."""
    return any(map(_is_unstable, characters))


@lru_cache(maxsize=4096)
def _is_unstable(character: str) -> bool:
    return _goes_on(character) or normalize("NFC", character) != character


def changes(text: str) -> Iterator[Change]:
    """Every place that is not in Form C, as one change each."""
    for word in _WORD.finditer(text):
        for first, last in _pieces(word[0]):
            piece = word[0][first:last]
            if last - first <= _PIECE and is_normalized("NFC", piece):
                continue
            for start, end in _clusters(piece):
                composed = compose(piece[start:end])
                if composed != piece[start:end]:
                    place = word.start() + first
                    yield Change(place + start, place + end, composed, "nfc")


def compose(cluster: str) -> str:
    """Form C of one character with its marks."""
    if len(cluster) > _LONGEST:
        cluster = "".join(_ordered(normalize("NFD", each) for each in cluster))
    return normalize("NFC", cluster)


def _ordered(decomposed: Iterator[str]) -> Iterator[str]:
    """Canonical ordering: marks in the order of their classes, between characters of class 0."""
    marks: list[str] = []
    for character in "".join(decomposed):
        if combining(character):
            marks.append(character)
            continue
        yield from sorted(marks, key=combining)
        marks = []
        yield character
    yield from sorted(marks, key=combining)


def _pieces(word: str) -> Iterator[tuple[int, int]]:
    """Spans that compose on their own, about `_PIECE` characters long unless marks go on."""
    start = 0
    while len(word) - start > _PIECE:
        end = start + _PIECE
        while end < len(word) and _goes_on(word[end]):
            end += 1
        yield start, end
        start = end
    if start < len(word):
        yield start, len(word)


def _clusters(piece: str) -> Iterator[tuple[int, int]]:
    """The span of each character with its marks."""
    start = 0
    for place, character in enumerate(piece):
        if place and not _goes_on(character):
            yield start, place
            start = place
    yield start, len(piece)


def _goes_on(character: str) -> bool:
    return combining(character) > 0 or character in _GOES_ON
