"""Titles as Markdown headings: the edits that make them so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.edits import Change
from cleankit.passes.sections.levels import is_name
from cleankit.passes.sections.lines import Line
from cleankit.passes.sections.looks import BULLETS, frame
from cleankit.passes.sections.titles import Found

_HASHES = re.compile(r"#{1,6}[ \t]*")
_NUMBER = re.compile(r"\d{1,9}[.)](?P<blanks>[ \t]{2,})(?![ \t*_])")
_BULLET = re.compile(rf"[{re.escape(BULLETS)}][ \t]+")
_BLANKS = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_STRONG = re.compile(r"[ \t]*(?:\*\*+|__+)[ \t]*")
_ADDRESS = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*\)|https?://[^\s*()\[\]<>]+")
"""What holds no marks, whatever characters it has."""


def heading_changes(
    text: str, lines: Sequence[Line], titles: Sequence[Found], levels: Sequence[int]
) -> list[Change]:
    """The changes that turn each title into a heading of its level, in order.

    A title of level 1 becomes `##`, as the one `#` of a page is the document's own subject.
    Headings that the author made keep their depth, and the others follow it; only where the
    author's depths contradict the levels are they set anew.
    """
    are_made = all(title.look.depth for title in titles)
    name = 0 if are_made else int(is_name(titles))
    made = {
        title.look.depth - level
        for title, level in zip(titles[name:], levels[name:], strict=True)
        if title.look.depth
    }
    if len(made) == 1 or are_made:
        offset = made.pop() if len(made) == 1 else 0
        keep = True
    else:
        offset, keep = 1, False
    if offset + min(levels, default=1) < 1 or offset + max(levels, default=1) > 6:
        offset, keep = 1, False
    changes: list[Change] = []
    for title, level in zip(titles[name:], levels[name:], strict=True):
        depth = min(level + offset, 6)
        changes += _heading(text, lines, title, depth, keep)
    return changes


def _heading(
    text: str, lines: Sequence[Line], title: Found, depth: int, keep: bool
) -> list[Change]:
    line = lines[title.line]
    hashes = "#" * depth + " "
    if title.look.depth:
        present = _HASHES.match(text, line.start)
        assert present is not None
        if keep or present.group() == hashes:
            return []
        return [Change(line.start, present.end(), hashes, "heading-level")]
    changes: list[Change] = []
    if len(title.rules) == 2:
        above = lines[title.rules[0]]
        changes.append(Change(above.start, _next_line(text, above.end), "", "title-rule"))
    begin = text.rfind("\n", 0, line.start) + 1
    if begin < line.start:
        changes.append(Change(begin, line.start, "", "title-indent"))
    strong = _STRONG.match(text, line.start) if title.look.bold else None
    inside = strong.end() if strong else line.start
    if (bullet := _BULLET.match(text, inside, line.end)) is not None:
        inside = bullet.end()
    stop = line.end
    if title.look.framed and (framed := frame(text[line.start : line.end])):
        inside, stop = line.start + framed[0], line.start + framed[1]
        changes.append(Change(stop, line.end, "", "title-frame"))
    changes.append(Change(line.start, inside, hashes, "heading"))
    if (number := _NUMBER.match(text, inside, line.end)) is not None:
        changes.append(Change(*number.span("blanks"), " ", "title-blanks"))
    if not title.look.bold:
        # Beside other lines they may have drawn columns; a heading draws none.
        begin = number.end() if number else inside
        changes += [
            Change(*blanks.span(), " ", "title-blanks")
            for blanks in _BLANKS.finditer(text, begin, stop)
        ]
    if (broken := _LINE_BREAK.search(text, inside, stop)) is not None:
        changes.append(Change(broken.start(), broken.end(), " ", "title-line-break"))
    if title.look.bold:
        addresses = [address.span() for address in _ADDRESS.finditer(text, inside, stop)]
        for mark in _STRONG.finditer(text, inside, stop):
            if any(start < mark.start() < end for start, end in addresses):
                continue
            if (
                mark.group() == "***"
                and mark.end() == stop
                and _has_open_emphasis(text, inside, stop)
            ):
                changes.append(Change(mark.start() + 1, mark.end(), "", "title-bold"))
                continue
            between = " " if mark.group().strip() != mark.group() and mark.end() < stop else ""
            changes.append(Change(mark.start(), mark.end(), between, "title-bold"))
    if title.rules:
        below = lines[title.rules[-1]]
        changes.append(Change(line.end, below.end, "", "title-rule"))
    return changes


def _has_open_emphasis(text: str, start: int, end: int) -> bool:
    """Whether marks of emphasis begin within bold type and end with it."""
    return _STRONG.sub("", text[start:end]).count("*") % 2 == 1


def _next_line(text: str, end: int) -> int:
    found = text.find("\n", end)
    return len(text) if found < 0 else found + 1
