"""Content that is not the author's own: sponsors, further reading, promotions.

It is found and proposed with its kind; the document keeps it, with a note, unless the user strips
that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import NamedTuple

from cleankit import rules
from cleankit.edits import Change
from cleankit.passes.boilerplate import units
from cleankit.passes.boilerplate.phrases import HEAD, key_word
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


class _Opening(NamedTuple):
    """A rule; `by_head` has its triggers by the head of their longest word, if they have words."""

    rule: str
    kind: str
    extent: str
    triggers: tuple[str, ...]
    by_head: Mapping[str, tuple[str, ...]]
    lines: re.Pattern[str]


def blocks(text: str, heads: Set[str]) -> list[Change]:
    """The proposals for a text, in order; none overlaps another.

    Args:
        text: where they are looked for.
        heads: how the words of its lines begin, at the least: see `phrases.Phrasebook.heads`.
    """
    called = [each for each in _openings() if not each.by_head.keys().isdisjoint(heads)]
    if not called:
        return []
    lowered = "\n".join(
        [
            line
            for line in text.split("\n")
            if len(line) <= LONGEST_LINE or ("://" in line and len(line) <= LONGEST)
        ]
    ).lower()
    openings = [held for each in called if (held := _held(each, heads, lowered)).triggers]
    if not any(_opens(lowered, opening) for opening in openings):
        return []
    found = list(units.split(text))
    proposals: list[Change] = []
    index = 0
    while index < len(found):
        opening = _opening(text[found[index].start : found[index].end], openings)
        last = index
        if opening is not None:
            last = _last(text, found, index, opening.extent)
            start = text.rfind("\n", 0, found[index].start) + 1
            end = text.find("\n", found[last].end) + 1 or len(text)
            proposals.append(Change(start, end, "", opening.rule, opening.kind))
        index = last + 1
    return proposals


def _held(opening: _Opening, heads: Set[str], lines: str) -> _Opening:
    """The opening with those of its triggers alone that lines in lower case hold."""
    held = [
        trigger
        for head, triggers in opening.by_head.items()
        if head in heads
        for trigger in triggers
        if trigger in lines
    ]
    return opening._replace(triggers=tuple(held))


def _opens(lines: str, opening: _Opening) -> bool:
    """True if a line with one of the triggers may open a block: a quick look before a long one."""
    for trigger in opening.triggers:
        place = lines.find(trigger)
        while place >= 0:
            start = lines.rfind("\n", 0, place) + 1
            end = lines.find("\n", place)
            end = len(lines) if end < 0 else end
            if opening.lines.fullmatch(fold(visible(lines[start:end]))):
                return True
            place = lines.find(trigger, end)
    return False


def _opening(content: str, openings: list[_Opening]) -> _Opening | None:
    """What a unit opens, if it opens anything."""
    if len(content) > LONGEST_LINE and "://" not in content:
        return None
    lowered = content.lower()
    near = [each for each in openings if any(trigger in lowered for trigger in each.triggers)]
    if not near:
        return None
    words = fold(visible(content))
    if len(words) > LONGEST_LINE:
        return None
    return next((each for each in near if each.lines.fullmatch(words)), None)


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
def _openings() -> tuple[_Opening, ...]:
    return tuple(
        _Opening(
            rule.id,
            rule.fields["kind"],
            rule.fields["extent"],
            tuple(rule.fields["triggers"]),
            _by_head(rule.fields["triggers"]),
            re.compile("|".join(rule.fields["lines"])),
        )
        for rule in rules.load("boilerplate", "labelled")
    )


def _by_head(triggers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_head: dict[str, tuple[str, ...]] = {}
    for trigger in triggers:
        head = key_word(trigger)[:HEAD]
        by_head[head] = (*by_head.get(head, ()), trigger)
    return by_head
