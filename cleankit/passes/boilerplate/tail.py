"""The tail of a document: its footer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cleankit import rules
from cleankit.edits import Change
from cleankit.passes.boilerplate import forwards, paragraphs, places, surroundings
from cleankit.passes.boilerplate.addresses import is_address
from cleankit.passes.boilerplate.judging import ANCHORS, SHORT_WORDS, WAYS_OUT
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

SAID = 0.3
"""The share of a paragraph's characters that speak of the list, if it is of a footer."""

SAID_ONCE = 0.45
"""The same if it speaks of the list in one sentence, and of rights or addresses in others."""

LONGEST_CALL = 500
"""Characters of a unit that is boilerplate as a whole if it begins so."""

STRANGE = 4
"""So many units of any kind can stand below a way out of the list."""

TITLES = 2
"""So many links with words can be among them: more are the author's list."""

TARGETS = 3
"""Lines that are a list of targets: fewer are anything."""

LIST_TITLE = 20
"""Characters of the title of such a list."""

ENCLOSED = 2
"""So many units of any kind can stand between two parts of a footer."""

LONGEST_PRINT = 2_000
"""Characters of such a unit."""

SHORT_PRINT = 200
"""Visible characters up to which it needs no word of the law."""

_LEAVING = ANCHORS - {"legal"}

# Rules that hold for the sake of the place alone: below them only the law is small print.
_TOLD_BY_PLACE = frozenset({"way-out", "addressed"})

_NETWORK_ROWS = frozenset({"network-row", "store-row", "social-row-en", "link-target"})

# What the author marks is no small print: headings, quotations, items of a list.
_MARKED = re.compile(r"[#>]|[-*+•] |\d{1,3}[.)] ")
# The list of targets that a plain-text converter writes below all the rest.
_REFERENCE = re.compile(
    r"\[\d{1,4}\]:?\s+\S+|\d{1,4}\. +(?:https?://|mailto:).*|(?:(?:Links|References):?\s*)?-*"
)
_NUMBERED = re.compile(r"\[?(\d{1,4})[\].]")
_MARKER = re.compile(r"\[(\d{1,4})\]")
# A version or a number, as templates have them, or the sender's domain or address.
_TRAILING = re.compile(
    r"v?\d{1,4}(?:\.\d{1,4}){0,2}|(?:[\w.+-]{1,60}@)?(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}"
)
_PHONE = re.compile(r"(?:\w{1,10}\.? ?:? ?)?\+?\d[\d ()/.-]{5,24}")


def footer(layout: Layout, framed: Mapping[int, tuple[str, str]]) -> list[Change]:
    """Cut the units at the end of a document that are a footer; give the change for part of one.

    From the last unit upwards, as long as units are boilerplate; a few links, names and rules may
    stand between them, and below a way out of the list a few units of any kind. Without a line
    that only footers have, nothing is cut here.

    Args:
        layout: the units.
        framed: kind and rule of those that are known to be of a footer, see `frames`.
    """
    index = len(layout.units) - 1
    while index >= 0 and _REFERENCE.fullmatch(layout.content(index)):
        index -= 1
    index = _above_quoted(layout, index)
    zone: dict[int, tuple[str, str]] = {}
    pending: dict[int, tuple[str, str]] = {}
    blocks = dict(framed)
    read: set[int] = set()
    doubt = -1
    short = between = 0
    anchored = False
    while index >= 0 and (index + 1 in framed or not surroundings.ends_letter(layout, index)):
        if anchored and not pending and (above := above_references(layout, index)) < index:
            index = above
            continue
        judgement = layout.judgement(index)
        kind, rule = judgement.kind, judgement.rule
        if not kind and judgement.filler != "rule":
            kind, rule = blocks.get(index) or surroundings.kind_of(layout, index, blocks)
        if not kind:
            kind, rule = mostly(layout, index)
        if not kind and index not in read:
            company = paragraphs.company(layout, index)
            blocks.update(company)
            read.update(company)
            kind, rule = blocks.get(index, ("", ""))
        if not kind and anchored and _is_of_list(layout.content(index)):
            kind, rule = "preferences", "footer-words"
        if kind == "legal" and surroundings.may_be_authors(layout, index, rule):
            doubt = max(doubt, index)
        if kind and kind != "debris" and not rule.startswith("nav-"):
            follows = bool(zone) or all(_may_trail(layout, each) for each in pending)
            if (doubt < 0 and follows) or _is_way_out(layout, index, kind, rule, pending):
                zone.update(pending)
            elif doubt >= 0 or not judgement.anywhere:
                doubt = max(doubt, index)
                pending[index] = kind, rule
                index -= 1
                continue
            pending, doubt, short, between = {}, -1, 0, 0
            zone[index] = kind, rule
            anchored = anchored or surroundings.is_anchor(layout, index, kind, rule)
        elif kind or judgement.filler or surroundings.is_contact(layout, index):
            pending[index] = "masthead", "footer"
            short += (
                not kind
                and not judgement.linked
                and judgement.filler == "short"
                and not _is_detail(layout, index)
            )
            between += kind != "debris"
            if (
                short > GAP
                or surroundings.is_sentence(layout, index)
                or surroundings.is_underlined(layout, index)
            ):
                doubt = max(doubt, index)
            if between > LINKS:
                break
        elif kind := _small_print(layout, index, pending):
            doubt = max(doubt, index)
            pending[index] = kind, "small-print"
        else:
            break
        index -= 1
    index = max(index, doubt)
    within: list[Change] = []
    part = layout.footer_within(index) if index >= 0 else None
    if part and not (
        part.kind == "legal" and surroundings.may_be_authors(layout, index, part.rule)
    ):
        start = layout.units[index].start
        within = [Change(start + part.start, start + part.end, "", part.rule, part.kind)]
    if not anchored and not within:
        return []
    _take_edge(layout, zone, pending)
    surroundings.spare_signature(layout, index, zone)
    places.spare(layout, zone)
    zone.update(references(layout, zone))
    layout.cut.update(zone)
    return within


