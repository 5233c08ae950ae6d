"""Titles that an author writes in small letters."""

from __future__ import annotations

from collections.abc import Sequence, Set

from cleankit.passes.sections.lines import SHORTS, Kind, Line
from cleankit.passes.sections.looks import ends_sentence

_LONGEST = 60
"""No title in small letters is longer."""


def small_titles(lines: Sequence[Line], wrapped: Set[int]) -> set[int]:
    """Titles that an author writes in small letters: short lines between paragraphs, two at least,
    below a sentence that has ended, or a line of capitals, and above a sentence that begins with a
    capital."""
    found = {
        index
        for index in range(1, len(lines) - 1)
        if lines[index].kind in SHORTS
        and not lines[index].text[0].isupper()
        and _is_small(lines[index].text)
        and index not in wrapped
        and _ends_above_title(lines[index - 1])
        and lines[index + 1].kind in (Kind.PROSE, Kind.SHORT)
        and len(lines[index + 1].text) > 2 * _LONGEST
        and lines[index + 1].text[0].isupper()
    }
    return found if len(found) > 1 else set()


def _ends_above_title(line: Line) -> bool:
    """Whether a line is a sentence that has ended, or a title in capitals."""
    if line.kind in SHORTS and line.text.isupper():
        return True
    return (
        line.kind in (Kind.PROSE, Kind.SHORT)
        and len(line.text) > _LONGEST
        and ends_sentence(line.text)
    )


def _is_small(text: str) -> bool:
    """Whether a line, or what a heading says, is short, in small letters and no sentence."""
    text = text.lstrip("# ")
    return (
        text[:1].islower()
        and len(text) <= _LONGEST
        and text[-1].isalpha()
        and "http" not in text
        and " " in text
    )
