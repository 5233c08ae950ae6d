"""The tail of a document: its footer."""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.edits import Change
from cleankit.passes.boilerplate.addresses import is_address
from cleankit.passes.boilerplate.judging import ANCHORS, SHORT_WORDS, Judgement
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import fold, pieces, plain, visible
from cleankit.passes.boilerplate.targets import is_root

GAP = 4
"""So many short lines without a phrase of their own may stand between two units of a footer."""

LINKS = 12
"""So many units of any kind may: icons come in rows."""

SPOKEN = 40
"""Words of a unit above a footer that its vocabulary alone can tell to be part of it."""

SHARE = 0.2
"""The share of a unit's words that are of a footer's vocabulary, if it is part of one."""

LONGEST_CALL = 500
"""Characters of a unit that is boilerplate as a whole if it begins so."""

_LEAVING = ANCHORS - {"legal"}

# The list of targets that a plain-text converter writes below all the rest.
_REFERENCE = re.compile(
    r"\[\d{1,4}\]:?\s+\S+|\d{1,4}\. +(?:https?://|mailto:).*|(?:(?:Links|References):?\s*)?-*"
)
# A version or a number, as templates have them, or the sender's domain or address.
_TRAILING = re.compile(
    r"v?\d{1,4}(?:\.\d{1,4}){0,2}|(?:[\w.+-]{1,60}@)?(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}"
)
_PHONE = re.compile(r"(?:\w{1,10}\.? ?:? ?)?\+?\d[\d ()/.-]{5,24}")


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
        if not kind:
            kind, rule = mostly(layout, index)
        if not kind and anchored and _speaks_of_list(layout.content(index)):
            kind, rule = "preferences", "footer-words"
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
            short += (
                not kind
                and not judgement.linked
                and judgement.filler == "short"
                and not _TRAILING.fullmatch(judgement.words)
                and not _PHONE.fullmatch(judgement.words)
                and not is_address(layout.content(index), in_row=True)
            )
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
        elif judgement.kind == "masthead" and (
            each + 1 == len(layout.units) or not layout.units[each + 1].opens_block
        ):
            zone[each] = judgement.kind, judgement.rule
        elif judgement.kind != "debris":
            break
    layout.cut.update(zone)
    return within


def mostly(layout: Layout, index: int) -> tuple[str, str]:
    """Kind and rule of a paragraph that begins with a way out of the list, or its reason.

    In a row of short segments it may be any of them. Both are empty for any other paragraph.
    """
    first = next(iter(layout.judgement(index).cuts), None)
    begins = first is not None and first.start == 0 and first.kind in _LEAVING
    if first and begins and len(plain(visible(layout.content(index)))) <= LONGEST_CALL:
        return first.kind, first.rule
    return row(layout, index)


def row(layout: Layout, index: int) -> tuple[str, str]:
    """Kind and rule of a row of short segments, one of which is a way out, a reason, a link."""
    cut = next((cut for cut in layout.judgement(index).cuts if cut.kind in _LEAVING), None)
    if cut is None:
        return "", ""
    seen = visible(layout.content(index))
    short = all(len(plain(seen[start:end])) <= SHORT_WORDS for start, end in pieces(seen))
    return (cut.kind, cut.rule) if short else ("", "")


def _speaks_of_list(content: str) -> bool:
    """True if a short unit speaks of the mailing and of little else."""
    if len(content) > LONGEST_CALL * 4:
        return False
    words = fold(visible(content)).split()
    if not 0 < len(words) <= SPOKEN:
        return False
    words = [word.strip(".,:;!?()") for word in words]
    core, beside, common, reader = _vocabulary()
    linked = "://" in content
    if core.isdisjoint(words) and not linked:
        return False
    if all(word in core or word in beside or word in common for word in words):
        return True
    known = sum(word in core or word in beside for word in words)
    return (
        known >= max(SHARE * len(words), 2)
        and not core.isdisjoint(words)
        and (linked or not reader.isdisjoint(words))
    )


@cache
def _vocabulary() -> tuple[frozenset[str], ...]:
    """The words of footers: one of these, some of those, those in any text, those for a reader."""
    structure = rules.load("boilerplate", "structure")
    rule = next(rule for rule in structure if rule.id == "footer-words")
    return tuple(frozenset(rule.fields[name]) for name in ("core", "beside", "common", "reader"))


def _may_trail(judgement: Judgement) -> bool:
    """True if a unit below all phrases may be part of a footer: no name, and no greeting."""
    if judgement.kind or judgement.filler in ("link", "rule"):
        return True
    return _TRAILING.fullmatch(judgement.words) is not None
