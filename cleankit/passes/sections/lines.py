"""The lines of a text and what each of them is, as far as one line can tell.

Only a short line can be a title; nothing else is looked at closely.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from cleankit.code_blocks import code_blocks
from cleankit.passes.sections.looks import BULLETS, frame

MAX_TITLE = 240
"""No longer line is a title: headlines that are whole sentences reach some 220 characters."""


class Kind(Enum):
    """What a line is."""

    PROSE = "prose"
    SHORT = "short"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    RULE = "rule"
    LINK = "link"
    """Nothing but addresses, images and the brackets around them."""


SHORTS = (Kind.SHORT, Kind.HEADING)
"""The lines that may be titles."""


class Line(NamedTuple):
    """A line that is not blank: `text` is `document[start:end]`, without blanks around it."""

    start: int
    end: int
    text: str
    kind: Kind
    gap: bool
    """Whether a blank line stands before it."""


_HEADING = re.compile(r"#{1,6}(?:[ \t]+\S|\*\*)")
_RULE = re.compile(r"(?:[-=_*~–—―─━═•·.+#‾ー－＝＿～〜＊%^:@┏┗┓┛┌└┐┘╔╚╗╝├┤┣┫■□◆◇]\s?+){3,}+$")
_ITEM = re.compile(
    r"(?:[-+*•·‣◦▪●○■□–][ \t]+|\(?\d{1,2}:\d\d|\[\d{1,3}\]|\(?(?:[a-z]|[ivx]{2,5})[.)][ \t]|•)"
    r"(?!\*\*$)"
)
_BARE_LINK = re.compile(
    r"(?:[\s()<>\[\]|·•.,;:-]|(?:https?://|www\.|mailto:)[^\s<>]++|!\[(?:[^\[\]]|\[[^\[\]]*+\])*+\]\([^)\s]*+\)"
    r"|\[\]\([^)\s]*+\)|\[!\[(?:[^\[\]]|\[[^\[\]]*+\])*+\]\([^)\s]*+\)\]\([^)\s]*+\))++$"
)
_CODE = ("<!--", "-->", "{", "}")
_ARROW_BEFORE = re.compile(r"-->[ \t]{1,3}[^\W_]")
"""An arrow of signs before words, which ends no comment."""
_URL = re.compile(r"https?://[^\s<>)\]]+")
_MAX_LINKED = 4_000
"""A line longer than this is not looked into; redirects of 2,000 characters are common."""

_SQUARES = "■□◆◇●○▪◦"
"""Marks of items, and of titles in plain-text newsletters, of which East Asian ones have most."""
_MAX_SQUARED = 80

_MAX_MARKED = 50
"""An item of more characters may be a sentence; the first line of a paragraph has as many."""
_ENDS = ".,;!?。！？"

_FRAMES = "*-+"
"""What marks an item, and frames a title."""

_HASHES = 8
"""What a heading's marks may add to the length of its title."""

_LINKISH = ("http", "www.", "mailto:", "![", "(", ")", "<", ">", "[]", "[h", "[!", "|")


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    blocks = iter(code_blocks(text))
    block_start, block_end = next(blocks, (len(text) + 1, 0))
    lines: list[Line] = []
    marked: list[int] = []
    boxed: set[int] = set()  # what has hashes on both sides is a box if it is no line alone
    start = 0
    gap = True
    for raw in text.split("\n"):
        end = start + len(raw)
        if not (stripped := raw.strip()):
            gap = True
            start = end + 1
            continue
        while start >= block_end > 0 and block_start <= len(text):
            block_start, block_end = next(blocks, (len(text) + 1, 0))
        first = start if raw is stripped else start + raw.index(stripped[0])
        kind = Kind.CODE if block_start <= start < block_end else _kind(stripped)
        if kind is Kind.ITEM or kind is Kind.QUOTE:
            marked.append(len(lines))
        elif kind is Kind.HEADING and stripped[-2:] == " #" and stripped[:2] == "# ":
            boxed.add(len(lines))
        lines.append(Line(first, first + len(stripped), stripped, kind, gap))
        gap = False
        start = end + 1
    marks = "".join(
        line.text[0] for line in lines if line.text[0] in _SQUARES and line.kind is not Kind.RULE
    )
    for index in marked:
        line = lines[index]
        if (
            line.kind is Kind.ITEM
            and (
                (line.text[0] in _SQUARES and _is_alone(lines, index, marks))
                or (line.text[0] in _FRAMES and frame(line.text) is not None)
            )
        ) or (line.kind is Kind.QUOTE and _is_arrow(lines, index)):
            lines[index] = line._replace(kind=Kind.SHORT)
    for index in boxed:
        if (index - 1 in boxed and not lines[index].gap) or (
            index + 1 in boxed and not lines[index + 1].gap
        ):
            lines[index] = lines[index]._replace(kind=Kind.PROSE)
    for index in (*_below_rules(lines), *_above_paragraphs(lines)):
        lines[index] = lines[index]._replace(kind=Kind.SHORT)
    return lines


