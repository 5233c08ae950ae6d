"""Titles as Markdown headings: the edits that make them so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.edits import Change
from cleankit.passes.sections.lines import Line
from cleankit.passes.sections.titles import Found

_HASHES = re.compile(r"#{1,6}[ \t]*")
_STRONG = re.compile(r"[ \t]*(?:\*\*+|__+)[ \t]*")


def heading_changes(
    text: str, lines: Sequence[Line], titles: Sequence[Found], levels: Sequence[int]
) -> list[Change]:
    """The changes that turn each title into a heading of its level, in order.

    A title of level 1 becomes `##`, as the one `#` of a page is the document's own subject.
    Headings that the author made keep their depth, and the others follow it; only where the
    author's depths contradict the levels are they set anew.
    """
    made = {
        title.look.depth - level
        for title, level in zip(titles, levels, strict=True)
        if title.look.depth
    }
    if len(made) == 1 or all(title.look.depth for title in titles):
        offset = made.pop() if len(made) == 1 else 0
        keep = True
    else:
        offset, keep = 1, False
    if offset + min(levels, default=1) < 1 or offset + max(levels, default=1) > 6:
        offset, keep = 1, False
    changes: list[Change] = []
    for title, level in zip(titles, levels, strict=True):
        depth = min(level + offset, 6)
        changes += _heading(text, lines, title, depth, keep)
    return changes


def _heading(
    text: str, lines: Sequence[Line], title: Found, depth: int, keep: bool
) -> list[Change]:
    line = lines[title.line]
    mark = "#" * depth + " "
    if title.look.depth:
        hashes = _HASHES.match(text, line.start)
        assert hashes is not None
        if keep or hashes.group() == mark:
            return []
        return [Change(line.start, hashes.end(), mark, "heading-level")]
    changes: list[Change] = []
    if title.rule_above is not None:
        above = lines[title.rule_above]
        changes.append(Change(above.start, _next_line(text, above.end), "", "title-rule"))
    begin = text.rfind("\n", 0, line.start) + 1
    if begin < line.start:
        changes.append(Change(begin, line.start, "", "title-indent"))
    strong = _STRONG.match(text, line.start) if title.look.bold else None
    inside = strong.end() if strong else line.start
    changes.append(Change(line.start, inside, mark, "heading"))
    if title.look.bold:
        end = line.end
        for match in _STRONG.finditer(text, inside, end):
            between = (
                "" if match.end() == end else " " if match.group() != match.group().strip() else ""
            )
            changes.append(Change(match.start(), match.end(), between, "title-bold"))
    if title.rule_below is not None:
        below = lines[title.rule_below]
        changes.append(Change(line.end, below.end, "", "title-rule"))
    return changes


def _next_line(text: str, end: int) -> int:
    found = text.find("\n", end)
    return len(text) if found < 0 else found + 1