def _above_quoted(layout: Layout, index: int) -> int:
    """The unit above the letter that is answered, if it is quoted at the end with a line that says
    who wrote it; any other unit as it is. Whoever answers above has the footer there."""
    above = index
    while above >= 0 and layout.content(above).startswith(">"):
        above -= 1
    if 0 < above < index and forwards.is_attribution(layout.content(above)):
        return above - 1
    return index


def above_references(layout: Layout, index: int) -> int:
    """The unit above a list of targets that ends at a unit; that unit if it ends none.

    A mailing service writes its footer below the list, and the sender's own stands above.
    """
    above = index
    while above >= 0 and _REFERENCE.fullmatch(layout.content(above)):
        above -= 1
    if index - above < TARGETS:
        return index
    return above - 1 if above > 0 and _is_list_title(layout, above) else above


def _is_list_title(layout: Layout, index: int) -> bool:
    """True if a unit may be the title of a list, in whatever language."""
    content = layout.content(index)
    return (
        len(content) <= LIST_TITLE
        and content.endswith((":", "："))
        and layout.units[index].opens_block
    )


def references(layout: Layout, zone: Mapping[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """The targets, in the list below all the rest but a footer, that only the footer refers to.

    With all of them goes the list's title.
    """
    listed: dict[str, int] = {}
    titles: list[int] = []
    for index in range(len(layout.units) - 1, -1, -1):
        if index in zone and not listed:
            continue
        if _REFERENCE.fullmatch(layout.content(index)) is None:
            break
        if number := _NUMBERED.match(layout.content(index)):
            listed[number[1]] = index
        else:
            titles.append(index)
    if not listed or not zone:
        return {}
    own = {
        number: zone[index]
        for index in zone
        for number in _MARKER.findall(layout.content(index))
        if number in listed
    }
    others = {
        number
        for index in range(min(listed.values()))
        if index not in zone
        for number in _MARKER.findall(layout.content(index))
    }
    targets = {listed[number]: kind for number, kind in own.items() if number not in others}
    if len(targets) == len(listed):
        targets.update((title, ("debris", "rule-beside")) for title in titles)
    return targets


def _take_edge(
    layout: Layout, zone: dict[int, tuple[str, str]], pending: Mapping[int, tuple[str, str]]
) -> None:
    """Add to a footer the rule, the link, the name that divides it from the text above."""
    for each, (_, rule) in pending.items():
        judgement = layout.judgement(each)
        if rule != "footer":
            break
        if judgement.filler == "rule":
            zone[each] = "debris", "rule-above-footer"
        elif is_root(layout.content(each)):
            zone[each] = "masthead", "link-above-footer"
        elif judgement.kind == "masthead" and (
            each + 1 == len(layout.units) or not layout.units[each + 1].opens_block
        ):
            zone[each] = judgement.kind, judgement.rule
        elif (below := _kind_below(layout, each, zone, pending)) and surroundings.is_caption(
            layout, each, below
        ):
            zone[each] = "social", "network-caption"
        elif each + 1 in zone and surroundings.is_addressee(layout, each, zone[each + 1][0]):
            zone[each] = "address", "address"
        elif judgement.kind != "debris":
            break


def _kind_below(
    layout: Layout,
    index: int,
    zone: Mapping[int, tuple[str, str]],
    pending: Mapping[int, tuple[str, str]],
) -> str:
    """The kind of the unit below one, if it is of a footer, or debris above one."""
    if index + 1 in zone:
        return zone[index + 1][0]
    return layout.judgement(index + 1).kind if index + 1 in pending else ""


def _is_detail(layout: Layout, index: int) -> bool:
    """True if a short line is a number, a domain, a part of an address: it may be one of many."""
    words = layout.judgement(index).words
    return (
        _TRAILING.fullmatch(words) is not None
        or _PHONE.fullmatch(words) is not None
        or is_address(layout.content(index), in_row=True)
        or surroundings.is_contact(layout, index)
    )


def _is_way_out(
    layout: Layout, index: int, kind: str, rule: str, below: Mapping[int, tuple[str, str]]
) -> bool:
    """True if a unit is a way out of the list, or the reason for the message, and what stands
    below it can be small print: shorter than what is above, without headings, and no list of links.

    Without a link, what stands below it can be notices alone. A reason with a link asks those to
    subscribe whom the message was forwarded to.
    """
    judgement = layout.judgement(index)
    if _is_lid(layout, index, kind, rule):
        prints = [each for each, (_, by) in below.items() if by == "small-print"]
        return len(prints) <= ENCLOSED and all(
            kind == "legal"
            or below[each][0] == "legal"
            or not surroundings.is_sentence(layout, each)
            for each in prints
        )
    sure = (
        judgement.kind == "reason"
        and judgement.anywhere
        and (not judgement.linked or layout.speaks_of(index, "unsubscribe"))
    )
    told = judgement.kind in WAYS_OUT or (kind, rule) == ("unsubscribe", "link-target")
    if not sure and not (told and (judgement.linked or _is_linked_below(layout, index))):
        return judgement.kind == "unsubscribe" and all(
            by not in ("small-print", "footer") for _, by in below.values()
        )
    titles = length = 0
    for each, (given, by) in below.items():
        if by == "small-print":
            length += len(layout.content(each))
            if given != "legal" and judgement.rule in _TOLD_BY_PLACE:
                return False
        if by == "footer" and layout.content(each).startswith("#"):
            return False
        titles += by == "footer" and layout.judgement(each).linked
    return titles <= TITLES and length <= layout.units[index].start


def _is_linked_below(layout: Layout, index: int) -> bool:
    """True if the unit below, in the same paragraph, is a link without words."""
    below = index + 1
    if below == len(layout.units) or layout.units[below].opens_block:
        return False
    judgement = layout.judgement(below)
    return judgement.filler == "link" and judgement.linked


def _is_lid(layout: Layout, index: int, kind: str, rule: str) -> bool:
    """True if a footer begins no lower than at a unit: networks in a row, who holds the rights."""
    if kind == "social":
        return rule in _NETWORK_ROWS or (index > 0 and layout.judgement(index - 1).kind == "social")
    return rule == "sender-en" or (kind == "legal" and surroundings.holds_rights(layout, index))


def _small_print(layout: Layout, index: int, below: Mapping[int, tuple[str, str]]) -> str:
    """The kind of a unit that says nothing of the list, if it can be part of a footer below the
    way out, or an empty text.

    A greeting ends with a comma: what stands below it closes a letter.
    """
    content = layout.content(index)
    if sum(rule == "small-print" for _, rule in below.values()) == STRANGE:
        return ""
    if len(content) > LONGEST_PRINT or _MARKED.match(content) or content.endswith((",", "，")):
        return ""
    if surroundings.is_personal(content):
        return ""
    if layout.speaks_of(index, "legal"):
        return "legal"
    return "masthead" if len(plain(visible(content))) <= SHORT_PRINT else ""


def mostly(layout: Layout, index: int) -> tuple[str, str]:
    """Kind and rule of a paragraph that begins with a way out of the list, or its reason, or
    speaks of two such things at some length.

    In a row of short segments it may be any of them. Both are empty for any other paragraph.
    """
    cuts = layout.judgement(index).cuts
    first = next(iter(cuts), None)
    if first is None:
        return "", ""
    text = layout.content(index)
    begins = first.start == 0 and first.kind in _LEAVING
    if begins and len(plain(visible(text))) <= LONGEST_CALL:
        return first.kind, first.rule
    leaving = [cut for cut in cuts if cut.kind in _LEAVING]
    if leaving and len(cuts) > 1 and len({cut.kind for cut in cuts}) > 1:
        seen = visible(text)
        said = sum(len(plain(seen[cut.start : cut.end])) for cut in cuts)
        share = SAID if len(leaving) > 1 else SAID_ONCE
        if said >= share * len(plain(seen)):
            return leaving[0].kind, leaving[0].rule
    return row(layout, index)


def row(layout: Layout, index: int) -> tuple[str, str]:
    """Kind and rule of a row of short segments, one of which is a way out, a reason, a link."""
    cut = next((cut for cut in layout.judgement(index).cuts if cut.kind in _LEAVING), None)
    if cut is None:
        return "", ""
    seen = visible(layout.content(index))
    short = all(len(plain(seen[start:end])) <= SHORT_WORDS for start, end in pieces(seen))
    return (cut.kind, cut.rule) if short else ("", "")


def _is_of_list(content: str) -> bool:
    """True if a unit speaks of the mailing, and nobody speaks of himself in it."""
    return _speaks_of_list(content) and not surroundings.is_personal(content)


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
    rule = rules.named("boilerplate", "structure", "footer-words")
    return tuple(frozenset(rule.fields[name]) for name in ("core", "beside", "common", "reader"))


def _may_trail(layout: Layout, index: int) -> bool:
    """True if a unit below all phrases may be part of a footer: no name, and no greeting."""
    judgement = layout.judgement(index)
    if judgement.kind or judgement.filler in ("link", "rule"):
        return True
    if _TRAILING.fullmatch(judgement.words):
        return True
    return surroundings.is_contact(layout, index)
