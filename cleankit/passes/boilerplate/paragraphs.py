"""The last paragraph of a document, in which a way out of the list stands among other lines."""

from __future__ import annotations

import re

from cleankit.passes.boilerplate import surroundings
from cleankit.passes.boilerplate.judging import WAYS_OUT
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import plain, visible

UNITS = 12
"""Units of a paragraph at most."""

LONGEST = 400
"""Visible characters of a strange unit."""

# What the author marks, quotes or greets with.
_MARKED = re.compile(r"[#>|“\"„«]|[-*+•] |\d{1,3}[.)] ")


def company(layout: Layout, index: int) -> dict[int, tuple[str, str]]:
    """Kind and rule of the units without a phrase that stand in one paragraph with a way out.

    A paragraph whose first line is boilerplate and that holds a way out of the list is a footer's
    as a whole, if at least half of its lines are known, and none greets or speaks of the author.

    Args:
        layout: the units.
        index: a unit of the paragraph.
    """
    first = index
    while first > 0 and not layout.units[first].opens_block and index - first < UNITS:
        first -= 1
    end = index + 1
    while end < len(layout.units) and not layout.units[end].opens_block and end - first <= UNITS:
        end += 1
    if end - first > UNITS or end - first < 2:
        return {}
    if layout.units[end - 1].end - layout.units[first].start > layout.units[first].start:
        return {}
    strange: list[int] = []
    out = False
    for each in range(first, end):
        judgement = layout.judgement(each)
        if judgement.kind or judgement.filler in ("link", "rule"):
            out = out or (judgement.kind in WAYS_OUT and judgement.linked)
            continue
        kind, _ = surroundings.kind_of(layout, each, {})
        out = out or kind in WAYS_OUT
        if not kind and not surroundings.is_contact(layout, each):
            strange.append(each)
            if each == first or 2 * len(strange) > end - first:
                return {}
    if not out or not strange:
        return {}
    if not all(_may_be_print(layout.content(each)) for each in strange):
        return {}
    return {
        each: (
            "legal" if layout.speaks_of(each, "legal") else "masthead",
            "beside-way-out",
        )
        for each in strange
    }


def _may_be_print(content: str) -> bool:
    """True if a unit is no greeting, nothing that the author marks, and nobody speaks in it."""
    if _MARKED.match(content) or content.endswith((",", "，")) or surroundings.is_personal(content):
        return False
    return len(plain(visible(content))) <= LONGEST