def _below_rules(lines: list[Line]) -> list[int]:
    """The items that stand alone between a rule and a paragraph, two at least: they are titles."""
    found = [
        index
        for index in range(1, len(lines) - 1)
        if lines[index].kind is Kind.ITEM
        and lines[index - 1].kind is Kind.RULE
        and lines[index + 1].gap
        and lines[index + 1].kind in (Kind.SHORT, Kind.PROSE)
        and len(lines[index].text) <= _MAX_SQUARED
        and len(lines[index + 1].text) > _MAX_SQUARED // 2
    ]
    return found if len(found) > 1 else []


def _above_paragraphs(lines: list[Line]) -> list[int]:
    """The items that lead to the paragraph below them, where every item with their mark does: they
    are titles. Two at least that end in a colon right above it, or three of any kind."""
    by_mark: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line.kind is Kind.ITEM and line.text[0] in BULLETS:
            by_mark.setdefault(line.text[0], []).append(index)
    return [
        index
        for marked in by_mark.values()
        if len(marked) > 1
        and (
            all(_leads_to_paragraph(lines, each) for each in marked)
            or (len(marked) > 2 and all(_heads_paragraph(lines, each) for each in marked))
        )
        for index in marked
    ]


def _heads_paragraph(lines: list[Line], index: int) -> bool:
    """Whether an item is a paragraph of its own, short and without an end, or a line that was
    ended on purpose; and a paragraph of some length, no item, stands below it."""
    line, below = lines[index], lines[index + 1 : index + 2]
    words = line.text[1:].split()
    return (
        line.gap
        and bool(below)
        and below[0].kind in (Kind.SHORT, Kind.PROSE)
        and len(below[0].text) >= _MAX_MARKED
        and len(line.text) <= _MAX_MARKED
        and not words[0][0].islower()
        and line.text[-1] not in _ENDS
    )


def _leads_to_paragraph(lines: list[Line], index: int) -> bool:
    line, below = lines[index], lines[index + 1 : index + 2]
    return (
        line.gap
        and line.text[-1] in ":："
        and len(line.text) <= _MAX_SQUARED
        and bool(below)
        and not below[0].gap
        and below[0].kind in (Kind.SHORT, Kind.PROSE)
        and len(below[0].text) > _MAX_SQUARED // 2
    )


def _is_arrow(lines: list[Line], index: int) -> bool:
    """Whether the marks of a quotation before words in capitals are an arrow: nothing beside them
    is quoted."""
    text = lines[index].text
    near = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return (
        text.startswith(">> ")
        and (text.isupper() or text.endswith(" <<"))
        and len(text) <= _MAX_SQUARED
        and all(each.kind is not Kind.QUOTE for each in near)
    )


def _is_alone(lines: list[Line], index: int, marks: str) -> bool:
    """Whether a short item stands beside no other, or only beside those of a mark that comes later
    in the text: its mark is that of a title."""
    text = lines[index].text
    near = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return _fits(text, _MAX_SQUARED) and all(
        text[0] != each.text[0] and (marks.find(text[0]) < marks.find(each.text[0]))
        if each.text[0] in _SQUARES and each.kind is not Kind.RULE
        else each.kind is not Kind.ITEM
        for each in near
    )


def _fits(text: str, most: int) -> bool:
    """Whether a line is no longer than `most`, or only for the addresses in it."""
    if len(text) <= most:
        return True
    if len(text) > _MAX_LINKED or "http" not in text:
        return False
    return len(_URL.sub("", text)) <= most


def _kind(text: str) -> Kind:
    """What a line is. A capital, or a letter of another script, never marks one as special."""
    first = text[0]
    if first.isalpha() and not "a" <= first <= "z":
        return Kind.SHORT if _fits(text, MAX_TITLE) else Kind.PROSE
    if first == ">":
        return Kind.QUOTE
    if first == "|":
        return Kind.TABLE
    if text.startswith(_LINKISH) and _BARE_LINK.match(text):
        return Kind.LINK
    most = MAX_TITLE + _HASHES if first == "#" else MAX_TITLE
    if not _fits(text, most):
        return Kind.ITEM if _ITEM.match(text) else Kind.PROSE
    if first == "#" and _HEADING.match(text):
        return Kind.HEADING
    if _RULE.match(text):
        return Kind.RULE
    if _ITEM.match(text):
        return Kind.ITEM
    if first == ")":
        return Kind.PROSE
    if (text.startswith(_CODE) and not _ARROW_BEFORE.match(text)) or (
        first == "<" and text[-1] == ">" and text[1] != "<"
    ):
        return Kind.CODE
    return Kind.SHORT
