"""Names at the head of a text that its footer gives again: whose letter it is, where no header
says so."""

from __future__ import annotations

import re
from collections import Counter

from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import URL, fold, plain, visible
from cleankit.passes.boilerplate.taglines import greets

UNITS = 8
"""Units at the top among which the first that stays is looked for: what stands below a title may be
the name of its author."""

LONGEST, WORDS = 70, 8
"""Characters and words of it at most."""

SHORTEST = 9
"""Characters of it at least, if it is one word."""

HOME = 3
"""So often has a text the host of the sender's front page, at least."""

_SPLIT = re.compile(r"\n|\*\*|\s[|•·]\s")
_ENDED = re.compile(r"[.!?:;,…。！？]\Z")
_KINDS = frozenset({"address", "legal", "reason", "unsubscribe", "preferences"})
_PICTURE_LINK = re.compile(
    r"\[\s?!\[[^\[\]]{1,300}\]\([^()\s]{0,2000}\)(?:\{[^{}]{0,80}\})?\s?\]\((?P<url>[^()\s]{1,2000})\)"
    r"(?:\{[^{}]{0,80}\})?"
)
_LINK = re.compile(r"\[(?P<text>[^\[\]!]{2,60})\]\((?P<url>[^()\s]{1,2000})\)")
_FRONT_PAGE = re.compile(r"https?://(?P<host>[^/\s?#]+)/?(?:\?utm_[^\s]*)?")
_HOST = re.compile(r"https?://([^/\s?#)>\]]+)")


def names(layout: Layout) -> list[str]:
    """The lines of the first unit that stays, folded, that what is cut below it says again."""
    top = next((i for i in range(min(UNITS, len(layout.units))) if i not in layout.cut), None)
    if top is None or greets(layout, top):
        return []
    content = layout.content(top)
    if len(plain(visible(content))) > 2 * LONGEST or not _is_above_head(layout, top):
        return []
    lines = list(filter(None, map(_name, _SPLIT.split(content))))
    below = [
        f" {fold(visible(layout.content(index)))} "
        for index, (kind, _) in layout.cut.items()
        if index > top and kind in _KINDS
    ]
    return [line for line in dict.fromkeys(lines) if any(_holds(each, line) for each in below)]


def _is_above_head(layout: Layout, index: int) -> bool:
    """True if a unit is no heading, and other lines of its paragraph, a greeting or a heading
    follow: above the text itself it is the title, whatever else is called so."""
    below = index + 1
    if layout.content(index).startswith("#") or below == len(layout.units):
        return False
    return (
        not layout.units[below].opens_block
        or greets(layout, below)
        or layout.content(below).startswith("#")
    )


def _name(line: str) -> str:
    """How a line reads that may be a name; empty if it is too long, or a sentence, or a link."""
    shown = plain(visible(line)).strip(" -–—~")
    if not shown or URL.search(shown) or len(shown) > LONGEST or _ENDED.search(shown):
        return ""
    count = len(shown.split())
    is_name = 1 < count <= WORDS or (count == 1 and len(shown) >= SHORTEST)
    return fold(shown) if is_name and not shown[0].islower() else ""


def _holds(text: str, words: str) -> bool:
    """True if a text has these words, and no others glued to them."""
    start = text.find(words)
    return start > 0 and not (text[start - 1].isalnum() or text[start + len(words)].isalnum())


def leads_home(layout: Layout, content: str) -> bool:
    """True if a unit is a picture or a few words that lead to a front page whose host the text has
    again and again: the sender's."""
    found = _PICTURE_LINK.fullmatch(content) or _LINK.fullmatch(content)
    page = _FRONT_PAGE.fullmatch(found["url"]) if found else None
    if page is None:
        return False
    host = page["host"].removeprefix("www.").lower()
    hosts = Counter(each.removeprefix("www.").lower() for each in _HOST.findall(layout.text))
    return sum(count for each, count in hosts.items() if each.endswith(host)) >= HOME
