"""The body of a document: what is boilerplate wherever it stands, and what belongs to it."""

from __future__ import annotations

import re
from functools import cache, partial

from cleankit.edits import Change
from cleankit.links.identity import REDACTED
from cleankit.passes.boilerplate import debris, offers
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import fold, visible
from cleankit.passes.boilerplate.units import Unit

_WITH_LINK = frozenset(
    {"share", "web_version", "unsubscribe", "subscribe_cta", "preferences", "social"}
)

_SPREADING = frozenset({"social", "share", "subscribe_cta"})

PROMISES = 8
"""So many lines can follow a call to subscribe as what the subscriber gets."""

LONGEST_PROMISE = 120
"""Characters of such a line."""

_MAILBOX = re.compile(rf"<?[\w.+-]{{1,60}}@(?:[\w-]{{1,60}}\.){{1,4}}[a-z]{{2,12}}>?|{REDACTED}")
_EMPTY_ROW = re.compile(r"\|[|\s:-]*")
_ANNOUNCES = re.compile(r":[*_ ]*\Z")


def interruptions(layout: Layout) -> None:
    """Cut the units that are boilerplate anywhere."""
    own = cache(partial(offers.hosts_cut, layout))
    for index in layout.marked:
        if index not in layout.cut:
            judgement = layout.judgement(index)
            if judgement.kind and (judgement.anywhere or _announces_link(layout, index)):
                layout.cut[index] = judgement.kind, judgement.rule
            elif (found := offers.kind_of(layout, index, own))[0]:
                layout.cut[index] = found
    if "](http" in layout.text:
        for index in range(len(layout.units)):
            if index not in layout.cut and offers.says_where(layout.content(index)):
                layout.cut[index] = "social", offers.NETWORKS


def copies(layout: Layout) -> None:
    """Cut the links behind the end of a comment that the next unit gives again."""
    if not debris.has_comment_end(layout.text):
        return
    for index in range(len(layout.units) - 1):
        content = layout.content(index)
        if content.startswith("-->") and "://" in content and index not in layout.cut:
            words = fold(visible(content))
            if words and fold(visible(layout.content(index + 1))).startswith(words):
                layout.cut[index] = "debris", "commented-copy"


def _announces_link(layout: Layout, index: int) -> bool:
    """True if a unit without a link offers something, and the next is a link without words."""
    judgement = layout.judgement(index)
    if judgement.kind not in _WITH_LINK or judgement.linked or index + 1 == len(layout.units):
        return False
    after = layout.judgement(index + 1)
    return (after.filler == "link" and after.linked) or after.rule == "image-links"


def parts(layout: Layout) -> list[Change]:
    """The changes for the sentences that are boilerplate in units that stay."""
    return [
        Change(start + cut.start, start + cut.end, "", cut.rule, cut.kind)
        for index in layout.marked
        if index not in layout.cut
        for start in (layout.units[index].start,)
        for cut in layout.judgement(index).cuts
        if cut.where == "anywhere"
    ]


def attached(layout: Layout) -> None:
    """Cut the links, lines and rules that belong to what is cut beside them."""
    for index in sorted(layout.cut):
        kind = layout.cut[index][0]
        after = index + 1
        if after >= len(layout.units):
            continue
        link = layout.judgement(after)
        if (
            after not in layout.cut
            and ((link.filler == "link" and link.linked) or _is_mailbox(layout, after))
            and kind in _WITH_LINK
            and not layout.judgement(index).linked
        ):
            layout.cut[after] = kind, "link-of-phrase"
        elif after not in layout.cut and link.filler == "link" and after + 1 in layout.cut:
            layout.cut[after] = kind, "link-between"
    _spread(layout)
    _announced(layout)
    _leads(layout)
    _rules(layout)
    _empty_rows(layout)


def _is_mailbox(layout: Layout, index: int) -> bool:
    """True if a unit is nothing but an address to write to, in the paragraph of the unit above."""
    return (
        not layout.units[index].opens_block
        and _MAILBOX.fullmatch(layout.content(index)) is not None
    )


def _spread(layout: Layout) -> None:
    """Cut the units beside one of the same kind: networks, ways to share, calls to subscribe."""
    for step in (1, -1):
        for index in sorted(layout.cut, reverse=step < 0):
            kind = layout.cut[index][0]
            near = index + step
            while kind in _SPREADING and 0 <= near < len(layout.units):
                judgement = layout.judgement(near)
                if near in layout.cut or judgement.kind != kind:
                    break
                layout.cut[near] = kind, judgement.rule
                near += step


