"""Content that is not the author's own: sponsors, further reading, promotions.

It is found and proposed with its kind; the document keeps it, with a note, unless the user strips
that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from cleankit import rules
from cleankit.edits import Change
from cleankit.passes.boilerplate import units
from cleankit.passes.boilerplate.reading import fold, visible

LONGEST = 1_000
"""Characters of a line with its URLs that can open a block."""

LONGEST_LINE = 160
"""Characters of a line that can open a block."""

BLOCKS = 4
"""So many paragraphs can belong to a sponsor's block."""

LINKS = 40
"""So many units can belong to a list of links."""

_RULE = re.compile(r"([-_*=~—–─]) ?(?:\1 ?){2,}|#{1,6} .*")


class Opening(NamedTuple):
    """A rule: how a line reads that opens a block, of which kind, and how far the block goes."""

    rule: str
    kind: str
    extent: str
    triggers: tuple[str, ...]
    lines: re.Pattern[str]


def blocks(text: str, held: Mapping[str, Iterable[Opening]]) -> list[Change]:
    """The proposals for a text, in order; none overlaps another.

    Args:
        text: where they are looked for.
        held: the openings of which each of its units holds a trigger, by the unit's text.
    """
    opened = {
        content: opening
        for content, openings in held.items()
        if (opening := _opening(content, openings)) is not None
    }
    if not opened:
        return []
    found, _ = units.split(text)
    proposals: list[Change] = []
    index = 0
    while index < len(found):
        opening = opened.get(text[found[index].start : found[index].end])
        last = index
        if opening is not None:
            last = _last(text, found, index, opening.extent)
            start = text.rfind("\n", 0, found[index].start) + 1
            end = text.find("\n", found[last].end) + 1 or len(text)
            proposals.append(Change(start, end, "", opening.rule, opening.kind))
        index = last + 1
    return proposals


def _opening(content: str, openings: Iterable[Opening]) -> Opening | None:
    """What a unit opens, if it opens anything."""
    if len(content) > (LONGEST if "://" in content else LONGEST_LINE):
        return None
    words = fold(visible(content))
    if len(words) > LONGEST_LINE:
        return None
    return next((each for each in openings if each.lines.fullmatch(words)), None)


def _last(text: str, found: list[units.Unit], index: int, extent: str) -> int:
    """The number of the last unit of a block that the unit `index` opens."""
    if extent == "unit" or (extent == "link" and _linked(text, found[index])):
        return index
    last = index
    opened = unlinked = 0
    for each in range(index + 1, min(index + 1 + LINKS, len(found))):
        unit = found[each]
        opened += unit.opens_block
        if _RULE.fullmatch(text, unit.start, unit.end):
            break
        linked = _linked(text, unit)
        if extent == "link":
            if opened > BLOCKS:
                return index
            if linked:
                return each
        else:
            unlinked = 0 if linked else unlinked + 1
            if unlinked > 1:
                break
            if linked:
                last = each
    return last


def _linked(text: str, unit: units.Unit) -> bool:
    return text.find("://", unit.start, unit.end) >= 0


@cache
def openings() -> tuple[Opening, ...]:
    """The openings of all rules, in their order."""
    return tuple(
        Opening(
            rule.id,
            rule.fields["kind"],
            rule.fields["extent"],
            tuple(rule.fields["triggers"]),
            re.compile("|".join(rule.fields["lines"])),
        )
        for rule in rules.load("boilerplate", "labelled")
    )
