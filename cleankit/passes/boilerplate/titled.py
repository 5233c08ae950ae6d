"""The paragraph above a footer whose title says that it tells of leaving the list.

Senders who write at length how a reader came to be on a list, and how to leave it, give that a
title. The words are a rule, in `cleankit/rules/boilerplate/structure.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.passes.boilerplate.judging import WAYS_OUT
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import fold, plain, visible

RULE = "titled-notice"
"""The rule that has the words of such titles."""

UNITS = 8
"""Units of the paragraphs below the title at most."""

PARAGRAPHS = 2
"""Paragraphs below it at most."""

LONGEST = 1_200
"""Visible characters of them together."""

WORDS = 9
"""Words of the title at most."""

_MARKS = re.compile(r"[\s#*_=~:：.!?-]+")


def footer(layout: Layout) -> None:
    """Cut such a paragraph and its title, if what stands below it to the end is cut, or if it ends
    the text and has a way out itself."""
    end = len(layout.units)
    while end and (end - 1 in layout.cut or layout.judgement(end - 1).filler == "rule"):
        end -= 1
    is_above_cut = any(index in layout.cut for index in range(end, len(layout.units)))
    title = _title_above(layout, end) if end > 1 else -1
    if title < 0:
        return
    below = range(title + 1, end)
    if not is_above_cut and not any(_leads_out(layout, index) for index in below):
        return
    held = frozenset().union(*(layout.kinds_held(index) for index in below))
    tells = "unsubscribe" in held and (
        "reason" in held
        or (
            not held.isdisjoint({"preferences", "web_version"})
            and any(_has_address(layout, index) for index in below)
        )
    )
    if tells or (is_above_cut and {"legal", "reason"} <= held):
        layout.cut.update(dict.fromkeys((title, *below), ("reason", RULE)))


def _has_address(layout: Layout, index: int) -> bool:
    """True if a unit has a link or a mail address: an author's advice on leaving has none."""
    return "://" in layout.content(index) or "@" in layout.content(index)


def _leads_out(layout: Layout, index: int) -> bool:
    """True if a unit leads out of the list, or a part of it does."""
    judgement = layout.judgement(index)
    return judgement.kind in WAYS_OUT or any(cut.kind in WAYS_OUT for cut in judgement.cuts)


def _title_above(layout: Layout, end: int) -> int:
    """The title of the paragraphs that end before a unit, if it speaks of leaving; else -1."""
    size = paragraphs = 0
    for index in range(end - 1, max(end - 2 - UNITS, 0), -1):
        content = layout.content(index)
        opens = layout.units[index].opens_block or layout.judgement(index - 1).filler == "rule"
        if opens and index < end - 1 and _is_title(content):
            return index
        size += len(plain(visible(content)))
        paragraphs += layout.units[index].opens_block
        if size > LONGEST or paragraphs > PARAGRAPHS:
            break
    return -1


def _is_title(content: str) -> bool:
    """True if a unit is a few words, marked as a title, and one of them speaks of leaving."""
    is_marked = content.startswith(("#", "*", "_", "-", "=")) or content.endswith((":", "：", "?"))
    words = _MARKS.sub(" ", fold(content)).split()
    if not 0 < len(words) <= WORDS or not (is_marked or content.isupper()):
        return False
    return any(word.startswith(_stems()) for word in words)


@cache
def _stems() -> tuple[str, ...]:
    return tuple(rules.named("boilerplate", "structure", RULE).fields["stems"])