def _announced(layout: Layout) -> None:
    """Cut the list that a call to subscribe announces, up to the boilerplate below it."""
    for index in sorted(layout.cut):
        if layout.cut[index][0] != "subscribe_cta" or not _ANNOUNCES.search(layout.content(index)):
            continue
        end = index + 1
        while end not in layout.cut and end < len(layout.units) and end - index <= PROMISES:
            item = layout.content(end)
            if len(item) > LONGEST_PROMISE or item.endswith((".", "?", ":")) or "://" in item:
                break
            end += 1
        if end in layout.cut:
            layout.cut.update(
                (each, ("subscribe_cta", "promised")) for each in range(index + 1, end)
            )


def _leads(layout: Layout) -> None:
    """Cut the last line that stays if it speaks of a list and leads, by a colon, to what is cut."""
    last = next((i for i in reversed(range(len(layout.units))) if i not in layout.cut), -1)
    if last < 0 or last + 1 == len(layout.units):
        return
    content, (kind, _) = layout.content(last), layout.cut[last + 1]
    leads = len(content) <= LONGEST_PROMISE and _ANNOUNCES.search(content) is not None
    if leads and kind in _WITH_LINK and layout.holds(last, _WITH_LINK):
        layout.cut[last] = kind, "lead-to-cut"


def _rules(layout: Layout) -> None:
    """Cut the rules that divided from the text what is now cut."""
    count = len(layout.units)
    rules = {
        near
        for index in layout.cut
        for near in (index - 1, index + 1)
        if 0 <= near < count and near not in layout.cut and layout.judgement(near).filler == "rule"
    }
    for index in sorted(rules):
        before = index == 0 or index - 1 in layout.cut
        after = index + 1 == count or index + 1 in layout.cut
        if before and (after or _opens(layout, index, rules) or _underlines(layout, index)):
            layout.cut[index] = "debris", "rule-beside"


def _empty_rows(layout: Layout) -> None:
    """Cut the empty rows of a table above a row that is cut, or below one of them: converters draw
    a layout as a table."""
    if "|" not in layout.text:
        return
    for index in sorted(layout.cut):
        if not layout.content(index).startswith("|"):
            continue
        above = index - 1
        while above >= 0 and above not in layout.cut and _is_empty_row(layout, above):
            layout.cut[above] = "debris", "rule-beside"
            above -= 1
        below = index + 1
        while below < len(layout.units) and _is_empty_row(layout, below):
            below += 1
        if below == len(layout.units) or layout.units[below].opens_block:
            layout.cut.update(
                (each, ("debris", "rule-beside"))
                for each in range(index + 1, below)
                if each not in layout.cut
            )


def _is_empty_row(layout: Layout, index: int) -> bool:
    return _EMPTY_ROW.fullmatch(layout.content(index)) is not None


def _underlines(layout: Layout, index: int) -> bool:
    """True if a rule stands directly below a masthead, and above a gap or lines that no other rule
    closes."""
    if layout.cut.get(index - 1, ("", ""))[0] != "masthead" or layout.units[index].opens_block:
        return False
    below = index + 1
    while below < len(layout.units) and not layout.units[below].opens_block:
        if layout.judgement(below).filler == "rule":
            return False
        below += 1
    return below < len(layout.units)


def _opens(layout: Layout, index: int, rules: set[int]) -> bool:
    """True if a rule closes a box, of which all is cut."""
    first = index - 1
    while first >= 0 and first in layout.cut and first not in rules:
        first -= 1
    return first in rules


def whole(layout: Layout) -> list[Change]:
    """The changes for the units that are cut, each with the lines that it stands on."""
    return [
        _change(layout.text, layout.units[index], *layout.cut[index], layout.notes.get(index, ""))
        for index in sorted(layout.cut)
    ]


def _change(text: str, unit: Unit, kind: str, rule: str, note: str) -> Change:
    start = text.rfind("\n", 0, unit.start) + 1
    end = text.find("\n", unit.end)
    return Change(start, len(text) if end < 0 else end + 1, "", rule, kind, note)
