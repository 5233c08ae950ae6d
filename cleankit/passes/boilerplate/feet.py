"""What stands below the signature of a letter: its footer, each paragraph judged as a whole.

Whoever signs a letter is done with it. A paragraph below the name that is known to be of a footer
in one of its lines is one as a whole, if its other lines are links, addresses, numbers, or a few
sentences among such lines, and something below the name is of the kind that only footers have.
"""

from __future__ import annotations

import re

from cleankit.passes.boilerplate import surroundings
from cleankit.passes.boilerplate.addresses import evidence
from cleankit.passes.boilerplate.judging import ANCHORS
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.postscripts import is_postscript
from cleankit.passes.boilerplate.reading import plain, visible
from cleankit.passes.boilerplate.taglines import greets

UNITS = 24
"""Units at the end of a text among which a signature is looked for."""

TEXT = 0.4
"""The share of a text's characters that stands above its signature, at least."""

LONGEST_CLOSING = 60
"""Characters of the line above a name."""

LONGEST_NAME = 70
"""Characters of a name, with what its bearer is."""

NAME_WORDS = 9
"""Words of it."""

SIGNATURE = 4
"""Lines of a signature at most, with the line above it."""

LONGEST = 420
"""Visible characters of a line of a footer that nothing else tells."""

_CLOSING = re.compile(r"[^\d#>|\[\]:]{2,60}[,，،!！]")
_DASHED = re.compile(r"(?:[—–~]|--) ?[^\W\d_][^\d:.]{1,40}")
_NAME_END = re.compile(r"[:;?…]\Z|[^\W\d_]{4,}\.\Z")
# What the author marks or quotes, or puts behind the letter.
_MARKED = re.compile(r"[#>|“\"„«]|[-*+•] |\d{1,3}[.)] ")
# A domain, a handle, an address to write to.
_PLACE = re.compile(
    r"://|\bmailto:|(?<!\w)@[\w.]{2,}|[\w.+-]@[\w-]+\.|(?:[\w-]{2,}\.)+[a-z]{2,10}\b"
)
_NUMBER = re.compile(r"\d(?:[ ./-]?[\dA-Z]){5,}")
_ROW = re.compile(r"\S\s*[|•·]\s*\S|\S {3,}\S")


def known(layout: Layout) -> dict[int, tuple[str, str]]:
    """Kind and rule of the units below a signature that are of a footer."""
    first = _below_signature(layout)
    if first is None:
        return {}
    blocks = _blocks(layout, first)
    told = {index: _told(layout, index) for block in blocks for index in block}
    if not any(kind in ANCHORS for kind, _ in told.values()):
        return {}
    found: dict[int, tuple[str, str]] = {}
    for block in blocks:
        if _is_foot(layout, block, told):
            found.update((index, _kind(layout, index, told)) for index in block)
    return found


def _below_signature(layout: Layout) -> int | None:
    """The first unit below the last signature, if there is one and something stands below it."""
    units = layout.units
    count = len(units)
    for index in range(count - 2, max(count - UNITS, 1), -1):
        end = _signature(layout, index)
        if end and end < count and units[index].start >= TEXT * len(layout.text):
            return end
    return None


def _signature(layout: Layout, index: int) -> int:
    """Where a signature ends that begins at a unit, as the number of the next; 0 if none does."""
    units, content = layout.units, layout.content(index)
    if not units[index].opens_block:
        return 0
    below = index + 1
    is_dashed = units[below].opens_block and _DASHED.fullmatch(content) is not None
    if not (is_dashed or _closes(layout, index)) or layout.judgement(index).kind:
        return 0
    if is_dashed:
        return below
    if not _is_name(layout, below):
        return 0
    end = below + 1
    while end < len(units) and not units[end].opens_block:
        if end - index == SIGNATURE or not _is_name(layout, end):
            return 0
        end += 1
    return end


def _closes(layout: Layout, index: int) -> bool:
    """True if a unit may be the line above a name."""
    content = layout.content(index)
    if len(content) > LONGEST_CLOSING:
        return False
    closes = _CLOSING.fullmatch(content) is not None or surroundings.ends_letter(layout, index)
    return closes and not greets(layout, index)


def _is_name(layout: Layout, index: int) -> bool:
    """True if a unit may be a name, or what its bearer is: short, no sentence and no link."""
    content = layout.content(index)
    return (
        len(content) <= LONGEST_NAME
        and len(content.split()) <= NAME_WORDS
        and "://" not in content
        and not _NAME_END.search(content)
        and not _MARKED.match(content)
        and not layout.judgement(index).kind
    )


def _blocks(layout: Layout, first: int) -> list[list[int]]:
    """The paragraphs from a unit on, each as the numbers of its units; a rule begins another."""
    blocks: list[list[int]] = []
    for index in range(first, len(layout.units)):
        rule = layout.judgement(index).filler == "rule"
        if layout.units[index].opens_block or rule or not blocks:
            blocks.append([])
        blocks[-1].append(index)
    return blocks


def _told(layout: Layout, index: int) -> tuple[str, str]:
    """Kind and rule of a unit that is of a footer by what it says, or two blanks."""
    judgement = layout.judgement(index)
    if judgement.kind:
        return judgement.kind, judgement.rule
    found = surroundings.kind_of(layout, index, {})
    if found[0] or not judgement.cuts:
        return found
    cut = judgement.cuts[0]
    return cut.kind, cut.rule


def _is_foot(layout: Layout, block: list[int], told: dict[int, tuple[str, str]]) -> bool:
    """True if a paragraph is of a footer as a whole."""
    strange = [index for index in block if not told[index][0]]
    if len(strange) == len(block):
        return False
    sentences = 0
    for index in strange:
        content = layout.content(index)
        if layout.judgement(index).filler in ("link", "rule"):
            continue
        if _MARKED.match(content) or is_postscript(content):
            return False
        if surroundings.is_personal(content) or len(plain(visible(content))) > LONGEST:
            return False
        sentences += not _is_of_footer(content)
    return 2 * sentences < len(block)


def _is_of_footer(content: str) -> bool:
    """True if a line has what the lines of footers have: a link, a handle, numbers, a row."""
    return (
        _PLACE.search(content) is not None
        or _NUMBER.search(content) is not None
        or _ROW.search(content) is not None
        or evidence(plain(visible(content))) > 0
    )


def _kind(layout: Layout, index: int, told: dict[int, tuple[str, str]]) -> tuple[str, str]:
    """Kind and rule of a unit of a footer."""
    if told[index][0]:
        return told[index]
    content = layout.content(index)
    if layout.speaks_of(index, "legal") or _NUMBER.search(content):
        return "legal", "below-signature"
    return ("subscribe_cta" if _PLACE.search(content) else "reason"), "below-signature"
