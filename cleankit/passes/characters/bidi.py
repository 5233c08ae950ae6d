"""Bidirectional controls: overrides go, what right-to-left text needs stays.

An override (U+202D, U+202E) makes text read otherwise than it is stored: see "Trojan Source"
(CVE-2021-42574) and Unicode Technical Report 36. Embeddings, isolates and marks stay where they do
their work: balanced, in a line that has right-to-left letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change
from cleankit.passes.characters import classes

CONCERN = re.compile(f"[{classes.BIDI_MARKS}{classes.BIDI_OPENERS}{classes.BIDI_CLOSERS}]")
_RIGHT_TO_LEFT = re.compile(f"[{classes.RIGHT_TO_LEFT}]")
_OVERRIDES = "\u202d\u202e"
_CLOSED_BY = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}


def changes(text: str) -> Iterator[Change]:
    """The controls that go, line by line: their scope ends with the paragraph (UAX #9)."""
    places: list[int] = []
    line_end = -1
    for match in CONCERN.finditer(text):
        if match.start() > line_end:
            yield from _of_line(text, places)
            places = []
            line_end = text.find("\n", match.start())
            line_end = len(text) if line_end < 0 else line_end
        places.append(match.start())
    yield from _of_line(text, places)


def _of_line(text: str, places: list[int]) -> Iterator[Change]:
    if not places:
        return
    start = text.rfind("\n", 0, places[0]) + 1
    end = text.find("\n", places[-1])
    letters = _RIGHT_TO_LEFT.search(text, start, end if end >= 0 else len(text))
    needed = _needed(text, places) if letters and text[letters.start()] not in "\u061c" else set()
    yield from _grouped(text, [place for place in places if place not in needed])


def _grouped(text: str, places: list[int]) -> Iterator[Change]:
    """One change for neighbours that go together."""
    index = 0
    while index < len(places):
        first = index
        while index + 1 < len(places) and places[index + 1] == places[index] + 1:
            index += 1
        start, end = places[first], places[index] + 1
        overrides = any(control in text[start:end] for control in _OVERRIDES)
        yield Change(start, end, "", "bidi-override" if overrides else "bidi-control", "invisible")
        index += 1


def _needed(text: str, places: list[int]) -> set[int]:
    """The controls of a line with right-to-left letters that stay."""
    needed: set[int] = set()
    opened: list[int] = []
    for place in places:
        control = text[place]
        if control in classes.BIDI_MARKS:
            before, after = text[place - 1 : place], text[place + 1 : place + 2]
            if before not in classes.BIDI_MARKS and (before.strip() or after.strip()):
                needed.add(place)
        elif control in _CLOSED_BY:
            opened.append(place)
        elif opened and _CLOSED_BY[text[opened[-1]]] == control:
            opener = opened.pop()
            if text[opener] not in _OVERRIDES:
                needed |= {opener, place}
    return needed
