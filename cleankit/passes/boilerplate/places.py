"""An address directly above a footer that is a place of the author's text: where something is held.

The words are rules, in `cleankit/rules/boilerplate/structure.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import fold, plain, visible

LONGEST = 120
"""Visible characters of a line that announces a place."""

INVITATION = 6
"""Words of a sentence that says when; a longer one says more than that."""

TITLE = 4
"""Words of a title by itself; it has no figures and no marks."""

_HOURS = re.compile(r"\b\d{1,2}(?:[:.]\d\d)? ?[-–—] ?\d{1,2}(?:[:.]\d\d)?\b(?![-–\d])")
_PIN = "\N{ROUND PUSHPIN}"
_COLON = (":", "：")
TIME = re.compile(r"\d(?:時|(?<!\w.)\d?(?:[:.h]\d{2}| ?(?:[ap]\.?m|uhr|h))\b)", re.IGNORECASE)
"""An hour of the day, as an invitation gives it."""


def spare(layout: Layout, zone: dict[int, tuple[str, str]]) -> None:
    """Take an address out of a footer if the text above says that something is to be found there.

    Args:
        layout: the units.
        zone: the footer, by the numbers of its units.
    """
    top = min(zone, default=0)
    end = top
    while zone.get(end, ("", ""))[0] == "address" and (
        end == top or not layout.units[end].opens_block
    ):
        end += 1
    if end > top and (is_authors(layout, top) or _is_section(layout, top, end)):
        for each in range(top, end):
            del zone[each]


def is_authors(layout: Layout, index: int) -> bool:
    """True if a unit says that it is a place where something is held, or the one above does."""
    return _is_labelled(layout.content(index)) or _is_announced(layout, index)


def _is_section(layout: Layout, first: int, end: int) -> bool:
    """True if an address with its opening hours is a section of its own: below a bare title, and a
    drawn rule divides it from the footer."""
    if first == 0 or end >= len(layout.units) or layout.judgement(end).filler != "rule":
        return False
    above, title = layout.units[first - 1], layout.content(first - 1)
    return (
        above.opens_block
        and layout.units[first].opens_block
        and len(title.split()) <= TITLE
        and all(word.isalpha() for word in title.split())
        and any(_HOURS.search(layout.content(index)) for index in range(first, end))
    )


def is_senders(content: str) -> bool:
    """True if a line above an address says that it is the sender's."""
    words = fold(content)
    return any(stem in words for stem in _words("own"))


def _is_labelled(content: str) -> bool:
    """True if an address begins with a word for a place where something is held."""
    if content.startswith(_PIN):
        return True
    shown = plain(visible(content))
    label, colon, _ = shown.replace("：", ":").partition(":")
    return (bool(colon) or label == shown) and fold(label) in _words("labels")


def _is_announced(layout: Layout, index: int) -> bool:
    """True if the unit above leads to an address: a title, a label, an hour, a colon."""
    if index == 0:
        return False
    above = layout.content(index - 1)
    shown = plain(visible(above))
    if above.startswith("#") or _is_labelled(above):
        return True
    if len(shown) > LONGEST:
        return False
    if shown.endswith((".", "。")) and len(shown.split()) > INVITATION:
        return False
    return TIME.search(shown) is not None or (shown.endswith(_COLON) and not is_senders(shown))


@cache
def _words(field: str) -> frozenset[str]:
    return frozenset(rules.named("boilerplate", "structure", "address").fields[field])
