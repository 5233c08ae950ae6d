"""Units: what a reader takes for one statement, however a converter broke it into lines.

A paragraph of hard-wrapped mail is one unit, and so is a link whose target a converter wrote on
the next line, or in brackets over three. A unit lies within one block of lines: a blank line ends
it.

Positions are offsets in characters, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_LINES = 16
"""A unit ends here at the latest, so that an endless list is no endless unit."""

WRAPPED = range(46, 101)
"""Lengths of lines that a mailer may have wrapped: RFC 5322 asks for 78, mailers use 50 to 100."""

_OPEN_END = ("(", "[", "<", "](", "<[[")
_TARGET = re.compile(
    r"\]?[(<\[]{1,3}[ \t]*(?:https?://|mailto:|\Z)|\]\(|[)>\]]{1,3}[.!,;]?[ \t]*\Z"
)
_BULLET = re.compile(r"[-*+•◦▪●·–—→>#|=]|\d{1,3}[.)]\s|\[\d+\]")
_ENDED = (".", "!", "?", ":", "…", ";", "|")
_FENCE = ("```", "~~~")


class Unit(NamedTuple):
    """One statement: its span, and whether a blank line stands before it."""

    start: int
    end: int
    opens_block: bool


def split(text: str, start: int = 0) -> Iterator[Unit]:
    """The units of a text from `start` on, in order, without those in fenced code."""
    position = start
    unit_start = unit_end = -1
    lines = 0
    previous = ""
    blank_before = opens = True
    fenced = False
    for line in text[start:].split("\n"):
        line_start = position
        position += len(line) + 1
        content = line.strip()
        if content.startswith(_FENCE):
            fenced = not fenced
        elif content and not fenced:
            begin = line_start + len(line) - len(line.lstrip())
            end = begin + len(content)
            if unit_start >= 0 and lines < MAX_LINES and _continues(previous, content):
                unit_end = end
                lines += 1
            else:
                if unit_start >= 0:
                    yield Unit(unit_start, unit_end, opens)
                unit_start, unit_end, opens, lines = begin, end, blank_before, 1
            previous, blank_before = content, False
            continue
        if unit_start >= 0:
            yield Unit(unit_start, unit_end, opens)
            unit_start = -1
        blank_before = True
    if unit_start >= 0:
        yield Unit(unit_start, unit_end, opens)


def _continues(previous: str, line: str) -> bool:
    """True if a line goes on with what the line before it began."""
    if previous.endswith(_OPEN_END) or _TARGET.match(line):
        return True
    if len(previous) not in WRAPPED and "://" not in previous:
        return line[0].islower() and len(previous) < WRAPPED.stop and previous[-1] not in _ENDED
    if _BULLET.match(line):
        return False
    if line[0].islower():
        return previous[-1] not in ":|"
    if previous[-1] in _ENDED:
        return False
    first = line.find(" ")
    word = len(line) if first < 0 else first
    return len(previous) + 1 + word > 60 and len(previous) < WRAPPED.stop
