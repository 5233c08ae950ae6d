"""The tail of a document: its footer."""

from __future__ import annotations

import re

from cleankit.edits import Change
from cleankit.passes.boilerplate.judging import ANCHORS, Judgement
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.targets import is_root

GAP = 3
"""So many short lines without a phrase of their own may stand between two units of a footer."""

LINKS = 12
"""So many units of any kind may: icons come in rows."""

# The list of targets that a plain-text converter writes below all the rest.
_REFERENCE = re.compile(r"\[\d{1,4}\]:?\s+\S+|\d{1,4}\. +https?://\S+|Links:")
# A version or a number, as templates have them, or the sender's domain or address.
_TRAILING = re.compile(
    r"v?\d{1,4}(?:\.\d{1,4}){0,2}|(?:[\w.+-]{1,60}@)?(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}"
)


def footer(layout: Layout) -> list[Change]:
    """Cut the units at the end of a document that are a footer; give the change for part of one.

    From the last unit upwards, as long as units are boilerplate; a few links, names and rules may
    stand between them. Without a line that only footers have, nothing is cut here.
    """
    index = len(layout.units) - 1
    while index >= 0 and _REFERENCE.fullmatch(layout.content(index)):
        index -= 1
    zone: dict[int, tuple[str, str]] = {}
    pending: list[int] = []
    short = between = 0
    anchored = False
    while index >= 0:
        judgement = layout.judgement(index)
        kind, rule = judgement.kind, judgement.rule
        if not kind and judgement.filler != "rule":
            kind, rule = layout.edge_kind(index)
        if kind and kind != "debris" and not rule.startswith("nav-"):
            if zone or all(_may_trail(layout.judgement(each)) for each in pending):
                zone.update((each, ("masthead", "footer")) for each in pending)
            elif not judgement.anywhere:
                break
            pending, short, between = [], 0, 0
            zone[index] = kind, rule
            anchored = anchored or kind in ANCHORS
        elif kind or judgement.filler:
            pending.append(index)
            short += not kind and not judgement.linked and judgement.filler == "short"
            between += kind != "debris"
            if short > GAP or between > LINKS:
                break
        else:
            break
        index -= 1
    within: list[Change] = []
    if index >= 0 and (part := layout.footer_within(index)):
        start = layout.units[index].start
        within = [Change(start + part.start, start + part.end, "", part.rule, part.kind)]
    if not anchored and not within:
        return []
    for each in pending:
        judgement = layout.judgement(each)
        if judgement.filler == "rule":
            zone[each] = "debris", "rule-above-footer"
        elif is_root(layout.content(each)):
            zone[each] = "masthead", "link-above-footer"
        elif judgement.kind == "masthead" and not layout.units[each + 1].opens_block:
            zone[each] = judgement.kind, judgement.rule
        elif judgement.kind != "debris":
            break
    layout.cut.update(zone)
    return within


def _may_trail(judgement: Judgement) -> bool:
    """True if a unit below all phrases may be part of a footer: no name, and no greeting."""
    if judgement.kind or judgement.filler in ("link", "rule"):
        return True
    return _TRAILING.fullmatch(judgement.words) is not None
