"""Units: what a reader takes for one statement, however a converter broke it into lines.

A paragraph of hard-wrapped mail is one unit, and so is a link whose target a converter wrote on
the next line, or in brackets over three. A unit lies within one block of lines: a blank line ends
it.

Positions are offsets in characters, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleankit.code_blocks import code_blocks

MAX_LINES = 16
"""A unit ends here at the latest, so that an endless list is no endless unit."""

WRAPPED = range(46, 101)
"""Lengths of lines that a mailer may have wrapped: RFC 5322 asks for 78, mailers use 50 to 100."""

SHORTEST = 20
"""A line shorter than this does not run on into the next, for all that one's small letter."""

# An address ends what it is given for, as a link does.
_LINK_END = re.compile(r"(?:https?://\S{1,2000}|\w@[\w.-]{3,80}>?)\Z")
# A row of segments is no prose, and was not wrapped.
_ROW = re.compile(r"\s[|•·∙]\s")
_OPEN_END = ("(", "[", "<", "](", "<[[")
_TARGET = re.compile(
    r"\]?[(<\[]{1,3}[ \t]*(?:https?://|mailto:|\Z)|\]\(|[)>\]]{1,3}[.!,;]?[ \t]*\Z"
)
# What each of its forms begins with.
_BRACKETS = "][)(><"
_BULLET = re.compile(r"[-*+•◦▪●·–—→>#|=]|\d{1,3}[.)]\s|\[\d+\]")
# A rule stands for itself, whatever it is drawn with.
_RULE = re.compile(r"[-_*=~+#^.:<>|/\\ ]{5,}")
_DRAWN = "-_*=~+#^"
_HASHES = re.compile(r"#{1,6} (?=\S)")
_ENDED = (".", "!", "?", "。", "！", "？", "।", "؟", ":", "…", ";", "|")


class Unit(NamedTuple):
    """One statement: its span, and whether a blank line stands before it."""

    start: int
    end: int
    opens_block: bool


def split(text: str) -> tuple[list[Unit], bool]:
    """The units of a text, in order, without those in fenced code; and whether it is wrapped."""
    lines = text.split("\n")
    contents = [*map(str.strip, lines)]
    settled = _settled(contents, text)
    wrapped = is_wrapped(settled)
    if blocks := code_blocks(text):
        _blank_out(blocks, lines, contents)
    return list(_units(lines, contents, settled, wrapped)), wrapped


def _blank_out(
    blocks: Sequence[tuple[int, int]], lines: Sequence[str], contents: list[str]
) -> None:
    """Empty those of the lines' contents that stand in fenced code."""
    block = position = 0
    for index, line in enumerate(lines):
        while block < len(blocks) and blocks[block][1] <= position:
            block += 1
        if block == len(blocks):
            break
        if blocks[block][0] <= position:
            contents[index] = ""
        position += len(line) + 1


def _units(
    lines: Sequence[str], contents: Sequence[str], settled: Sequence[str], wrapped: bool
) -> Iterator[Unit]:
    position = 0
    start = end = -1
    count = 0
    previous = ""
    blank_before = opens = True
    for line, content, plain in zip(lines, contents, settled, strict=True):
        if content:
            begin = position if line is content else position + line.index(content[0])
            if (
                start >= 0
                and count < MAX_LINES
                and continues(previous, content, begun=count > 1, wrapped=wrapped)
            ):
                count += 1
            else:
                if start >= 0:
                    yield Unit(start, end, opens)
                start, opens, count = begin, blank_before, 1
            end = begin + len(content)
            previous, blank_before = plain, False
        else:
            if start >= 0:
                yield Unit(start, end, opens)
                start = -1
            blank_before = True
        position += len(line) + 1
    if start >= 0:
        yield Unit(start, end, opens)


def wrapped_text(text: str) -> bool:
    """Whether a text is `is_wrapped`."""
    return is_wrapped(_settled([*map(str.strip, text.split("\n"))], text))


def _settled(lines: Sequence[str], text: str) -> Sequence[str]:
    """The lines of a text as they are once blanks are settled, so that a second cleaning finds no
    more."""
    if "  " not in text and "\t" not in text:
        return lines
    return [" ".join(line.split()) if "  " in line or "\t" in line else line for line in lines]


def is_wrapped(lines: Iterable[str]) -> bool:
    """True if the lines of a text are broken at a width, other than one line a paragraph."""
    within = beyond = 0
    for line in lines:
        size = len(line)
        if size < WRAPPED.start:
            continue
        if line[0] == "#":
            size = len(_HASHES.sub("", line))
        elif _is_drawn(line):
            continue  # It may go with the title above it.
        within += size in WRAPPED
        beyond += size > WRAPPED.stop and "://" not in line
    return 4 * beyond <= within


def _is_drawn(line: str) -> bool:
    return line[0] in _DRAWN and _RULE.fullmatch(line) is not None


def continues(previous: str, line: str, *, begun: bool, wrapped: bool) -> bool:
    """True if a line goes on with what the line before it began.

    Args:
        previous: the line before, without blanks around it.
        line: the line, without blanks around it.
        begun: the line before goes on with another.
        wrapped: the text's lines are broken at a width.
    """
    # A title counts as it does once it is a heading, so that a second cleaning finds no more.
    if line[0] == "#":
        line = _HASHES.sub("", line)
    if previous[0] == "#":
        previous = _HASHES.sub("", previous)
    first = line[0]
    if _is_drawn(line) or _is_drawn(previous):
        return False
    if previous.endswith(_OPEN_END) or (first in _BRACKETS and _TARGET.match(line)):
        return True
    if first in ")]" and (begun or "://" in previous):
        return True
    if previous[-1] == ":" and line.startswith("http"):
        return True
    if not first.isalpha() and _BULLET.match(line):
        return False
    long = len(previous) in WRAPPED
    if first.islower():
        runs_on = long or begun or (len(previous) >= SHORTEST and "://" in previous)
        return runs_on and previous[-1] not in ":|"
    if (
        not (wrapped and long)
        or previous[-1] in _ENDED
        or _LINK_END.search(previous)
        or _ROW.search(previous)
    ):
        return False
    blank = line.find(" ")
    word = len(line) if blank < 0 else blank
    return len(previous) + 1 + word > 60
