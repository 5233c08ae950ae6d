"""The head of a document: the line that leads to the web, the masthead, what surrounds them."""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.passes.boilerplate import debris, given_names, letterheads, mastheads, tail
from cleankit.passes.boilerplate.banners import PREVIEW, Place
from cleankit.passes.boilerplate.banners import rule_of as banner
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.naming import Naming
from cleankit.passes.boilerplate.reading import fold

UNITS = 14
"""So many units can belong to a document's head."""

LOOKS = 3
"""What is cut brings other lines to the top: as often is the head looked at."""

# A line of the message's own header (RFC 5322), where a converter left it above the text.
_FIELD = re.compile(r"(?:from|to|cc|date|subject|sender|reply-to|list-id): ", re.IGNORECASE)


def header(layout: Layout, naming: Naming) -> None:
    """Cut the units at the head of a document that are its banner and its navigation.

    Args:
        layout: the units.
        naming: what the letter and its sender are called.
    """
    limit = min(UNITS, len(layout.units))
    naming = naming.also(given_names.names(layout))
    for index, framed in mastheads.known(layout, naming).items():
        layout.cut.setdefault(index, framed)
    for _ in range(LOOKS):
        before = len(layout.cut)
        for index, headed in letterheads.known(layout, naming).items():
            layout.cut[index] = headed
        _scan(layout, naming, limit)
        if len(layout.cut) == before:
            break


def _scan(layout: Layout, naming: Naming, limit: int) -> None:
    """Cut the units of the head one by one, as far as it goes."""
    last = max((index for index in range(limit) if _leads_to_web(layout, index)), default=-1)
    footer = sorted(layout.cut)[:UNITS]
    kept: list[int] = []
    for index in range(limit):
        if index in layout.cut:
            continue
        top = not kept or (len(kept) <= PREVIEW and kept[-1] < last < index)
        place = Place(top, last > -1 and index < last + 3, index < last, last)
        if found := _found(layout, index, naming, place, footer):
            layout.cut[index] = found
            if found[1] == "link-in-head" and len(kept) <= PREVIEW:
                last = max(last, index)  # what stands below a logo is of the head as well
            continue
        judgement = layout.judgement(index)
        if top and (judgement.filler == "rule" or _FIELD.match(layout.content(index))):
            continue
        kept.append(index)
        if index >= max(last + 1, PREVIEW) and not (judgement.filler == "link" and place.near):
            break


def _leads_to_web(layout: Layout, index: int) -> bool:
    """True if a unit is known to lead to the web."""
    if index in layout.cut:
        return layout.cut[index][0] == "web_version"
    if not layout.is_marked(index):
        return False
    judgement = layout.judgement(index)
    return judgement.kind == "web_version" and (judgement.anywhere or judgement.linked)


def _found(
    layout: Layout, index: int, naming: Naming, place: Place, footer: list[int]
) -> tuple[str, str] | None:
    """Kind and rule of a unit that belongs to the head, if it does.

    Args:
        layout, index: which unit.
        naming: what the letter and its sender are called.
        place: where it stands.
        footer: the first units that are known to be of the footer.
    """
    judgement, content = layout.judgement(index), layout.content(index)
    top = place.top
    # A page's title comes first, then what else its head held.
    if (top or (index == 1 and _is_title(layout.judgement(0).words, naming.subject))) and (
        rule := debris.rule_of(content, in_head=True)
    ):
        return "debris", rule
    if judgement.kind and (judgement.anywhere or place.near or layout.is_beside_cut(index)):
        return judgement.kind, judgement.rule
    if (
        (top or index <= place.last)
        and index <= max(place.last, 2)
        and (row := tail.row(layout, index))[0]
    ):
        return row
    if rule := banner(layout, index, naming, place):
        return "masthead", rule
    if (
        place.before
        and not judgement.linked
        and " " in judgement.words
        and judgement.words in " ".join(fold(layout.content(each)) for each in footer)
    ):
        return "masthead", "list-name"
    if judgement.linked and (
        _pictured().search(judgement.words)
        or (top and not naming.subject and given_names.leads_home(layout, content))
        or (judgement.filler == "short" and top and _title_follows(layout, index, naming.subject))
    ):
        return "masthead", "linked-name"
    return None


def _title_follows(layout: Layout, index: int, subject: str) -> bool:
    """True if one of the next units repeats the subject, and this one does not."""
    following = range(index + 1, min(index + 4, len(layout.units)))
    return not _is_title(layout.judgement(index).words, subject) and any(
        _is_title(layout.judgement(each).words, subject) for each in following
    )


def _is_title(words: str, subject: str) -> bool:
    return bool(words) and len(words) > 3 and subject.startswith(words[:60])


@cache
def _pictured() -> re.Pattern[str]:
    words = rules.named("boilerplate", "structure", "linked-name").fields["pictures"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
